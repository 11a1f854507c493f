"""A record in which every text that a view shows is hostile, and what a file may not get out of it."""

import base64
import functools
import io
import itertools
import json
import re
import unicodedata
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

from hostile_bytes import PAYLOADS

from optopscan.report.record.valid import published
from optopscan.report.tidy import clean

LONG = "x" * 10_000
# What a name may hold when it comes out of a model or a table: for a terminal, a drawing, a step file, an archive, a system.
NAMES = (
    *(text for text in PAYLOADS if text.strip() and len(text) < 100),
    "=cmd|'/C calc'!A0",
    "\r=1+1",
    "\n@SUM(1)",
    "javascript:hostile()",
    "<a href=javascript:hostile()>",
    "</style><style>*{background:url(//hostile)}",
    "</title><svg/onload=hostile()>",
    "--><script>hostile()</script><!--",
    "&#x3c;script&#x3e;hostile()",
    "<![CDATA[hostile]]>",
    "%%d %%u %%%%",
    "{\\fArial|b1;hostile}",
    "a^Jb^M  0^JSECTION",
    "  0\r\nENDSEC\r\n  0\r\nEOF",
    "\\U+0041\\M+1FFFF",
    "\\X2\\003C0073\\X0\\",
    "\\S\\<\\PA\\\\X\\0A",
    "');\n#1=IFCWALL($,$,$,$,$,$,$,$,$);",
    "*/ENDSEC;END-ISO-10303-21;",
    "$\\frac{hostile}$ $x_1$",
    "\x1b[2J\x1b]0;hostile\x07",
    "\x1b]8;;http://hostile\x1b\\hostile\x1b]8;;\x1b\\",
    "\x1b]52;c;aG9zdGlsZQ==\x07",
    "\x9b31m\x85\x7f\x08",
    "\u2066hostile\u2069\u200f\u200b\ufeff",
    "nul.",
    "COM1.txt",
    "hostile. . .",
    "a:b|c?d*e",
    "__proto__",
)
TERMINAL = "\x1b[31m\x1b]52;c;aGk=\x07\x1b]8;;http://hostile\x1b\\\x9b2J\x07\u202e\u2066\x7f\x08"
# Ours or of the file itself: names of arrays and of the program, identities.
_OURS = re.compile(r"\.arrays|\.tool|influence_ref|\.guid$")


def saturated(record, texts):
    """Return the record with a hostile text before every text that its schema leaves free.

    Equal texts stay equal, so that ids still lead somewhere.
    """
    given = itertools.cycle(texts)
    hostile = functools.cache(lambda _: next(given))

    def text(value, path):
        free = value and value not in ("ground", "unsupported") and not _OURS.search(path)
        return clean(f"{hostile(value)} {value}") if free else value

    return _changed(record, published(), "", text)


def _changed(node, schema, path, text):
    if "anyOf" in schema:
        schema = next((one for one in schema["anyOf"] if one != {"type": "null"}), {})
    if isinstance(node, dict):
        others = schema.get("additionalProperties")
        known, others = schema.get("properties", {}), others if isinstance(others, dict) else {}
        return {key: _changed(value, known.get(key, others), f"{path}.{key}", text) for key, value in node.items()}
    if isinstance(node, list):
        each = schema.get("prefixItems") or [schema.get("items", {})] * len(node)
        return [_changed(value, one, f"{path}[]", text) for value, one in zip(node, each, strict=True)]
    free = schema.get("type") in ("string", ["string", "null"]) and not {"pattern", "enum", "const"} & set(schema)
    return text(node, path) if free and isinstance(node, str) else node


class _Outline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.shape, self.addresses, self.scripts, self.within = set(), set(), [], None

    def handle_starttag(self, tag, attrs):
        self.shape.add((tag, tuple(sorted(name for name, _ in attrs))))
        self.addresses |= {value for name, value in attrs if name in ("href", "src", "xlink:href", "action", "data", "style")}
        self.within = (tag, dict(attrs).get("type", "")) if tag in ("script", "style") else None
        if self.within:
            self.scripts.append((*self.within, ""))

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        self.within = None

    def handle_data(self, data):
        if self.within:
            self.scripts[-1] = (*self.within, self.scripts[-1][2] + data)


def html_shape(content):
    """Return what a browser makes of a page: tags with the names of their attributes, addresses, and what runs or styles.

    Data in a script, JSON or packed, is read and left out.
    """
    outline = _Outline()
    outline.feed(content.decode("utf-8"))
    outline.close()
    code = []
    for tag, kind, body in outline.scripts:
        if "json" in kind:
            json.loads(body)
        elif kind == "application/octet-stream":
            base64.b64decode(body, validate=True)
        else:
            code.append((tag, kind, body))
    return outline.shape, outline.addresses, code


def xml_shape(content):
    """Return the tags of an XML file, each with the names of its attributes."""
    return {(one.tag, tuple(sorted(one.attrib))) for one in ElementTree.fromstring(content).iter()}


def members(content):
    """Return name to contents of a zip file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def obeyed(text):
    """Return the characters of a text that a terminal obeys or that hide what is around them."""
    return sorted({ascii(char) for char in text if char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")})
