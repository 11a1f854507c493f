"""The limits of `catalog/engineering/beyond.toml` by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from optopscan.catalog.beyond_rows import BeyondRule


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Values of the rules, units as in the rule; see the file for what each means and how sure it is."""

    height_new_m: float
    height_existing_m: float
    height_taken_m: float
    daylight_share: float
    daylight_sill_m: float
    living_share: float
    one_sided_depth_m: float
    passage_width_m: float
    passage_height_m: float
    storage_load_least_kn_m2: float
    storage_load_most_kn_m2: float
    garage_load_least_kn_m2: float
    garage_load_most_kn_m2: float
    gable_width_least_m: float
    gable_openings_most: float
    gable_seen_least: float
    level_difference_m: float
    top_above_m: float
    depth_not_told_m: float
    depth_most_m: float
    access_reach_m: float

    @classmethod
    def of(cls, rules: Mapping[str, BeyondRule]) -> Limits:
        """Return the limits of the rules by id (`Engineering.beyond`).

        Raises
        ------
        KeyError
            If a rule is missing.
        """
        return cls(**{one.name: rules[_rule(one.name)].value for one in fields(cls)})


def _rule(name: str) -> str:
    return name.removesuffix("_kn_m2").removesuffix("_m").replace("_", "-")
