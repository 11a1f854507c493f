"""The type of every product of a file, from one pass over the relations: products are asked for theirs several times each."""

from __future__ import annotations

from typing import Any

# Places of attributes, the same in every schema.
_RELATED, _RELATING = 4, 5
_FORWARD, _INVERSE = 1, 2


class Types:
    """Types (IfcTypeObject) by product."""

    def __init__(self, model: Any) -> None:
        self._of: dict[int, Any] = {}
        for relation in model.by_type("IfcRelDefinesByType"):
            kind = relation.get_argument(_RELATING)
            for product in relation.get_argument(_RELATED) or ():
                self._of.setdefault(product.id(), kind)

    def of(self, product: Any) -> Any | None:
        """Return the type of a product, or None."""
        return self._of.get(product.id())


def attribute(entity: Any, name: str) -> Any | None:
    """Return an attribute of an entity or None where its class has no such; `getattr` searches long before it gives up."""
    if entity is None or entity.get_attribute_category(name) != _FORWARD:
        return None
    return entity.get_argument(entity.get_argument_index(name))


def inverse(entity: Any, name: str) -> tuple[Any, ...]:
    """Return what refers to an entity under an inverse attribute; nothing where its class has no such."""
    found: tuple[Any, ...] = getattr(entity, name) if entity.get_attribute_category(name) == _INVERSE else ()
    return found
