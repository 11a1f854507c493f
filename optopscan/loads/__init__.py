"""Actions, combinations, take-down and influence."""
