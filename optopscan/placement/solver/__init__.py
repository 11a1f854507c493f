"""Exact choice of candidates under overlap and capacity: HiGHS, CP-SAT and a sweep along strips."""
