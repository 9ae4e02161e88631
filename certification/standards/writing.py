"""A document as YAML that ``reading`` reads back to the same document, and so to the same fingerprint."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Any

import yaml

from certification.standards.document import StandardDocument

LAST = ("confirmed", "note", "en")


class _Dumper(yaml.SafeDumper):
    """Numbers as they are read by people, choices by their value, tuples as lists."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True  # the reader refuses aliases; values that are equal by chance are written out


def _number(dumper: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    text = format(value.normalize(), "f")
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


def _choice(dumper: yaml.SafeDumper, value: Enum) -> yaml.Node:
    return dumper.represent_data(value.value)


def _list(dumper: yaml.SafeDumper, value: tuple[object, ...]) -> yaml.Node:
    return dumper.represent_list(value)


_Dumper.add_representer(Decimal, _number)
_Dumper.add_multi_representer(Enum, _choice)
_Dumper.add_representer(tuple, _list)


def as_yaml(document: StandardDocument) -> str:
    """In the order of the format, each part's code first, without what stands at its default."""
    data = _ordered(document.model_dump(exclude_defaults=True))
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def _ordered(value: Any) -> Any:
    """What every part may have stands after what is its own."""
    if isinstance(value, dict):
        own = {key: _ordered(item) for key, item in value.items() if key not in LAST}
        return own | {key: _ordered(value[key]) for key in LAST if key in value}
    return tuple(_ordered(item) for item in value) if isinstance(value, tuple | list) else value
