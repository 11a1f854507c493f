"""What `inspect` shows: drawings, text, evidence of one element, and the override template."""
