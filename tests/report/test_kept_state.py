"""States on disk: every kind of value comes back bit for bit, and nothing but what the hints say is ever made."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pytest
import scipy.sparse as sp
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from shapely.geometry.base import BaseGeometry

from optopscan.model.arrays import BoolArray, FloatArray, IntArray, freeze
from optopscan.report.record import state


@dataclass(frozen=True, kw_only=True, eq=False)
class Inner:
    floats: FloatArray
    ints: IntArray
    flags: BoolArray
    share: sp.csr_array
    turned: sp.csc_array

    def __post_init__(self):
        freeze(self)


@dataclass(frozen=True, kw_only=True, eq=False)
class Outer:
    word: str
    count: int
    ratio: float
    sure: bool
    kind: Literal["a", "b"]
    maybe: float | None
    names: tuple[str | None, ...]
    pairs: tuple[tuple[int, ...], ...]
    place: tuple[float, str]
    asked: frozenset[str]
    table: Mapping[str, Inner]
    named: dict[Literal["simple", "continuous"], float]
    shapes: tuple[BaseGeometry, ...]
    roof: shapely.Polygon


FLOATS = st.floats(allow_nan=True, allow_infinity=True)
TEXTS = st.text(max_size=8)
POLYGONS = st.builds(
    lambda x, y, hole: shapely.Polygon(shapely.box(x, y, x + 3, y + 4).exterior, [shapely.box(x + 1, y + 1, x + 2, y + 2).exterior] * hole),
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.booleans(),
)
SHAPES = st.one_of(POLYGONS, st.just(shapely.Polygon()), st.builds(shapely.Point, st.floats(-9, 9), st.floats(-9, 9)))


@st.composite
def matrices(draw, kind):
    dense = draw(npst.arrays(np.float64, st.tuples(st.integers(0, 4), st.integers(1, 4)), elements=st.sampled_from([0.0, 0.1, -2.0 / 3.0])))
    return kind(dense)


INNERS = st.builds(
    Inner,
    floats=npst.arrays(np.float64, npst.array_shapes(min_side=0, max_side=3, max_dims=2), elements=FLOATS),
    ints=npst.arrays(np.int64, npst.array_shapes(min_side=0, max_side=3, max_dims=2)),
    flags=npst.arrays(np.bool_, st.integers(0, 4)),
    share=matrices(sp.csr_array),
    turned=matrices(sp.csc_array),
)
OUTERS = st.builds(
    Outer,
    word=TEXTS,
    count=st.integers(),
    ratio=FLOATS,
    sure=st.booleans(),
    kind=st.sampled_from(["a", "b"]),
    maybe=st.none() | FLOATS,
    names=st.lists(st.none() | TEXTS, max_size=4).map(tuple),
    pairs=st.lists(st.lists(st.integers(), max_size=3).map(tuple), max_size=3).map(tuple),
    place=st.tuples(FLOATS, TEXTS),
    asked=st.frozensets(TEXTS, max_size=3),
    table=st.dictionaries(TEXTS, INNERS, max_size=2),
    named=st.dictionaries(st.sampled_from(["simple", "continuous"]), FLOATS),
    shapes=st.lists(SHAPES, max_size=3).map(tuple),
    roof=POLYGONS,
)


def same(one: Any, other: Any) -> bool:
    """Return whether two values are of one type with the same bits, nan included."""
    if type(one) is not type(other):
        return False
    if dataclasses.is_dataclass(one):
        return all(same(getattr(one, spec.name), getattr(other, spec.name)) for spec in dataclasses.fields(one))
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if sp.issparse(one):
        return one.shape == other.shape and all(np.array_equal(getattr(one, k), getattr(other, k)) for k in ("data", "indices", "indptr"))
    if isinstance(one, BaseGeometry):
        return bool(shapely.to_wkb(one) == shapely.to_wkb(other))
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return one == other if isinstance(one, frozenset) else repr(one) == repr(other)


@settings(max_examples=60)
@given(OUTERS)
def test_every_kind_of_value_comes_back_bit_for_bit(value):
    arrays = state.pack(value, Outer, "s.")
    assert all(name.startswith("s.") and array.dtype.kind in "biuf" for name, array in arrays.items())
    assert same(state.unpack(Outer, arrays, "s."), value)


def example(**changes: Any) -> Outer:
    inner = Inner(
        floats=np.array([0.1, np.nan, -0.0]),
        ints=np.array([1, -128]),
        flags=np.array([True]),
        share=sp.csr_array(np.array([[0.5, 0.5]])),
        turned=sp.csc_array(np.array([[1.0]])),
    )
    base = Outer(
        word="wand", count=3, ratio=0.1, sure=True, kind="a", maybe=None, names=("x", None), pairs=((1, 2), ()), place=(1.0, "y"),
        asked=frozenset({"q", "p"}), table={"one": inner, "two": inner}, named={"simple": 1.0}, shapes=(shapely.box(0, 0, 1, 1),) * 3,
        roof=shapely.box(0, 0, 1, 1),
    )  # fmt: skip
    return dataclasses.replace(base, **changes)


def tree_of(arrays):
    return json.loads(arrays[state.TREE].tobytes())


def with_tree(arrays, tree):
    return {**arrays, state.TREE: np.frombuffer(json.dumps(tree).encode(), dtype=np.uint8)}


def test_one_content_is_stored_once_and_whole_numbers_narrow():
    arrays = state.pack(example(), Outer, "")
    assert "table.one.floats" in arrays
    assert not [name for name in arrays if name.startswith("table.two")]
    assert arrays["table.one.ints"].dtype == np.int8
    # four boxes of 1 x 1: one ring of five points, 1 + 4 + 4 + 4 + 5 * 16 bytes
    assert arrays[state.SHAPES].size == 93
    assert state.narrow(np.array([128])).dtype == np.int16
    assert state.narrow(np.array([-(2**31) - 1])).dtype == np.int64


def test_arrays_that_come_back_are_frozen():
    made = state.unpack(Outer, state.pack(example(), Outer, ""), "")
    with pytest.raises(ValueError, match="read-only"):
        made.table["one"].floats[0] = 1.0


FAULTS = {
    "a class by name": ("roof", {"__class__": "os.system"}),
    "a number for a text": ("word", 1.5),
    "a row that is not there": ("word", 99),
    "a negative row": ("word", -1),
    "true for a count": ("count", True),
    "a text for a truth": ("sure", "yes"),
    "another choice": ("kind", "c"),
    "a number in words": ("ratio", "1e3"),
    "too few places": ("place", [1.0]),
    "no list": ("names", {"0": 1}),
    "no object": ("table", [1]),
    "another key": ("named", {"both": 1.0}),
    "null where none may be": ("count", None),
    "a point for a polygon": ("roof", 1),
    "no set": ("asked", "pq"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_value_of_another_type_is_refused(fault):
    arrays = state.pack(example(shapes=(shapely.box(0, 0, 1, 1), shapely.Point(0, 0))), Outer, "")
    tree = tree_of(arrays)
    name, node = FAULTS[fault]
    tree["state"][name] = node
    with pytest.raises(state.StateError) as caught:
        state.unpack(Outer, with_tree(arrays, tree), "")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("change", ["missing", "added"])
def test_other_fields_are_refused(change):
    arrays = state.pack(example(), Outer, "")
    tree = tree_of(arrays)
    if change == "missing":
        del tree["state"]["count"]
    else:
        tree["state"]["later"] = 1
    with pytest.raises(state.StateError, match="not the fields of Outer"):
        state.unpack(Outer, with_tree(arrays, tree), "")


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("table.one.floats", np.array([1, 2])),
        ("table.one.ints", np.array([0.5])),
        ("table.one.share.indices", np.array([7, 8], dtype=np.int8)),
        ("table.one.share.indptr", np.array([0, 9], dtype=np.int8)),
        (state.SHAPES, np.zeros(93, dtype=np.uint8)),
        (state.SHAPE_ENDS, np.array([0])),
        (state.TREE, np.frombuffer(b"[" * 100_000, dtype=np.uint8)),
        (state.TREE, np.frombuffer(b"{}", dtype=np.uint8)),
    ],
)
def test_arrays_that_do_not_fit_are_refused(name, array):
    arrays = state.pack(example(), Outer, "")
    assert name in arrays
    with pytest.raises(state.StateError):
        state.unpack(Outer, {**arrays, name: array}, "")
    with pytest.raises(state.StateError):
        state.unpack(Outer, {key: kept for key, kept in arrays.items() if key != name}, "")


@pytest.mark.parametrize(
    "change",
    [
        {"word": 1}, {"count": 1.0}, {"kind": "z"}, {"names": ["x"]}, {"roof": shapely.Point(0, 0)},
        {"asked": {"p"}}, {"named": {"x": 1.0}},
    ],
    ids=str,
)  # fmt: skip
def test_a_value_that_is_not_what_its_hint_says_is_a_fault_of_the_program(change):
    with pytest.raises(TypeError):
        state.pack(example(**change), Outer, "")


def test_the_layout_tells_versions_apart():
    @dataclass(frozen=True)
    class One:
        a: int
        b: float

    @dataclass(frozen=True)
    class Swapped:
        b: float
        a: int

    @dataclass
    class Loose:
        a: int

    assert len({state.layout(One), state.layout(Swapped), state.layout(Inner), state.layout(Outer)}) == 4
    assert state.layout(One) == state.layout(One)
    with pytest.raises(TypeError, match="no form"):
        state.layout(Loose)  # may change under our hands
