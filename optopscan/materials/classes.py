"""Strength classes in names: what stands on drawings and in models in Dutch, German and English.

Classes that look alike
-----------------------
``C20/25`` is concrete. ``C24`` without a slash is timber; ``C16``, ``C20``, ``C30`` ..
``C50`` without a slash exist in both and count only next to a word: next to a timber
word they are the timber class, next to a concrete word the text is kept without a
strength, because cylinder and cube are not told apart. ``B25`` and ``K225`` are Dutch
concrete, ``B500`` a reinforcing steel, ``B250`` nothing; ``K200/100/8`` is a tube and
``B30x50`` a beam. A stress in MPa counts for steel only, as yield strength. German
unit classes (``KS 12-1.8``, ``Hlz 12``, ``PP4``), ``D30``, ``Bn 250`` and ``LC25/28`` keep
their text without a strength: nothing here says what they may be taken as.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

_START, _END = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_NO_SIZE = r"(?!\s?[/xX*×]\s?\d)"  # "K200/100/8" and "B30x50" are sizes
_C_CONCRETE = re.compile(_START + r"C\s?(\d{1,2})\s?[/_-]\s?(\d{2,3})" + _END, re.I)
_C_TIMBER = re.compile(_START + r"C\s?(14|16|18|20|22|24|27|30|35|40|45|50)(?!\s?[/_]\s?\d)" + _END, re.I)
_C_BARE = re.compile(_START + r"C\s?(12|15|16|20|25|28|30|32|35|37|40|45|50|53|55|60)(?!\s?[/_-]\s?\d)" + _END, re.I)
_LIGHT = re.compile(_START + r"LC\s?(\d{1,2})\s?[/_-]\s?(\d{2,3})" + _END, re.I)
_D_TIMBER = re.compile(_START + r"D\s?(18|24|27|30|35|40|45|50|55|60|65|70|75|80)" + _END, re.I)
_GLULAM = re.compile(_START + r"GL\s?(\d{2})\s?([hc])" + _END, re.I)
_B = re.compile(_START + r"B\s?(12[.,]5|15|17[.,]5|22[.,]5|25|30|35|45|55|65)(?![.,]\d)" + _NO_SIZE + _END, re.I)
_BN = re.compile(_START + r"Bn\s?(50|100|150|250|350|450|550)" + _END)
_K = re.compile(_START + r"K\s?(150|160|200|225|250|300|400|450)" + _NO_SIZE + _END, re.I)
_BAR = re.compile(_START + r"(?:(QRn?)\s?(\d{2})|(FeB)\s?(220|400|500)(?:HW[A-Z]*)?|(B)\s?(500)[ABC]?)" + _END, re.I)
_CS = re.compile(_START + r"CS\s?-?(8|10|12|16|20|28|36)" + _END, re.I)
_KS = re.compile(_START + r"(?:KS|Kalksandstein)[- ]?(?:[A-Z]{1,2}[- ]?)?(8|10|12|16|20|28)(?:\s?[-/]\s?(\d[.,]\d))?" + _END, re.I)
_ZIEGEL = re.compile(_START + r"(HLz|Mz|VMz|KMz)[A-Z]?[- ]?(\d{1,2})(?:\s?[-/]\s?(\d[.,]\d{1,2}))?" + _END, re.I)
_POROUS = re.compile(_START + r"(PPW?)\s?(2|4|6|8)(?:\s?[-/]\s?(0[.,]\d{1,2}))?" + _END, re.I)
_G_POROUS = re.compile(_START + r"G\s?(2|3|4|5|6)\s?/\s?(\d{3})" + _END, re.I)
_S = re.compile(_START + r"S\s?(235|275|355|420|450|460)(?:\s?(?:J[R02]|[JKMNLH][A-Z0-9]{0,3}))?" + _END, re.I)
_FE = re.compile(_START + r"Fe\s?(360|430|510)(?:\s?[-]?\s?[A-D])?" + _END, re.I)
_ST = re.compile(_START + r"St\.?\s?(37|52)(?:[-.]\d{1,2})?" + _END, re.I)
_MPA = re.compile(_START + r"(\d{3})\s?(?:MPa|N/mm2|N/mm²)" + _END, re.I)
# Timber classes that no concrete shares.
_TIMBER_ONLY = frozenset({"14", "18", "22", "24", "27"})

_MORTAR = re.compile(_START + r"M\s?(2[.,]5|5|10|15|20)" + _END)
_THIN = re.compile(r"lijm|dunbed|dunnbett|duennbett|thin[ -]?(?:layer|joint|bed)|\bglued\b|planstein|planelement|planziegel", re.I)
_THICK = re.compile(r"(?:metsel|mauer)m(?:o|oe)rtel|ge-?metseld|vermetseld|normalm(?:o|oe)rtel|general[ -]purpose", re.I)


@dataclass(frozen=True)
class StrengthClass:
    """A strength class in a name: its group, its name, and whether it names the group on its own."""

    group: str
    grade: str
    text: str
    alone: bool = True
    strength_mpa: float = math.nan


def _concrete_c(match: re.Match[str]) -> StrengthClass | None:
    """Cylinder / cube: the ratio tells a strength class from a fraction or a size."""
    cylinder, cube = int(match.group(1)), int(match.group(2))
    if not 1.15 * cylinder <= cube <= 1.3 * cylinder:
        return None
    return StrengthClass("concrete", f"C{cylinder}/{cube}", match.group(), strength_mpa=float(cylinder))


def _bar(match: re.Match[str]) -> StrengthClass:
    qr, qr_number, feb, feb_number, _, b_number = match.groups()
    cold_worked = "QRn" if qr and qr.lower() == "qrn" else "QR"
    name = f"{cold_worked}{qr_number}" if qr else f"FeB{feb_number}" if feb else f"B{b_number}"
    return StrengthClass("reinforcement", name, match.group())


def _joined(*pieces: str | None) -> str:
    return "-".join(piece.replace(",", ".") for piece in pieces if piece)


_ZIEGEL_NAME = {"hlz": "HLz", "mz": "Mz", "vmz": "VMz", "kmz": "KMz"}

CLASSES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], StrengthClass | None]], ...] = (
    (_C_CONCRETE, _concrete_c),
    (_LIGHT, lambda m: StrengthClass("lightweight-concrete", f"LC{m.group(1)}/{m.group(2)}", m.group())),
    (_GLULAM, lambda m: StrengthClass("timber", f"GL{m.group(1)}{m.group(2).lower()}", m.group())),
    (_CS, lambda m: StrengthClass("calcium-silicate", f"CS{m.group(1)}", m.group())),
    (_KS, lambda m: StrengthClass("calcium-silicate", f"KS {_joined(m.group(1), m.group(2))}", m.group())),
    (_ZIEGEL, lambda m: StrengthClass("clay", f"{_ZIEGEL_NAME[m.group(1).lower()]} {_joined(m.group(2), m.group(3))}", m.group())),
    (_POROUS, lambda m: StrengthClass("aerated-concrete", _joined(m.group(1).upper() + m.group(2), m.group(3)), m.group(), alone=False)),
    (_G_POROUS, lambda m: StrengthClass("aerated-concrete", f"G{m.group(1)}/{m.group(2)}", m.group(), alone=False)),
    (_S, lambda m: StrengthClass("steel", f"S{m.group(1)}", m.group(), strength_mpa=float(m.group(1)))),
    (_FE, lambda m: StrengthClass("steel", f"Fe{m.group(1)}", m.group())),
    (_ST, lambda m: StrengthClass("steel", f"St{m.group(1)}", m.group())),
    (_K, lambda m: StrengthClass("concrete", f"K{m.group(1)}", m.group())),
    (_B, lambda m: StrengthClass("concrete", f"B{m.group(1).replace(',', '.')}", m.group())),
    (_BN, lambda m: StrengthClass("concrete", f"Bn{m.group(1)}", m.group(), alone=False)),
    (_BAR, _bar),
    (_C_TIMBER, lambda m: StrengthClass("timber", f"C{m.group(1)}", m.group(), alone=m.group(1) in _TIMBER_ONLY)),
    (_C_BARE, lambda m: StrengthClass("concrete", f"C{m.group(1)}", m.group(), alone=False)),
    (_D_TIMBER, lambda m: StrengthClass("timber", f"D{m.group(1)}", m.group(), alone=False)),
    (_MPA, lambda m: StrengthClass("steel", f"{m.group(1)} MPa", m.group(), alone=False, strength_mpa=float(m.group(1)))),
)


def strength_classes(name: str) -> list[StrengthClass]:
    """Return every strength class that stands alone in a name, the most telling first."""
    spaced = name.replace("_", " ")
    return [found for pattern, make in CLASSES for match in pattern.finditer(spaced) if (found := make(match)) is not None]


def joint_of(name: str) -> tuple[str, str]:
    """Return how masonry is jointed, "thin", "general" or "", and the mortar class ("M5") or "".

    Examples
    --------
    >>> joint_of("kalkzandsteen lijmblokken")
    ('thin', '')
    >>> joint_of("baksteen, metselmortel M5")
    ('general', 'M5')
    """
    spaced = name.replace("_", " ").replace("ü", "u").replace("ö", "o")
    mortar = _MORTAR.search(spaced)
    joint = "thin" if _THIN.search(spaced) else "general" if _THICK.search(spaced) or mortar else ""
    return joint, f"M{mortar.group(1).replace(',', '.')}" if mortar else ""
