"""A small sound block: two storeys on four bearing walls, with one of everything that a reader treats by itself."""

from optopscan.ifc.author import Author, Incline, Opening, Rectangle, rectangle

BRICK = [("kalkzandsteen CS12", 0.214)]
FACADE = [("metselwerk baksteen", 0.1), ("isolatie minerale wol", 0.06), ("kalkzandsteen", 0.1)]
STOREY_M, DEEP_M, BAY_M, STOREYS = 2.8, 9.0, 5.4, 2


def block(schema="IFC4", unit="mm"):
    """Return the model as bytes; the same arguments give the same bytes."""
    author = Author("blok", schema=schema, length_unit=unit, build_year=1968)
    storeys = [author.storey(f"verdieping {n}", n * STOREY_M) for n in range(STOREYS + 1)]
    for n in range(STOREYS):
        z = n * STOREY_M
        for k in range(4):
            x = k * BAY_M
            wall = author.wall(
                storeys[n],
                f"wand {k}-{n}",
                (x, 0.0),
                (x, DEEP_M),
                z0_m=z,
                height_m=STOREY_M - 0.2,
                layers=BRICK,
                openings=[Opening(1.5, 0.0, 0.9, 2.1)] if k == 1 else (),
                load_bearing=True,
            )
            author.classify(wall, "22.20")
        author.wall(
            storeys[n],
            f"gevel {n}",
            (3 * BAY_M, -0.13),
            (0.0, -0.13),
            z0_m=z,
            height_m=0.9,
            layers=FACADE,
            load_bearing=False,
            is_external=True,
        )
    for n in range(STOREYS + 1):
        outline = rectangle(-0.107, -0.26, 3 * BAY_M + 0.107, DEEP_M)
        author.slab(
            storeys[n], f"vloer {n}", outline, z_top_m=n * STOREY_M, thickness_m=0.2, material="beton gewapend C20/25", load_bearing=True
        )
    author.column(
        storeys[0],
        "kolom",
        (2.7, 4.5),
        z0_m=0.0,
        z1_m=STOREY_M - 0.5,
        section=Rectangle(width_m=0.3, depth_m=0.3, name="300x300"),
        material="beton gewapend C20/25",
    )
    author.beam(
        storeys[0],
        "balk",
        (0.1, 4.5),
        (5.3, 4.5),
        z_top_m=STOREY_M - 0.2,
        section=Rectangle(width_m=0.3, depth_m=0.3, name="300x300"),
        material="beton gewapend C20/25",
    )
    author.stair_flight(
        storeys[0], "trap", [Incline(start=(12.0, 2.0), end=(12.0, 5.0), z0_m=0.0, z1_m=STOREY_M, width_m=1.0, depth_m=0.2)]
    )
    author.space(storeys[0], "woonkamer", rectangle(0.2, 0.2, 5.2, 4.0), z0_m=0.0, height_m=2.6)
    return author.to_bytes()
