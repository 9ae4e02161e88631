"""Values of a document as plain JSON data, with the path where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """A fault at a path of the document: what is wrong, and what to do about it."""

    path: Path
    message: str
    remedy: str


@dataclass(frozen=True)
class Place:
    """A value of the document and where it stands."""

    path: Path
    value: Any

    def get(self, key: str) -> Any:
        return self.value.get(key) if isinstance(self.value, dict) else None

    def at(self, key: str) -> Path:
        """The path of the key, or of the place itself where the key is not written."""
        return (*self.path, key) if isinstance(self.value, dict) and key in self.value else self.path

    def below(self, key: str) -> Place:
        """The value of the key, as a place; of None where the key is not written."""
        return Place((*self.path, key), self.get(key))

    def each(self, key: str) -> list[Place]:
        found = self.get(key)
        if not isinstance(found, list):
            return []
        return [Place((*self.path, key, index), item) for index, item in enumerate(found) if isinstance(item, dict)]

    def texts(self, key: str) -> list[str]:
        found = self.get(key)
        return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []

    def keys(self, key: str) -> list[str]:
        """The keys of a mapping that stands under ``key``."""
        found = self.get(key)
        return [str(name) for name in found] if isinstance(found, dict) else []

    def number(self, key: str) -> Decimal | None:
        value = self.get(key)
        if value is None or isinstance(value, bool):
            return None
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            return None
        return number if number.is_finite() else None

    @property
    def name(self) -> str:
        return str(self.get("code") or self.get("title") or dotted(self.path))

    def walk(self) -> Iterator[Place]:
        """The place and every mapping below it, in the order of the document."""
        if isinstance(self.value, dict):
            yield self
            for key in self.value:
                yield from Place((*self.path, key), self.value[key]).walk()
        elif isinstance(self.value, list):
            for index, item in enumerate(self.value):
                yield from Place((*self.path, index), item).walk()


def criteria_of(root: Place) -> list[Place]:
    return [criterion for section in root.each("sections") for criterion in section.each("criteria")]


def sub_items_of(root: Place) -> list[Place]:
    return [item for criterion in criteria_of(root) for item in criterion.each("sub_items")]


def codes_of(places: list[Place]) -> set[str]:
    return {code for place in places if isinstance(code := place.get("code"), str)}


def dotted(path: Path) -> str:
    return ".".join(map(str, path))


def plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
