"""The only importer of ifcopenshell: read and author models."""
