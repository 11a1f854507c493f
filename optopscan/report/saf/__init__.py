"""Bearing structure and loads for calculation programs (SAF)."""
