"""Two records side by side: equal ones are silent, one change is found with the part that it explains."""

import copy

import pytest

from optopscan.report.difference.compare import difference, matched
from optopscan.report.difference.text import as_json, text


@pytest.fixture
def record(scan_record):
    return copy.deepcopy(scan_record("portiekflat_1958")[0])


@pytest.fixture
def other(record):
    return copy.deepcopy(record)


def governing(record):
    row = record["extra_storeys"]["governing"]
    part = next(part for part in record["parts"] if part["id"] == row["part"])
    return row, part, next(element for element in record["elements"] if element["id"] == part["element"])


def raise_uc(record, part_id, state, factor):
    k = next(k for k, part in enumerate(record["parts"]) if part["id"] == part_id)
    column = next(row for row in record["part_uc"] if row["scenario"] == state)
    column["uc"][k] *= factor


def test_a_record_against_itself_is_no_difference(record, other):
    found = difference(record, other)
    assert found.same
    assert found.n_same == found.n_element == len(record["elements"])
    assert "geen verschil" in text(found, ("a", "b"))
    assert "no difference" in text(found, ("a", "b"), "en")


def test_step_numbers_and_order_do_not_matter(record, other):
    names = {row["id"]: f"7#{9000 + k}" for k, row in enumerate(other["elements"])}
    for row in other["elements"]:
        row["id"] = names[row["id"]]
    for part in other["parts"]:
        part["element"] = names[part["element"]]
    other["elements"].reverse()
    assert sorted(matched(record, other)) == sorted(names.items())
    assert difference(record, other).same


def test_elements_without_a_globalid_are_found_by_name_and_place(record, other):
    for rows in (record["elements"], other["elements"]):
        for row in rows:
            row["guid"] = None
    assert len(matched(record, other)) > 0.8 * len(record["elements"])
    other["elements"][0]["name"] = "iets anders"
    assert other["elements"][0]["id"] not in {b for _, b in matched(record, other)}


def test_a_globalid_that_occurs_twice_names_nothing(record, other):
    for rows in (record["elements"], other["elements"]):
        rows[1]["guid"] = rows[0]["guid"]
        rows[1]["name"] = rows[0]["name"] = None
        rows[0]["geometry"]["footprint"] = rows[1]["geometry"]["footprint"] = []
    assert rows[0]["id"] not in {b for _, b in matched(record, other)}


def test_a_thicker_wall_explains_its_own_utilisation(record, other):
    row, part, element = governing(other)
    element["thickness_m"] += 0.05
    raise_uc(other, part["id"], row["scenario"], 0.7)
    found = difference(record, other)
    assert [(one.what, one.after) for one in found.elements] == [("thickness_m", element["thickness_m"])]
    [reason] = found.reasons
    assert reason.part == part["id"]
    assert reason.uc[1] == pytest.approx(0.7 * reason.uc[0])
    assert [change.what for change in reason.changes] == ["thickness_m"]
    assert found.moved_parts == 1
    told = text(found, ("a", "b"))
    assert "dikte m" in told
    assert element["name"] in told


def test_a_change_above_explains_and_one_beside_does_not(record, other):
    row, part, _ = governing(other)
    above = next(
        one for one in other["parts"] if any(s["part"] == part["id"] for s in one["supported_by"]) and one["element"] != part["element"]
    )
    resting = next(one for one in other["elements"] if one["id"] == above["element"])
    loaders = {part["element"]}
    waiting = [part["id"]]
    while waiting:
        here = waiting.pop()
        for one in other["parts"]:
            if any(s["part"] == here for s in one["supported_by"]):
                loaders.add(one["element"])
                waiting.append(one["id"])
    aside = next(one for one in other["elements"] if one["id"] not in loaders)
    resting["material"]["density_kg_m3"] = 2500.5
    aside["material"]["density_kg_m3"] = 2600.5
    raise_uc(other, part["id"], row["scenario"], 1.2)
    [reason] = difference(record, other).reasons
    assert {change.after for change in reason.changes} == {2500.5}


def test_a_moved_utilisation_without_a_cause_says_so(record, other):
    row, part, _ = governing(other)
    raise_uc(other, part["id"], row["scenario"], 1.2)
    assert "zijn niet gewijzigd" in text(difference(record, other), ("a", "b"))


def test_a_correction_of_the_engineer_explains(record, other):
    row, part, element = governing(other)
    raise_uc(other, part["id"], row["scenario"], 0.5)
    other["overrides"]["applied"] = [
        {
            "field": "fk_mpa",
            "old": "-",
            "new": "6.5 N/mm2",
            "place": "o.toml:3",
            "source": "kernen",
            "elements": [element["id"]],
            "lines": [],
        }
    ]
    [reason] = difference(record, other).reasons
    assert [(change.what, change.after) for change in reason.changes] == [("fk_mpa (o.toml:3)", "6.5 N/mm2")]


def test_the_answer_settings_and_elements_gone_are_told(record, other):
    other["extra_storeys"]["possible"] -= 1
    other["settings"]["level"] = "nieuwbouw"
    gone = other["elements"].pop(0)
    other["parts"] = [part for part in other["parts"] if part["element"] != gone["id"]]
    for column in other["part_uc"]:
        keep = [k for k, part in enumerate(record["parts"]) if part["element"] != gone["id"]]
        column["uc"] = [column["uc"][k] for k in keep]
        column["outcome"] = [column["outcome"][k] for k in keep]
    found = difference(record, other)
    assert ("possible", record["extra_storeys"]["possible"]) in [(one.what, one.before) for one in found.answer]
    assert ("level", "verbouw", "nieuwbouw") in [(one.what, one.before, one.after) for one in found.input]
    assert len(found.removed) == 1
    assert not found.added
    assert as_json(found)["removed"] == found.removed


def test_another_building_is_asked_about(scan_record, record):
    assert "hetzelfde gebouw?" in text(difference(record, scan_record("kantoor_1980")[0]), ("a", "b"))
