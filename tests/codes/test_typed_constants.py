"""Every number that a clause module states by name, typed anew with its clause: a slip of a digit is a finding, and so is a new number.

Where a standard was not read the value is that of the source which the module names.
"""

import ast
import importlib
import math
import pkgutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from optopscan import codes
from optopscan.codes.en1991_1_4 import TERRAINS
from optopscan.codes.en1992_material import NORMAL_STRENGTH

TYPED = """
en1990 FULL_STOREYS 2 | Dutch annex to EN 1991-1-1, 6.3.1.2(11)
en1990 K_FI {'CC1': 0.9, 'CC2': 1.0, 'CC3': 1.1} | EN 1990 table B3
en1990 GAMMA_EQU {'sup': 1.1, 'inf': 0.9, 'q': 1.5} | EN 1990 table A1.2(A)
en1990 GAMMA_Q_SET_C 1.3 | EN 1990 table A1.2(C)
en1991_1_1 PARTITION_WALLS_KN_M (1.0, 2.0, 3.0) | EN 1991-1-1 6.3.1.2(8)
en1991_1_1 PARTITION_LOADS_KN_M2 (0.5, 0.8, 1.2) | EN 1991-1-1 6.3.1.2(8)
en1991_1_1 ROOF_LOAD_KN_M2 1.0 | EN 1991-1-1 table 6.10, Dutch annex
en1991_1_1 ROOF_LOADED_AREA_M2 10.0 | EN 1991-1-1 6.3.4.2, Dutch annex
en1991_1_3 SNOW_ON_GROUND_KN_M2 0.7 | EN 1991-1-3 4.1, Dutch annex
en1991_1_3 SNOW_WEIGHT_KN_M3 2.0 | EN 1991-1-3 5.3.6(1)
en1991_1_4 AIR_DENSITY_KG_M3 1.25 | EN 1991-1-4 4.5(1)
en1991_1_4 WIND_SPEED_M_S {'I': 29.5, 'II': 27.0, 'III': 24.5} | EN 1991-1-4 4.2, Dutch table NB.1
en1991_1_4 FRICTION {'smooth': 0.01, 'rough': 0.02, 'very rough': 0.04} | EN 1991-1-4 table 7.10
en1991_1_4 STRUCTURAL_HEIGHT_M 15.0 | EN 1991-1-4 6.2(1)a
en1991_1_4 PARAPET_RATIOS (0.0, 0.025, 0.05, 0.1) | EN 1991-1-4 table 7.2
en1991_1_4 ROOF_CPE10 {'F':(-1.8,-1.6,-1.4,-1.2),'G':(-1.2,-1.1,-0.9,-0.8),'H':(-0.7,-0.7,-0.7,-0.7),'I':(-0.2,-0.2,-0.2,-0.2)} | table 7.2
en1991_1_4 WALL_SUCTION {'A': -1.2, 'B': -0.8, 'C': -0.5} | EN 1991-1-4 table 7.1
en1991_1_4 INTERNAL_PRESSURE (-0.3, 0.2) | EN 1991-1-4 7.2.9(6)
en1991_1_7 SINGLE_FAMILY_CC1 4 | EN 1991-1-7 table A.1
en1991_1_7 RESIDENTIAL_CC2A 4 | EN 1991-1-7 table A.1
en1991_1_7 RESIDENTIAL_CC2B 15 | EN 1991-1-7 table A.1
en1992 ALPHA_CC_PLAIN 0.8 | EN 1992-1-1 12.3.1(1)
en1992 SLENDERNESS_LIMIT 25.0 | EN 1992-1-1 12.6.5.1(5)
en1992 SHEAR_SHAPE 1.5 | EN 1992-1-1 (12.4)
en1992 MONOLITHIC 0.85 | EN 1992-1-1 12.6.5.1(4)
en1992_column THETA_0 0.005 | EN 1992-1-1 5.2(5): 1 / 200
en1992_column N_BALANCED 0.4 | EN 1992-1-1 5.8.8.3(3)
en1992_column A_DEFAULT 0.7 | EN 1992-1-1 5.8.3.1(1)
en1992_column B_DEFAULT 1.1 | EN 1992-1-1 5.8.3.1(1)
en1992_column C_DEFAULT 0.7 | EN 1992-1-1 5.8.3.1(1)
en1992_column CURVATURE_SINE 10.0 | EN 1992-1-1 5.8.8.2(4)
en1992_column CURVATURE_CONSTANT 8.0 | EN 1992-1-1 5.8.8.2(4)
en1992_material GAMMA_C 1.5 | EN 1992-1-1 table 2.1N
en1992_material GAMMA_S 1.15 | EN 1992-1-1 table 2.1N
en1992_material ALPHA_CC 1.0 | EN 1992-1-1 3.1.6(1)
en1992_material ALPHA_CT_PLAIN 0.8 | EN 1992-1-1 12.3.1(1)
en1992_material E_S_MPA 200000.0 | EN 1992-1-1 3.2.7(4)
en1992_material FCK_LIMIT_MPA 90.0 | EN 1992-1-1 3.1.2(2)
en1992_material FCK_NORMAL_MPA 50.0 | EN 1992-1-1 table 3.1
en1992_section ROUND_ETA 0.9 | EN 1992-1-1 3.1.7(3), note
en1992_slab SHEAR_CONSTANT 0.18 | EN 1992-1-1 6.2.2(1)
en1992_slab V_MIN_CONSTANT 0.035 | EN 1992-1-1 (6.3N)
en1992_slab K_1_SHEAR 0.15 | EN 1992-1-1 6.2.2(1)
en1992_slab K_1_PUNCHING 0.1 | EN 1992-1-1 6.4.4(1)
en1992_slab PUNCHING_MAXIMUM 0.4 | EN 1992-1-1 6.4.5(3), A1:2014
en1992_slab PERIMETER_DISTANCE 2.0 | EN 1992-1-1 6.4.2(1)
en1992_slab PUNCHING_BETA {'interior': 1.15, 'edge': 1.4, 'corner': 1.5} | EN 1992-1-1 figure 6.21N
en1993 E_STEEL_MPA 210000.0 | EN 1993-1-1 3.2.6(1)
en1993 IMPERFECTION {'a0': 0.13, 'a': 0.21, 'b': 0.34, 'c': 0.49, 'd': 0.76} | EN 1993-1-1 table 6.1
en1993_bending G_STEEL_MPA 81000.0 | EN 1993-1-1 3.2.6(1)
en1993_bending SLENDER_WEB 72.0 | EN 1993-1-1 (6.22)
en1993_sections TAPER_I 0.14 | EN 10024
en1995 BETA_C_SOLID 0.2 | EN 1995-1-1 (6.29)
en1995 BETA_C_GLUED 0.1 | EN 1995-1-1 (6.29)
en1995 PLATEAU 0.3 | EN 1995-1-1 6.3.2(2)
en1995 K_M_RECTANGLE 0.7 | EN 1995-1-1 6.1.6(2)
en1995 K_CR 0.67 | EN 1995-1-1 6.1.7(2)
en1995 K_CR_DUTCH 1.0 | EN 1995-1-1 6.1.7(2), Dutch annex
en1996 E_OVER_FK 700.0 | EN 1996-1-1 3.7.2(2), Dutch annex
en1996 SLENDERNESS_LIMIT 27.0 | EN 1996-1-1 5.5.1.4(2)
en1996 SLENDERNESS_CREEP 27.0 | EN 1996-1-1 6.1.2.2(2), Dutch annex
en1996_data GAMMA_M {'I': 1.7, 'II': 2.2} | EN 1996-1-1 table NB-1
en1996_data GAMMA_M_CC1_REDUCTION 0.2 | EN 1996-1-1 table NB-1
en1996_data FLEXURAL_AERATED {'GP': 0.1, 'TL': 0.15} | EN 1996-1-1 3.6.4(7), Dutch annex
en1996_lateral STRESS_SHARE 0.15 | EN 1996-1-1 6.3.1(4)
en1996_local SPREAD_PER_HEIGHT 0.288675134594813 | EN 1996-1-1 figure 6.2: 0.5 / tan 60
en1996_local AREA_RATIO_LIMIT 0.45 | EN 1996-1-1 6.1.3(2)
en1996_local LEAST_BEARING_MM 90.0 | EN 1996-1-1 8.1.7
nen9997_comparison REMARKS (1.05, 1.1, 1.15) | practice
nen9997_comparison DIFFERENCE_LIMIT 0.05 | practice
nen9997_footing GAMMA_PHI 1.15 | NEN 9997-1 table A.4a
nen9997_footing GAMMA_COHESION 1.6 | NEN 9997-1 table A.4a
nen9997_footing GAMMA_UNDRAINED 1.35 | NEN 9997-1 table A.4a
nen9997_footing GAMMA_WEIGHT 1.1 | NEN 9997-1 table A.4a
nen9997_footing NC_ZERO 5.141592653589793 | EN 1997-1 D.3: pi + 2
nen9997_pile GAMMA_T 1.2 | NEN 9997-1 tables A.6 to A.8
nen9997_pile TIP_LIMIT_MPA 15.0 | NEN 9997-1 7.6.2.3
nen9997_pile FRICTION_MINIMUM 0.25 | NEN 9997-1 7.3.2.2(d)
nen9997_pile COV_LIMIT 0.12 | NEN 9997-1 7.6.2.3, tables of xi
nen9997_pile SHAFT_CAP_MPA 15.0 | NEN 9997-1 7.6.2.3(i)
nen9997_pile SHAFT_CAP_SHORT_MPA 12.0 | NEN 9997-1 7.6.2.3(i)
nen9997_pile SHAFT_RUN_M 1.0 | NEN 9997-1 7.6.2.3(i)
nen9997_pile AUGER_START_MPA 2.0 | NEN 9997-1 7.6.2.3(e)
nen9997_pile WATER_KN_M3 10.0 | unit weight of water
"""
MODULES = {info.name: importlib.import_module(f"optopscan.codes.{info.name}") for info in pkgutil.iter_modules(codes.__path__)}
STEPS = {"en1992_column.K_R_ROUNDS", "en1993_stability.BISECTIONS", "en1996_interval.NEWTON_STEPS"}
"""Numbers of steps: of the method, not of a standard."""


