"""Products against buildings: where each fits, on what condition, why not elsewhere, and how many roofs that is.

>>> from optopscan.matching import blocks_of, match
>>> from optopscan.catalog.load import load_concepts
>>> from optopscan.families import load_families
>>> families = [family for family in load_families() if family.id == "vooroorlogs-houten-vloeren"]
>>> matrix = match(load_concepts()[:2], blocks_of(families))
>>> [cell.outcome for cell in matrix.cells]
['refused', 'refused']
"""

from optopscan.matching.blocks import Block, block_of_files, blocks_of, blocks_of_files
from optopscan.matching.match import match
from optopscan.matching.matrix import Anchorage, Cell, Lack, Matrix, Reach, Sensitivity

__all__ = [
    "Anchorage",
    "Block",
    "Cell",
    "Lack",
    "Matrix",
    "Reach",
    "Sensitivity",
    "block_of_files",
    "blocks_of",
    "blocks_of_files",
    "match",
]
