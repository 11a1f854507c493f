"""Build the documentation site: pages of this folder, with what the program itself says in place of their markers.

A line ``<!-- generated: NAME -->`` in a page, with words behind the name where a part takes them, becomes what
`docs.make.generated` has under that name, so the command line,
the clauses, the data and the figures are never typed twice. The pages can also be read as they stand.
"""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).resolve().parents[1]
ROOT = DOCS.parent
