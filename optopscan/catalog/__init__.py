"""Catalogue data: products and engineering values, read from TOML with all faults at once."""
