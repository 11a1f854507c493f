"""The table of variants: read back as a spreadsheet would, with what is not known empty and explained."""

import csv
import io
import math

import numpy as np
import pytest

from optopscan.feasibility.carbon import Carbon
from optopscan.feasibility.choose import Choice
from optopscan.feasibility.cost import Cost
from optopscan.feasibility.rules import Finding
from optopscan.feasibility.scheme import Scheme
from optopscan.feasibility.sun import SunLoss
from optopscan.feasibility.worth import Worth
from optopscan.report.variants.table_csv import variants_csv

NAN = math.nan


def scheme(**changed):
    made = {
        "id": "v1",
        "concept": "fictief.hsb-3d",
        "storeys": 2,
        "access": "gallery",
        "mix": "50/50",
        "setback_m": 1.5,
        "dwellings": 24,
        "dwellings_by_type": {"2K-52": 10, "1K-26": 14},
        "gfa_m2": 1296.25,
        "roof_m2": 648.0,
        "max_uc": 0.934,
        "outcome": "ok",
    }
    return Scheme(**{**made, **changed})


def rule(code, effect):
    return Finding(code=code, effect=effect, text="", article="", confidence="expert", triggered_by="")


def sun(**changed):
    made = {"on": "facade", "points": 9, "lost_mean_h": 0.25, "lost_max_h": 2.0, "below": 3, "ground_m2": 120.0, "why": ""}
    return SunLoss(**{**made, **changed}, lost_h=np.zeros((4, 9)))


KNOWN = Worth(
    scheme=scheme(),
    cost=Cost(lo_eur=2.2e6, hi_eur=3.6e6, lines=(), why=()),
    carbon=Carbon(
        emitted_kg=194400.0, emitted_lo_kg=1.0, emitted_hi_kg=2.0, stored_kg=136080.0, stored_lo_kg=1.0, stored_hi_kg=2.0, why=()
    ),
    sun=sun(),
    findings=(rule("fire-90", "needs"), rule("lift", "needs"), rule("sound-air", "ask")),
)


def rows(worths, front, choices=(), language="nl"):
    text = variants_csv(worths, front, choices, language).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if language == "nl" else ","))


def test_a_known_variant_in_dutch():
    (row,) = rows([KNOWN], [True], [Choice(id="v1", nl="meeste woningen: 24", en="most dwellings: 24")])
    assert row == {
        "variant": "v1",
        "product": "fictief.hsb-3d",
        "bouwlagen": "2",
        "ontsluiting": "gallery",
        "mix": "50/50",
        "terugligging_m": "1,50",
        "woningen": "24",
        "woningen_per_type": "1K-26:14 2K-52:10",
        "bvo_m2": "1296,2",
        "nieuw_dak_m2": "648,0",
        "hoogste_uc": "0,934",
        "uitkomst": "voldoet",
        "kosten_laag_eur_excl_btw": "2200000",
        "kosten_hoog_eur_excl_btw": "3600000",
        "co2_uitstoot_kg": "194400",
        "co2_opslag_kg": "136080",
        "zonverlies_gemiddeld_h": "0,25",
        "zonverlies_hoogste_h": "2,00",
        "punten_onder_zonnorm": "3",
        "grond_met_zonverlies_m2": "120",
        "verboden_door": "",
        "vraagt": "fire-90 lift",
        "na_te_gaan": "sound-air",
        "op_front": "ja",
        "voorgesteld_omdat": "meeste woningen: 24",
        "waarom_onbekend": "",
    }


def test_a_known_variant_in_english():
    (row,) = rows([KNOWN], [False], [Choice(id="v1", nl="a", en="most dwellings: 24")], "en")
    assert (row["max_uc"], row["outcome"], row["on_front"], row["put_forward_because"]) == ("0.934", "ok", "no", "most dwellings: 24")
    assert row["why_unknown"] == ""


def test_what_is_not_known_is_empty_and_says_why():
    worth = Worth(
        scheme=scheme(max_uc=NAN, outcome="unknown", unknown=("foundation",)),
        cost=Cost(lo_eur=NAN, hi_eur=NAN, lines=(), why=("product: prijs niet bekend (geen opgave)",)),
        carbon=None,
        sun=sun(on="", lost_mean_h=NAN, lost_max_h=NAN, below=-1, ground_m2=NAN, why="north"),
    )
    (row,) = rows([worth], [True])
    for head in ("hoogste_uc", "kosten_laag_eur_excl_btw", "co2_opslag_kg", "zonverlies_gemiddeld_h", "punten_onder_zonnorm"):
        assert row[head] == ""
    assert row["uitkomst"] == "onbekend"
    assert row["waarom_onbekend"] == (
        "onbekende fundering; UC niet bekend; CO2 niet berekend; product: prijs niet bekend (geen opgave); noord niet opgegeven"
    )


def test_heads_are_the_same_for_every_table_and_no_variants_is_a_head_alone():
    head = variants_csv([], []).decode("utf-8-sig")
    assert head.endswith("waarom_onbekend\r\n")
    assert variants_csv([KNOWN], [True]).decode("utf-8-sig").startswith(head)


def test_text_that_a_spreadsheet_would_run():
    (row,) = rows([Worth(scheme=scheme(id="=HYPERLINK(1)", mix="-1;2"))], [True])
    assert (row["variant"], row["mix"]) == ("'=HYPERLINK(1)", "'-1;2")


def test_a_front_of_another_length_is_refused():
    with pytest.raises(ValueError, match="argument 2"):
        variants_csv([KNOWN], [])
