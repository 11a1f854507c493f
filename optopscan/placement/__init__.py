"""Where modules go: roof area, candidates, capacity rows, solver, re-check, counts."""
