"""Frozen records and structures of arrays that the stages hand to each other."""
