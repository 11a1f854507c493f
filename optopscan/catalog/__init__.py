"""Catalogue data: products and engineering values, read from TOML with all faults at once.

Import from the modules: `optopscan.catalog.load` (products), `optopscan.catalog.engineering`
(values), `optopscan.catalog.concept` (the record that the rest of the package uses).
"""
