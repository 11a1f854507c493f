"""Mutations of bytes and of tokens, for any text format: what a bad disk, a bad editor and a bad exporter leave behind."""

import re

# Names and texts that mean something to a shell, a spreadsheet, a browser, a file system, a drawing or a log.
PAYLOADS = (
    "<script>hostile()</script>",
    "</script><script>hostile()</script>",
    '"><img src=x onerror=hostile()>',
    "'-hostile()-'",
    "]]><!--<svg onload=hostile()>",
    '=HYPERLINK("http://hostile")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "../../../../hostile",
    "..\\..\\hostile",
    "/hostile/absolute",
    "C:\\hostile",
    "CON",
    "a\x00b",
    "\x1b[31mred\x1b[0m",
    "line\r\nbreak",
    "\u202egnihtemos",
    "\ud800",
    "{{ 7 * 7 }}",
    "%s%n%x",
    '#let hostile = read("/etc/passwd")',
    "\\P{\\H99;hostile}",
    "&hostile;",
    "",
    " ",
    "x" * 70_000,
    "é😀中" * 50,
)
NUMBERS = (
    "0",
    "0.",
    "-0.",
    "-1",
    "1",
    "1E308",
    "-1E308",
    "1E-320",
    "9E999",
    "-9E999",
    "NaN",
    "nan",
    "inf",
    "-inf",
    "Infinity",
    "1E15",
    "1e-9",
    "99999999999999999999999999",
    "-2147483649",
    "4294967296",
    "0x10",
    "1_000",
    "1,5",
    "1.#QNAN",
    "00012",
    "1e",
    ".",
    "1" * 5000,
)
_NUMBER = re.compile(rb"(?<![\w#'\"])-?\d+\.?\d*(?:[eE][-+]?\d+)?")
_TOKEN = re.compile(rb"[A-Za-z_][\w-]*|-?\d+\.?\d*(?:[eE][-+]?\d+)?|'[^'\n]*'|\"[^\"\n]*\"|[^\w\s]")


def encoded(text):
    """Return text as bytes; half a surrogate pair stays the broken thing it is."""
    return text.encode("utf-8", "surrogatepass")


def flipped(rng, data):
    """Change a few bytes."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(rng, data):
    """Stop early."""
    return data[: rng.randrange(len(data) + 1)]


def without_span(rng, data):
    """Lose a piece."""
    low = rng.randrange(len(data) + 1)
    return data[:low] + data[low + rng.choice((1, 3, 20, 300, 4000)) :]


def repeated_span(rng, data):
    """Say a piece again, once or often."""
    low = rng.randrange(len(data) + 1)
    span = data[low : low + rng.choice((1, 10, 200, 2000))]
    return data[:low] + span * rng.choice((2, 3, 50)) + data[low + len(span) :]


def moved_span(rng, data):
    """Put a piece elsewhere."""
    low = rng.randrange(len(data) + 1)
    span = data[low : low + rng.choice((4, 40, 400))]
    rest = data[:low] + data[low + len(span) :]
    to = rng.randrange(len(rest) + 1)
    return rest[:to] + span + rest[to:]


def inserted(rng, data):
    """Put something in that does not belong there."""
    at = rng.randrange(len(data) + 1)
    new = rng.choice(
        (b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"(" * 3000, b"[" * 3000, b"{" * 3000, b"\n" * 9, b"'", b'"', b";", b"/*", b"\\X2\\")
    )
    return data[:at] + new + data[at:]


def other_number(rng, data):
    """Replace numbers by others, most of them impossible."""
    found = list(_NUMBER.finditer(data))
    for _ in range(rng.choice((1, 1, 1, 3, 20))):
        if not found:
            return data
        one = found.pop(rng.randrange(len(found)))
        data = (
            data[: one.start()]
            + rng.choice(NUMBERS).encode().ljust(one.end() - one.start())[: max(one.end() - one.start(), 6000)]
            + data[one.end() :]
        )
        found = [other for other in found if other.end() <= one.start()] or list(_NUMBER.finditer(data))
    return data


def other_token(rng, data):
    """Replace, drop, double or swap tokens."""
    found = list(_TOKEN.finditer(data))
    if len(found) < 2:
        return data
    one, two = sorted(rng.sample(found, 2), key=lambda token: token.start())
    done = rng.randrange(4)
    if done == 0:
        return data[: one.start()] + data[one.end() :]
    if done == 1:
        return data[: one.end()] + b" " + one.group() + data[one.end() :]
    if done == 2:
        return data[: one.start()] + two.group() + data[one.end() : two.start()] + one.group() + data[two.end() :]
    return data[: one.start()] + encoded(rng.choice(PAYLOADS)) + data[one.end() :]


def empty(rng, data):
    """Leave nothing, or only blanks."""
    return rng.choice((b"", b"\n", b" " * 100))


BYTES = (flipped, cut, without_span, repeated_span, moved_span, inserted, empty)
TOKENS = (other_number, other_token)


def bytes_changed(rng, data):
    """Return the data after one to three mutations of bytes or tokens."""
    for _ in range(rng.choice((1, 1, 2, 3))):
        data = rng.choice((*BYTES, *TOKENS, *TOKENS, *TOKENS))(rng, data)
    return data
