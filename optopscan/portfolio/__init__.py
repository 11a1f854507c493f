"""Many buildings: city data screened with the kernels of a scan, families, funnel, map.

A screening is never a scan: its label is C, its words are kansrijk, mogelijk, niet and onbekend, its
probabilities are rounded to tenths, and it publishes groups of buildings.
"""
