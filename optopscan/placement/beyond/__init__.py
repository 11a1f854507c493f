"""Dwellings beyond the roof: against a gable end, and in the plinth."""
