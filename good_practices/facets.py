"""The facets of a search as the page shows them, read from the address and written back to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from employers import catalogues
from employers.enums import Sector
from good_practices import topics
from good_practices.search_sql import MOST_VALUES

PARAMETERS = {"topic": "tema", "subtopic": "subtema", "entity": "entidad", "sector": "sector", "size": "tam"}
LEGENDS = {
    "topic": _("Tema"),
    "subtopic": _("Subtema"),
    "size": _("Tamaño de la empresa"),
    "sector": _("Sector"),
    "entity": _("Entidad"),
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    name: str  # in the address
    legend: str
    options: list[Option]
    is_select: bool  # 32 states stand in a list, not in 32 boxes


@dataclass(frozen=True)
class Applied:
    label: str
    address: str  # the same search without it


def chosen(data: QueryDict) -> dict[str, list[str]]:
    """The values of each facet in the address, each once, without empty ones; the first MOST_VALUES."""
    return {
        name: list(dict.fromkeys(filter(None, data.getlist(parameter))))[:MOST_VALUES]
        for name, parameter in PARAMETERS.items()
    }


def groups(facets: dict[str, list[str]], counts: dict[str, dict[str, int]]) -> list[Group]:
    """What can be chosen, with how many each would leave."""
    return [
        Group(PARAMETERS[name], str(legend), _options(name, facets, counts[name]), name == "entity")
        for name, legend in LEGENDS.items()
    ]


def applied(data: QueryDict) -> list[Applied]:
    """What was chosen, each with the address of the search without it. Unknown values are named as they came."""
    found = []
    for name, values in chosen(data).items():
        parameter = PARAMETERS[name]
        for value in values:
            rest = data.copy()
            rest.setlist(parameter, [other for other in values if other != value])
            rest.pop("page", None)
            found.append(Applied(_titles(name).get(value, value), "?" + rest.urlencode()))
    return found


def _options(name: str, facets: dict[str, list[str]], counts: dict[str, int]) -> list[Option]:
    options = [
        Option(value, title, counts.get(value, 0), value in facets[name]) for value, title in _titles(name).items()
    ]
    if name == "subtopic":
        # Those of the chosen topics, or those that were found.
        wanted = {code for topic in facets["topic"] if topic in topics.topics() for code in _subtopics(topic)}
        return [row for row in options if row.is_chosen or (row.value in wanted if wanted else False)]
    return [row for row in options if row.is_chosen or row.count] if name == "entity" else options


def _subtopics(topic: str) -> Iterable[str]:
    return topics.topics()[topic].subtopics


def _titles(name: str) -> dict[str, str]:
    return TITLES[name]()


TITLES: dict[str, Callable[[], dict[str, str]]] = {
    "topic": lambda: {code: str(topic.words) for code, topic in topics.topics().items()},
    "subtopic": lambda: {code: str(subtopic.words) for code, subtopic in topics.subtopics().items()},
    "entity": lambda: {key: state.name for key, state in catalogues.states().items()},
    "sector": lambda: {value: str(label) for value, label in Sector.choices},
    "size": lambda: {code: stratum.title for code, stratum in catalogues.strata().items()},
}