def rows():
    found = []
    for line in TYPED.strip().splitlines():
        stated, _, clause = line.partition(" | ")
        module, name, value = stated.split(" ", 2)
        found.append(pytest.param(module, name, value, id=f"{module}.{name} {clause}"))
    return found


def numbers(value):
    """Whether a value is a number, or a tuple or mapping of numbers."""
    if isinstance(value, Mapping):
        return all(numbers(one) for one in value.values())
    if isinstance(value, tuple):
        return all(numbers(one) for one in value)
    return isinstance(value, (int, float))


@pytest.mark.parametrize(("module", "name", "value"), rows())
def test_number_is_as_typed(module, name, value):
    found = getattr(MODULES[module], name)
    typed = ast.literal_eval(value)
    if isinstance(typed, float):
        assert math.isclose(found, typed, rel_tol=1e-14)
    else:
        assert (dict(found) if isinstance(found, Mapping) else found) == typed


def test_no_number_stands_in_a_clause_module_untyped():
    typed = {param.id.split(" ")[0] for param in rows()}
    there = set()
    for stem, module in MODULES.items():
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        own = {n.id for node in tree.body for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        there |= {f"{stem}.{name}" for name in own if name.isupper() and name[0] != "_" and numbers(getattr(module, name, None))}
    assert there == typed | STEPS


def test_terrain_of_the_dutch_annex():
    """EN 1991-1-4 table NB.3: z_0 and z_min [m] of coast, open and built-up land."""
    assert {name: (t.z0_m, t.z_min_m) for name, t in TERRAINS.items()} == {
        "kust": (0.005, 1.0),
        "onbebouwd": (0.2, 4.0),
        "bebouwd": (0.5, 7.0),
    }


def test_stress_block_of_normal_concrete():
    """EN 1992-1-1 (3.19), (3.21), table 3.1 to C50/60: lambda, eta, eps_cu3, eps_c3."""
    assert [float(part) for part in NORMAL_STRENGTH] == [0.8, 1.0, 0.0035, 0.00175]
