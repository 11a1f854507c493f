"""A product file that states every key, spoilt in one place at a time: exactly that fault is found, at its line and key.

Line and key are worked out by `full_product.keys_of`, which knows nothing of the reader.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from full_product import FULL, Key, keys_of, with_line

from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.load import lint

KEYS = keys_of(FULL)
# Read from the issue and the field list, not from the schema.
REQUIRED = {
    *("schema", "id", "name", "supplier", "version", "date", "fictief", "access"),
    *("system.kind", "system.material", "system.max_storeys"),
    *(f"geometry.{key}" for key in ("width_m", "length_m", "height_m", "width_options_m", "length_lo_m", "length_hi_m", "overhang_max_m")),
    *(f"structure.{key}" for key in ("g_floor_kn_m2", "g_wall_kn_m", "g_roof_kn_m2", "g_transfer_kn_m2", "transfer_depth_m")),
    *(f"structure.{key}" for key in ("transfer_span_max_m", "transfer_takes_moment", "support_system", "supports", "support_offset_max_m")),
    *("performance.carbon_emitted_kg_m2", "performance.carbon_stored_kg_m2", "cost_time.cost_eur_m2"),
    *(f"supports[{n}].{key}" for n in (1, 2) for key in ("code", "x0_m", "y0_m", "x1_m", "y1_m", "g_kn")),
    *(f"connectors[1].{key}" for key in ("code", "uplift_kn", "shear_kn", "distance_m")),
    *(f"unit_types[{n}].{key}" for n in (1, 2) for key in ("code", "modules", "gbo_m2", "gfa_m2", "rooms", "persons")),
}
WORDS = {
    *("schema", "status", "market.woningtype", "market.huurklasse", "market.basiseisen", "system.kind", "system.floor"),
    *("structure.support_system", "structure.supports", "structure.lateral", "performance.fire_class", "performance.ventilation"),
}

Spoilt = tuple[str, int, str]
"""The file, and line and key of its one fault."""


def is_number(key: Key) -> bool:
    return bool(re.fullmatch(r"-?[\d.]+", key.value))


def is_text(key: Key) -> bool:
    return key.value.startswith('"')


def on_its_line(key: Key, value: str, path: str = "") -> Spoilt:
    return with_line(FULL, key.line, f"{key.name} = {value}"), key.line, path or key.path


def wrong_type() -> Iterator[Spoilt]:
    for key in KEYS:
        if is_number(key) or key.value.startswith("["):
            yield on_its_line(key, '"veel"')
        elif is_text(key) or key.value in ("true", "false"):
            yield on_its_line(key, "[7]")


def beyond_every_bound() -> Iterator[Spoilt]:
    for value in ("1e9", "-1e9", "nan"):
        yield from (on_its_line(key, value) for key in KEYS if is_number(key))


def misspelt_key() -> Iterator[Spoilt]:
    for key in KEYS:
        name = f"{key.name}x"
        path = f"{key.table}.{name}" if key.table else name
        yield with_line(FULL, key.line, f"{name} = {key.value}"), key.line, path


def decimal_comma() -> Iterator[Spoilt]:
    yield from (on_its_line(key, key.value.replace(".", ",")) for key in KEYS if is_number(key) and "." in key.value)


def no_equals_sign() -> Iterator[Spoilt]:
    for sign in ("", ":"):
        rows = ((key, f"{key.name}{sign} {key.value}") for key in KEYS if is_number(key))
        yield from ((with_line(FULL, key.line, row), key.line, key.path) for key, row in rows)


def lost_quote() -> Iterator[Spoilt]:
    yield from (on_its_line(key, key.value[:-1]) for key in KEYS if is_text(key))


def unclosed_list() -> Iterator[Spoilt]:
    yield from (on_its_line(key, key.value[:-1]) for key in KEYS if key.value.startswith("["))


def unclosed_table() -> Iterator[Spoilt]:
    yield from (on_its_line(key, key.value[:-1]) for key in KEYS if key.value.startswith("{"))


def given_twice() -> Iterator[Spoilt]:
    for key in KEYS:
        row = f"{key.name} = {key.value}"
        yield with_line(FULL, key.line, row, row), key.line + 1, key.path


def missing_key() -> Iterator[Spoilt]:
    for key in KEYS:
        if key.path in REQUIRED:
            yield with_line(FULL, key.line), key.header, key.path


def unknown_word() -> Iterator[Spoilt]:
    yield from (on_its_line(key, key.value[:-1] + 'q"') for key in KEYS if key.path in WORDS)


def unknown_without_reason() -> Iterator[Spoilt]:
    for key in KEYS:
        if "_kn" in key.name or (key.table in ("performance", "cost_time") and key.name.endswith(("_m2", "_min", "_db", "_m2k_w"))):
            yield on_its_line(key, '"onbekend"')
            yield on_its_line(key, '{ value = "onbekend" }')


def no_source() -> Iterator[Spoilt]:
    for key in KEYS:
        if "source" in key.value:
            yield on_its_line(key, re.sub(r', source = "[^"]*"', "", key.value), f"{key.path}.source")


def bounds_crossed() -> Iterator[Spoilt]:
    for key in KEYS:
        if "value = " in key.value:
            value = float(re.search(r"value = ([\d.]+)", key.value)[1])
            plain = f'{{ value = {value}, source = "x"'
            yield on_its_line(key, f"{plain}, lo = {value + 0.1} }}", f"{key.path}.lo")
            yield on_its_line(key, f"{plain}, hi = {value - 0.1} }}", f"{key.path}.hi")


OPERATORS: list[Callable[[], Iterator[Spoilt]]] = [
    *(wrong_type, beyond_every_bound, misspelt_key, decimal_comma, no_equals_sign, lost_quote, unclosed_list, unclosed_table),
    *(given_twice, missing_key, unknown_word, unknown_without_reason, no_source, bounds_crossed),
]


def found_in(folder: Path, text: str) -> list[tuple[int, str]]:
    file = folder / "product.toml"
    file.write_text(text, encoding="utf-8")
    return [(fault.line, fault.key) for fault in lint([file])]


def test_the_file_without_a_fault_has_none_and_states_every_table(tmp_path: Path) -> None:
    assert found_in(tmp_path, FULL) == []
    assert len(KEYS) > 110
    assert {key.path for key in KEYS} >= REQUIRED | WORDS


def test_well_over_a_hundred_files_are_spoilt_in_different_places() -> None:
    files = {text for make in OPERATORS for text, _, _ in make()}
    assert len(files) > 600
    assert all(sum(1 for _ in make()) >= 5 for make in OPERATORS)


@pytest.mark.parametrize("make", OPERATORS, ids=lambda make: make.__name__)
def test_exactly_the_planted_fault_is_found(tmp_path: Path, make: Callable[[], Iterator[Spoilt]]) -> None:
    wrong = [(line, key, found) for text, line, key in make() if (found := found_in(tmp_path, text)) != [(line, key)]]
    assert wrong == []


# Relations: keys to change, and where the one fault is expected (the key whose line it has, the key that it names)
RELATIONS = [
    ({"name": '"Proefproduct"'}, "name", "name"),
    ({"geometry.width_m": "3.3"}, "geometry.width_m", "geometry.width_m"),
    ({"geometry.length_lo_m": "12.5"}, "geometry.length_lo_m", "geometry.length_lo_m"),
    ({"geometry.length_m": "5.5"}, "geometry.length_m", "geometry.length_m"),
    ({"geometry.clear_height_m": "2.5"}, "geometry.clear_height_m", "geometry.clear_height_m"),
    ({"geometry.clear_height_m": "3.1"}, "geometry.clear_height_m", "geometry.clear_height_m"),
    # (1.5 x 32.4 + 0.8 x 25.2) kN / 9.81 m/s2 = 7009 kg; 15 % more is 8060
    ({"structure.mass_module_kg": "8100"}, "structure.mass_module_kg", "structure.mass_module_kg"),
    ({"structure.lateral": '"old-building"'}, "structure.lateral", "structure.lateral"),
    ({"structure.own_stability": "false"}, "structure.lateral", "structure.lateral"),
    ({"structure.connector_uplift_kn_m": "12.0"}, "structure.connector_uplift_kn_m", "structure.connector_uplift_kn_m"),
    ({"connectors[1].distance_m": "3.0", "structure.connector_uplift_kn_m": "5.0"}, *["structure.connector_shear_kn_m"] * 2),
    ({"supports[2].x1_m": "9.2"}, "supports[2].x1_m", "supports[2].x1_m"),
    ({"supports[2].y1_m": "3.2"}, "supports[2].y1_m", "supports[2].y1_m"),
    ({"supports[2].code": '"L0"'}, "supports[2].code", "supports[2].code"),
    ({"unit_types[1].gbo_m2": "66.0"}, "unit_types[1].gbo_m2", "unit_types[1].gbo_m2"),
    ({"unit_types[2].gfa_m2": "45.0"}, "unit_types[2].gfa_m2", "unit_types[2].gfa_m2"),
    # the smallest module is 3.0 x 6.0 = 18 m2
    ({"unit_types[2].gfa_m2": "17.0", "unit_types[2].gbo_m2": "15.0"}, "unit_types[2].gfa_m2", "unit_types[2].gfa_m2"),
    ({"unit_types[1].bedrooms": "3"}, "unit_types[1].bedrooms", "unit_types[1].bedrooms"),
    ({"unit_types[2].code": '"2K-52"'}, "unit_types[2].code", "unit_types[2].code"),
    # three storeys: 2.1 + 0.45 + 2 x 3.05 = 8.65 m, above 7 m: 90 minutes; two: 5.6 m
    ({"system.max_storeys": "3", "performance.fire_r_min": "60"}, "performance.fire_r_min", "performance.fire_r_min"),
    ({"performance.fire_r_min": "20"}, "performance.fire_r_min", "performance.fire_r_min"),
    # five storeys: top at 2.1 + 0.45 + 5 x 3.05 = 17.8 m, above 13 m: class B; floor at 14.75 m: 120 minutes
    (
        {"system.max_storeys": "5", "performance.fire_class": '"D"', "performance.fire_r_min": "120"},
        "performance.fire_class",
        "performance.fire_class",
    ),
    ({"performance.sound_air_db": "51"}, "performance.sound_air_db", "performance.sound_air_db"),
    ({"performance.sound_impact_db": "55"}, "performance.sound_impact_db", "performance.sound_impact_db"),
    ({"performance.rc_facade_m2k_w": "4.6"}, "performance.rc_facade_m2k_w", "performance.rc_facade_m2k_w"),
    ({"performance.rc_roof_m2k_w": "6.2"}, "performance.rc_roof_m2k_w", "performance.rc_roof_m2k_w"),
    # 2250 EUR/m2 x 64.8 m2 = 145 800 EUR; 20 % more is 174 960
    ({"cost_time.price_dwelling_eur": "176000"}, "cost_time.price_dwelling_eur", "cost_time.price_dwelling_eur"),
    ({"logistics.exemption": "false"}, "logistics.exemption", "logistics.exemption"),
    ({"logistics.transport_width_m": "3.4"}, "logistics.transport_width_m", "logistics.transport_width_m"),
    ({"logistics.transport_length_m": "11.0"}, "logistics.transport_length_m", "logistics.transport_length_m"),
    ({"logistics.transport_height_m": "2.6"}, "logistics.transport_height_m", "logistics.transport_height_m"),
    # largest module: (1.5 x 43.2 + 0.8 x 31.2) / 9.81 = 9150 kg; 15 % less is 7778
    ({"logistics.transport_mass_kg": "7700"}, "logistics.transport_mass_kg", "logistics.transport_mass_kg"),
    ({"logistics.hoist_mass_kg": "7700"}, "logistics.hoist_mass_kg", "logistics.hoist_mass_kg"),
]


def changed(values: dict[str, str]) -> str:
    text = FULL
    for key in KEYS:
        if key.path in values:
            text = with_line(text, key.line, f"{key.name} = {values[key.path]}")
    return text


@pytest.mark.parametrize(("values", "at", "key"), RELATIONS)
def test_a_contradiction_is_found_at_the_key_that_has_it(tmp_path: Path, values: dict[str, str], at: str, key: str) -> None:
    (line,) = (one.line for one in KEYS if one.path == at)
    assert found_in(tmp_path, changed(values)) == [(line, key)]


@pytest.mark.parametrize(
    "values",
    [
        # 5 % more than 68.76 kN is 72.2: 34.4 + 38.2 = 72.6
        {"supports[2].g_kn": "38.2"},
        # both supports along one side
        {"supports[2].y0_m": "0.5", "supports[2].y1_m": "0.5"},
    ],
)
def test_supports_that_do_not_carry_the_module_are_told_at_the_first(tmp_path: Path, values: dict[str, str]) -> None:
    (first, *_) = (key.header for key in KEYS if key.table == "supports[1]")
    assert found_in(tmp_path, changed(values)) == [(first, "supports")]


def test_every_limit_is_on_a_key_that_the_full_product_states_within_it() -> None:
    """A limit on a key that no product has would never be looked at."""
    limits = load_engineering().product_limits.values()
    assert len(limits) >= 5
    values = {key.path: key.value for key in KEYS}
    for limit in limits:
        got = float(values[limit.key])
        # The full product is wider than the road and has its exemption.
        within = not (got < limit.at_least or got > limit.at_most)
        assert within == (limit.id != "road-width"), limit.key
        assert limit.article
        assert math.isnan(limit.at_least) != math.isnan(limit.at_most), "one side each"


def test_another_kind_of_dwelling_is_told_at_its_combination(tmp_path: Path) -> None:
    (line,) = (key.line for key in KEYS if key.path == "market.pmc")
    assert found_in(tmp_path, changed({"market.pmc": '["6", "2"]'})) == [(line, "market.pmc[2]")]


def test_who_knowingly_stays_short_says_why(tmp_path: Path) -> None:
    told = changed({"performance.sound_air_db": "50"}).replace(
        "[performance]", '[performance]\ndeviates = { sound_air_db = "niveau verbouw" }'
    )
    assert found_in(tmp_path, told) == []
    assert [key for _, key in found_in(tmp_path, told.replace("sound_air_db =", "sound_impact_db =", 1))] == ["performance.sound_air_db"]
    assert [key for _, key in found_in(tmp_path, told.replace("{ sound_air_db", "{ sound_air"))] == [
        "performance.deviates.sound_air",
        "performance.sound_air_db",
    ]


@pytest.mark.parametrize("seed", range(20))
def test_ten_faults_in_one_file_are_all_found(tmp_path: Path, seed: int) -> None:
    """Faults that leave the other lines where they are, each on a line of its own."""
    rng = random.Random(seed)
    makes = (wrong_type, misspelt_key, decimal_comma, no_equals_sign, lost_quote, unclosed_list, unclosed_table, unknown_word)
    rows, expected = FULL.split("\n"), {}
    for make in rng.choices(makes, k=40):
        text, line, key = rng.choice(list(make()))
        if line not in expected and len(expected) < 10:
            rows[line - 1], expected[line] = text.split("\n")[line - 1], key
    assert len(expected) == 10
    assert found_in(tmp_path, "\n".join(rows)) == sorted(expected.items())


def test_breaking_off_anywhere_never_hides_where(tmp_path: Path) -> None:
    """A file that ends early misses what follows, and says so at a line that it has."""
    rows = FULL.split("\n")
    for n in range(1, len(rows), 7):
        text = "\n".join(rows[:n])
        assert all(1 <= line <= n for line, _ in found_in(tmp_path, text))
