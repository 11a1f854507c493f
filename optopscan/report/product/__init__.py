"""The sheet of one catalogue product."""
