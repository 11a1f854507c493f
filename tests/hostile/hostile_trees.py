"""Mutations of data with a shape (JSON, TOML): types, keys, numbers, sizes, depth, names."""

import json
import math

from hostile_bytes import PAYLOADS, bytes_changed, encoded

ODD = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    10**30,
    0.0,
    -0.0,
    1e308,
    -1e308,
    5e-324,
    1e15,
    math.nan,
    math.inf,
    -math.inf,
    "",
    "nan",
    [],
    {},
    [[]],
    [None],
    {"": None},
    [0.0, 0.0],
    "2020-01-01",
    "ok",
    "over",
    "unknown",
    "yes",
)
DEEP = 30_000


def _paths(tree):
    """Return every (holder, key), depth first."""
    found, todo = [], [tree]
    while todo:
        node = todo.pop()
        pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in pairs:
            found.append((node, key))
            todo.append(value)
    return found


def _spot(rng, tree):
    """Return a random (holder, key); a table of many rows does not drown the rest, so walk down instead of drawing from all."""
    holder, key = None, None
    node = tree
    while isinstance(node, (dict, list)) and node:
        holder, key = node, rng.choice(list(node)) if isinstance(node, dict) else rng.randrange(len(node))
        node = node[key]
        if rng.random() < 0.25:
            break
    return holder, key


def _changed_once(rng, tree):
    holder, key = _spot(rng, tree)
    if holder is None:
        return
    done = rng.randrange(10)
    if done == 0:
        del holder[key]
    elif done in (1, 2):
        holder[key] = rng.choice(ODD)
    elif done == 3:
        holder[key] = rng.choice(PAYLOADS)
    elif done == 4 and isinstance(holder[key], list):
        holder[key] = holder[key] * rng.choice((0, 2, 30))
    elif done == 5 and isinstance(holder, dict):
        holder[rng.choice(("__proto__", "Naam", str(key).upper(), str(key) + "_m", rng.choice(PAYLOADS)))] = holder.pop(key)
    elif done == 6:
        other, at = _spot(rng, tree)
        if other is not None:
            other[at], holder[key] = holder[key], other[at]
            if _is_cyclic(tree):
                holder[key] = None
                other[at] = None
    elif done == 7 and isinstance(holder[key], (int, float)) and not isinstance(holder[key], bool):
        holder[key] = holder[key] * rng.choice((-1, 1000, 1e12, 0, 0.5))
    elif done == 8 and isinstance(holder[key], str):
        holder[key] = rng.choice((holder[key][::-1], holder[key][:-1], holder[key] * 2, holder[key] + rng.choice(PAYLOADS)))
    else:
        holder[key] = rng.choice(([holder[key]], {"value": holder[key]}, str(holder[key]), rng.choice(ODD)))


def _changed_gently(rng, tree):
    """Change a value into another of its type, so that the file stays what its schema says and the change goes deep."""
    holder, key = _spot(rng, tree)
    if holder is None:
        return
    value = holder[key]
    if isinstance(value, bool):
        holder[key] = not value
    elif isinstance(value, (int, float)):
        holder[key] = type(value)(rng.choice((0, 1, 2, 7, value + 1, value * 2, 10**6, 1e-9, -value, -1, 1e12, 1e15)))
    elif isinstance(value, str):
        holder[key] = rng.choice((*(text for text in PAYLOADS if text.isprintable()), "ok", "over", "unknown", value[::-1], "x" * 300))
    elif isinstance(value, list) and value:
        done = rng.randrange(4)
        if done == 0:
            value.clear()
        elif done == 1:
            value.pop(rng.randrange(len(value)))
        elif done == 2:
            value.append(value[rng.randrange(len(value))])
        else:
            rng.shuffle(value)
    elif value is None:
        holder[key] = rng.choice((0.0, 1.0, "x"))
    else:
        holder[key] = None if rng.random() < 0.5 else {}


def _is_cyclic(tree):
    try:
        json.dumps(tree, default=str)
    except (ValueError, RecursionError):
        return True
    return False


def tree_changed(rng, tree):
    """Change a tree of dicts and lists in place, one to six times."""
    change = rng.choice((_changed_once, _changed_gently))
    for _ in range(rng.choice((1, 1, 1, 2, 6))):
        change(rng, tree)
    return tree


def json_changed(rng, data):
    """Return JSON after mutations of its tree; now and then of its bytes, or with a well in it."""
    if rng.random() < 0.15:
        return bytes_changed(rng, data)
    try:
        text = json.dumps(tree_changed(rng, json.loads(data)))
    except (ValueError, RecursionError):  # changed before, or put into itself
        return bytes_changed(rng, data)
    if rng.random() < 0.03:
        at = text.find(":") + 1
        text = text[:at] + "[" * DEEP + "]" * DEEP + "," + '"rest":' + text[at:]
    return encoded(text)


def lines_changed(rng, data):
    """Return JSON lines after mutations of some of them."""
    lines = data.split(b"\n")
    for _ in range(rng.choice((1, 1, 3))):
        k = rng.randrange(len(lines))
        if lines[k].startswith(b"{"):
            lines[k] = json_changed(rng, lines[k])
        elif rng.random() < 0.5:
            lines[k] = bytes_changed(rng, lines[k])
    if rng.random() < 0.1:
        rng.shuffle(lines)
    return b"\n".join(lines)


def toml_changed(rng, data):
    """Return TOML after mutations of its tree, or of its bytes and tokens."""
    if rng.random() < 0.4:
        return bytes_changed(rng, data)
    import tomllib

    tree = tree_changed(rng, tomllib.loads(data.decode()))
    if rng.random() < 0.03:
        return encoded(f"deep = {'[' * DEEP}{']' * DEEP}\n")
    try:
        return encoded("".join(f"{_key(key)} = {_toml(value)}\n" for key, value in tree.items()))
    except RecursionError:  # put into itself
        return bytes_changed(rng, data)


def _key(key):
    return json.dumps(str(key), ensure_ascii=False)


def _toml(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return '""' if value is None else json.dumps(str(value), ensure_ascii=False)
