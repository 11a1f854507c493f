"""The record and its views; nothing is computed here, one renderer per file."""
