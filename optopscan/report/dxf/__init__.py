"""Plans for CAD (DXF)."""
