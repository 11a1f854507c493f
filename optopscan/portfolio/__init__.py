"""Many buildings: folders of models scanned one by one, and city data screened with the kernels of a scan.

A screening is never a scan: its label is C, its words are kansrijk, mogelijk, niet and onbekend, its
probabilities are rounded to tenths, and it publishes groups of buildings.
"""
