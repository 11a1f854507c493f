"""Variants: drawings, table and text."""
