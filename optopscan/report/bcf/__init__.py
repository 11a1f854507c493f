"""Findings for a BIM viewer (BCF)."""
