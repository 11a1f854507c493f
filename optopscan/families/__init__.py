"""Building families (optopfamilies): typical Dutch blocks as generators, from a file of ranges to an IFC model.

Read a family, take its usual sizes or a spread of samples, author the block:

>>> from optopscan.families import author_family, load_families, sample, typical
>>> family = next(f for f in load_families() if f.id == "galerij-kalkzandsteen")
>>> typical(family).bay_m
5.4
>>> author_family(family, sample(family, 5)[2])[:13]
b'ISO-10303-21;'

A family is typical, never a real building. `excluded` tells which ones get no extension by rule, and why.
"""

from optopscan.catalog.family import Family, load_families, load_family
from optopscan.families.authoring import Authored, author_block, author_family
from optopscan.families.dimensions import Dimensions, sample, typical
from optopscan.families.exclusions import Exclusion, excluded, reservations

__all__ = [
    "Authored",
    "Dimensions",
    "Exclusion",
    "Family",
    "author_block",
    "author_family",
    "excluded",
    "load_families",
    "load_family",
    "reservations",
    "sample",
    "typical",
]
