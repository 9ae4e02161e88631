"""A kept dry run, in words for its page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.applications.trial import LEVELS, THRESHOLD, Basis
from certification.standards.document import StandardDocument

SHOWN = 100  # rows of the table; the command writes them all
BASES: dict[str, Promise] = {
    Basis.CLAIMED.value: gettext_lazy("Lo declarado"),
    Basis.VERIFIED.value: gettext_lazy("Lo verificado"),
    Basis.CASE.value: gettext_lazy("Caso guardado"),
}
GENERAL: dict[str, Promise] = {
    THRESHOLD: gettext_lazy("mínimo de puntos"),
    LEVELS: gettext_lazy("condiciones de los niveles"),
}


@dataclass(frozen=True)
class Findings:
    """``found`` is what ``trial.Findings.as_data`` wrote; ``document`` is the draft, for the names of its levels."""

    found: dict[str, Any]
    document: StandardDocument

    @cached_property
    def _levels(self) -> dict[str, str]:
        return {level.code: level.title for level in self.document.levels} | {"": _("sin nivel")}

    def _level(self, code: str) -> str:
        return self._levels.get(code, code)

    @cached_property
    def totals(self) -> list[dict[str, Any]]:
        """Who goes from which level to which, and who stays, with what was scored."""
        return [
            {
                "basis": BASES[one["basis"]],
                "before": self._level(one["before"]),
                "after": self._level(one["after"]),
                "count": one["count"],
                "moves": one["before"] != one["after"],
            }
            for one in self.found["moves"]
        ]

    @cached_property
    def causes(self) -> list[tuple[str, int]]:
        return [(self._cause(code), count) for code, count in self.found["causes"].items()]

    @property
    def gone(self) -> list[tuple[str, int]]:
        return list(self.found["gone"].items())

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                **one,
                "basis": BASES[one["basis"]],
                "before": self._level(one["level_before"]),
                "after": self._level(one["level_after"]),
                "is_case": one["basis"] == Basis.CASE.value,
                "causes": ", ".join(self._cause(code) for code in one["causes"]),
                "gone": ", ".join(one["gone"]),
            }
            for one in self.found["changes"][:SHOWN]
        ]

    @property
    def unshown(self) -> int:
        return int(self.found["changed"]) - len(self.rows)

    def _cause(self, code: str) -> str:
        return str(GENERAL.get(code, code))
