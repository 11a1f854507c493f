"""The style of the page of a match: light, dark and print; no script, nothing fetched."""

from __future__ import annotations

from optopscan.matching.matrix import OUTCOMES
from optopscan.report.match.look import COLOUR, DARK

_KEYS = "\n".join(f".key .{o} {{ background: {COLOUR[o]}; color: {'#fff' if o in DARK else '#1d1d1b'} }}" for o in OUTCOMES)
_MARKS = "\n".join(f".of-{o} > th {{ border-left: 4px solid {COLOUR[o]} }}" for o in OUTCOMES)
STYLE = f"""
:root {{ color-scheme: light dark; --ink: #1d1d1b; --page: #fff; --soft: #555; --line: #ddd; --chip: rgba(255,255,255,.82) }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: #ececea; --page: #191a1b; --soft: #adadaa; --line: #3b3c3e }} }}
body {{ font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--page) }}
body {{ margin: 2rem auto; max-width: 84rem; padding: 0 1rem }}
h1 {{ font-size: 1.5rem }} h2 {{ font-size: 1.1rem; margin-top: 1.8rem }} .stamp {{ color: var(--soft) }} .wide {{ overflow-x: auto }}
table {{ border-collapse: separate; border-spacing: 2px; font-variant-numeric: tabular-nums }}
caption {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }}
th {{ text-align: left; font-weight: 600; vertical-align: bottom }}
.matrix thead th {{ font-size: .82rem; max-width: 7.5rem; hyphens: auto; padding: 0 .25rem }}
.matrix tbody th {{ position: sticky; left: 0; background: var(--page); padding-right: .6rem; white-space: nowrap; vertical-align: middle }}
.field {{ text-align: center; min-width: 4.6rem; padding: 0 }} .bar {{ display: block; padding: .35rem .2rem; border-radius: 3px }}
.word {{ background: var(--chip); color: #1d1d1b; border-radius: 3px; padding: 0 .35em; white-space: nowrap }}
.key span {{ display: inline-block; padding: .1em .6em; border-radius: 3px; margin-right: .5em }}
{_KEYS}
li {{ margin: .15rem 0 }} p {{ max-width: 60rem }}
details {{ margin: .5rem 0; border-top: 1px solid var(--line); padding-top: .5rem }} summary {{ cursor: pointer; font-weight: 600 }}
details td, details th {{ padding: .25rem .5rem; vertical-align: top; text-align: left; border-bottom: 1px solid var(--line) }}
details tbody th {{ font-weight: 400 }} .why {{ min-width: 24rem; max-width: 46rem; overflow-wrap: anywhere }}
{_MARKS}
@media print {{
  :root {{ color-scheme: light; --ink: #000; --page: #fff; --soft: #333; --line: #bbb }}
  @page {{ size: A4 landscape; margin: 12mm }}
  html {{ font-size: 9.5px }} body {{ margin: 0; max-width: none; font-size: 1rem; padding: 0 }} .wide {{ overflow: visible }}
  .bar, .key span {{ print-color-adjust: exact; -webkit-print-color-adjust: exact }} .field {{ min-width: 0 }} .why {{ min-width: 0 }}
  .matrix tbody th {{ position: static }} tr {{ break-inside: avoid }} h2 {{ break-after: avoid }} ul {{ break-inside: avoid }}
  details::details-content {{ content-visibility: visible; block-size: auto }} details > :not(summary) {{ display: block }}
}}
"""
