"""Schema of what follows: checks, sides of the building, extra storeys with their probability."""

from __future__ import annotations

from optopscan.report.record.schema.terms import (
    CHANCE,
    COUNT,
    COUNT_OR_NULL,
    LABEL,
    NEEDED,
    NUMBER,
    NUMBER_OR_NULL,
    OUTCOME,
    PROBABILITY,
    SIDE,
    TEXT,
    UC,
    Schema,
    listed,
    mapped,
    objects,
    rows,
)


def check_schema() -> Schema:
    """Return the keys of a check."""
    return {
        "part": TEXT,
        "clause": TEXT,
        "scenario": TEXT,
        "combination": TEXT,
        "n_kn": NUMBER_OR_NULL,
        "m_knm": NUMBER_OR_NULL,
        "resistance": NUMBER_OR_NULL,
        "uc": UC,
        "outcome": OUTCOME,
        "inputs": mapped({"type": ["number", "string", "null"]}),
    }


def _bottleneck() -> Schema:
    return objects({"part": TEXT, "clause": TEXT, "uc": UC, "scenario": TEXT})


def _concept() -> Schema:
    counts = {"proven": COUNT, "possible": COUNT, "vertical_only": COUNT, "with_wind": COUNT_OR_NULL}
    return {"concept": TEXT, **counts, "governing": {"anyOf": [_bottleneck(), {"type": "null"}]}}


def topologies_schema() -> Schema:
    """Return the rows of the alternative ways that loads may go."""
    doubt = {
        "what": {"enum": ["bearing", "span"]},
        "elements": listed(TEXT),
        "value": TEXT,
        "alternative": TEXT,
        "probability": CHANCE,
        "influence_kn": NUMBER_OR_NULL,
    }
    answer = {
        "weight": {**CHANCE, "description": "product of the probabilities of its doubts; the weights sum to one"},
        "doubts": {**listed(COUNT), "description": "rows of doubts that are turned; none in the main graph"},
        "possible": COUNT,
        "per_concept": rows(_concept()),
        "governing": {"anyOf": [_bottleneck(), {"type": "null"}]},
        "unsupported_kn": NUMBER_OR_NULL,
        "probability": PROBABILITY,
    }
    return objects({"doubts": rows(doubt), "answers": rows(answer)})


def sides_schema() -> Schema:
    """Return stability per direction and anchorage."""
    """Return the rows of the verdicts beside the vertical one."""
    direction = {
        "scenario": TEXT,
        "direction": TEXT,
        "azimuth_deg": NUMBER,
        **dict.fromkeys(("base_moment_before_knm", "base_moment_after_knm"), NUMBER_OR_NULL),
        **dict.fromkeys(("base_force_before_kn", "base_force_after_kn"), NUMBER_OR_NULL),
        "system": listed(TEXT),
        "part": TEXT,
        "clause": TEXT,
        "uc": UC,
        **SIDE,
    }
    wall = {
        "scenario": TEXT,
        "part": TEXT,
        "clause": TEXT,
        **dict.fromkeys(("n_min_kn", "n_max_kn", "m_knm"), NUMBER_OR_NULL),
        "uc": UC,
        **SIDE,
    }
    forces = dict.fromkeys(("uplift_kn", "shear_kn"), NUMBER_OR_NULL)
    anchorage = {"scenario": TEXT, "support": TEXT, **forces, "uc": UC, **SIDE}
    robustness = {
        "scenario": TEXT,
        "storeys_before": COUNT,
        "storeys_after": COUNT,
        "class_before": TEXT,
        "class_after": TEXT,
        "outcome": OUTCOME,
        "why": TEXT,
    }
    return {"stability": rows(direction), "wall_wind": rows(wall), "anchorage": rows(anchorage), "robustness": rows(robustness)}


def extra_storeys_schema() -> Schema:
    """Return the keys of the answer: how many storeys, what stops the next."""
    line = {
        "part": TEXT,
        "line": {"type": "integer"},
        **dict.fromkeys(("length_m", "old_kn_m", "new_kn_m", "r_char", "r_psi"), NUMBER_OR_NULL),
    }
    check = {
        "scenario": TEXT,
        "line": COUNT,
        "part": TEXT,
        "clause": TEXT,
        "e_d_kn": NUMBER_OR_NULL,
        "r_d_kn": NUMBER_OR_NULL,
        "uc": UC,
        **SIDE,
    }
    return {
        **objects(
            {
                "proven": {**COUNT, "description": "every check of every part, stability, anchorage and foundation ok in all states"},
                "possible": {**COUNT, "description": "nothing over; never show without why_not_proven"},
                "why_not_proven": listed(TEXT),
                "vertical_only": COUNT,
                "with_wind": COUNT_OR_NULL,
                "per_concept": rows(_concept()),
                "governing": {"anyOf": [_bottleneck(), {"type": "null"}]},
                "next_bottlenecks": listed(_bottleneck()),
                "label": LABEL,
                "foundation": objects({"outcome": OUTCOME, "lines": rows(line), "basis": TEXT, "checks": rows(check)}),
                "factor_set_alternatives": rows({"set": TEXT, "proven": COUNT, "possible": COUNT}),
                "investigate_first": rows(
                    {
                        "what": TEXT,
                        "parts": listed(TEXT),
                        "gain": COUNT,
                        **dict.fromkeys(("p_now", "p_then", "p_good"), CHANCE),
                        **NEEDED,
                    }
                ),
                "probability": PROBABILITY | {"description": "rows of the first estimate: that of the concept the answer is about"},
                "estimates": rows(_estimate()),
                "slab_as_floor": objects({"outcome": OUTCOME, "fields": rows({"field": COUNT, "elements": listed(TEXT), "uc": UC, **SIDE})})
                | {"description": "the roof slab as the floor of the new storey, without a transfer layer; not part of the answer"},
            }
        ),
    }


def _estimate() -> Schema:
    """Return one estimate: probabilities of one concept, and what they hang on."""
    chances = dict.fromkeys(("p_now", "p_then", "p_good", "decides", "share"), CHANCE)
    return {
        "concept": TEXT,
        "definition": TEXT,
        "unsettled": {**TEXT, "description": "why there is no probability; empty where there is one"},
        "at_least": PROBABILITY,
        **dict.fromkeys(("p10", "p50", "p90", "judged", "loaded", "samples", "seed"), COUNT),
        "governing": rows({"part": TEXT, "storeys": COUNT, "frequency": CHANCE}),
        "influences": rows({"factor": TEXT, "what": TEXT, "storeys": COUNT, "share": CHANCE}),
        "worth": rows({"factor": TEXT, "what": TEXT, "parts": listed(TEXT), "storeys": COUNT, **chances, **NEEDED}),
    }
