import pytest
from mesh_factory import box, turned_about_z

from optopscan.geometry.classify import kind_by_shape
from optopscan.geometry.derive import measure


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (box(0, 0, 2.8, 6, 4, 3.0), "slab"),
        (box(0, 0, 0, 6, 1.2, 0.2), "slab"),  # hollow-core plank
        (box(0, 0, 0, 4, 0.2, 2.8), "wall"),
        (box(0, 0, 0, 12, 0.3, 2.8), "wall"),
        (box(0, 0, 0, 0.3, 0.4, 2.8), "column"),
        (box(0, 0, 2.5, 5, 0.2, 2.9), "beam"),
        (box(0, 0, 0, 1, 1, 1), "proxy"),
        (box(0, 0, 0, 10, 8, 9), "proxy"),  # an outer shell
    ],
)
@pytest.mark.parametrize("degrees", [0.0, 33.0])
def test_kind_by_shape(body, kind, degrees):
    assert kind_by_shape([turned_about_z(body, degrees)]) == kind


def test_open_body_gets_footprint_times_height_and_says_so():
    from optopscan.model.building import Mesh

    whole = box(0, 0, 0, 2, 3, 0.2)
    slab = measure("slab", [Mesh(vertices_m=whole.vertices_m, faces=whole.faces[1:])])
    assert slab.volume_m3 == pytest.approx(1.2)
    assert not slab.closed
    assert "open body" in slab.note
