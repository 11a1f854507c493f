"""The surroundings file: what is read, and every fault with its line and key."""

import textwrap

import pytest

from optopscan.catalog.faults import CatalogError
from optopscan.catalog.surroundings import load_surroundings, read_surroundings
from optopscan.errors import UsageError

VALID = """\
schema = "optopscan/surroundings/1"
north_deg = 12.5
source = "kadaster"

[plot]
polygon = [[-5, -8], [70, -8], [70, 25], [-5, 25]]

[[neighbour]]
name = "overkant"
polygon = [[0, 40], [60, 40.0], [60, 52], [0, 52], [0, 40]]
height_m = 11.5
"""


def faults(text):
    with pytest.raises(CatalogError) as caught:
        read_surroundings("buren.toml", textwrap.dedent(text).encode())
    return [(fault.line, fault.key) for fault in caught.value.faults]


def test_what_is_read(tmp_path):
    """Plot 75 x 33 m, neighbour 60 x 12 m; a ring may repeat its first corner."""
    (tmp_path / "buren.toml").write_text(VALID)
    read = load_surroundings(tmp_path / "buren.toml")
    assert (read.north_deg, read.source, read.plot.area) == (12.5, "kadaster", 75 * 33)
    (one,) = read.neighbours
    assert (one.name, one.height_m, one.polygon.area) == ("overkant", 11.5, 720.0)


def test_plot_and_neighbours_may_be_left_out_and_north_may_not():
    read = read_surroundings("x.toml", b'north_deg = 0.0\nsource = "luchtfoto"\n')
    assert (read.neighbours, read.plot) == ((), None)
    assert faults('source = "luchtfoto"\n') == [(1, "north_deg")]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("height_m = 11.5", 'height_m = "11,5"', (11, "neighbour[1].height_m")),
        ("height_m = 11.5", "height = 11.5", (11, "neighbour[1].height")),
        ("height_m = 11.5", "height_m = 0.0", (11, "neighbour[1].height_m")),
        ("[60, 40.0], [60, 52]", "[60, 52.0], [50, 42]", (10, "neighbour[1].polygon")),
        ("[0, 40], [60, 40.0]", "[155000, 463000], [60, 40.0]", (10, "neighbour[1].polygon")),
        ("[0, 40], [60, 40.0]", "[0, 40], [1e15, 40.0]", (10, "neighbour[1].polygon")),
        ("[0, 40], [60, 40.0]", "[0, 40], [60, -9000000000000000000]", (10, "neighbour[1].polygon")),
        ("[0, 40], [60, 40.0]", "[0, 40], [60, inf]", (10, "neighbour[1].polygon[2][2]")),
        ("[0, 40], [60, 40.0]", "[0, 40], [60, nan]", (10, "neighbour[1].polygon[2][2]")),
        ("[0, 40], [60, 40.0]", "[0, 40], [60, 1" + 400 * "0" + "]", (10, "neighbour[1].polygon[2][2]")),
        ("[[-5, -8], [70, -8], [70, 25], [-5, 25]]", "[[0, 0], [0.1, 0], [0, 0.1]]", (6, "plot.polygon")),
        ("[[-5, -8], [70, -8], [70, 25], [-5, 25]]", "[[0, 0], [1, 0]]", (6, "plot.polygon")),
        ("[[-5, -8], [70, -8], [70, 25], [-5, 25]]", "[[0, 0, 1], [9, 0], [9, 9]]", (6, "plot.polygon[1]")),
        ("north_deg = 12.5", "north_deg = 400.0", (2, "north_deg")),
        ('source = "kadaster"', "", (1, "source")),
    ],
)
def test_faults(old, new, place):
    assert old in VALID
    assert faults(VALID.replace(old, new)) == [place]


def test_all_faults_at_once_and_a_name_used_twice():
    twice = VALID + '\n[[neighbour]]\nname = "overkant"\npolygon = [[0, 60], [9, 60], [9, 70]]\nheight_m = -1.0\n'
    assert faults(twice) == [(14, "neighbour[2].name"), (16, "neighbour[2].height_m")]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        load_surroundings(tmp_path / "weg.toml")
