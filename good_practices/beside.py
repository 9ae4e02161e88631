"""Practices beside the work of somebody else: what an employer of the same size did about the same topic.

A practice does not name the criterion it serves. The relation is by topic: ``data/criteria-topics.yaml`` says which
subtopics help with which criterion, and a practice is offered where its certificate is of the same standard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.urls import reverse

from employers.models import Employer
from good_practices.models import Practice

DATA = Path(__file__).parent / "data" / "criteria-topics.yaml"
MOST_READ = 100  # newest ones of all the wanted subtopics: enough for each to have one


@dataclass(frozen=True)
class Example:
    slug: str
    title: str

    @property
    def url(self) -> str:
        return reverse("practice_detail", args=[self.slug])


@cache
def relation() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Subtopics by standard and by the stable code of its criterion or measure. A working value."""
    rows = yaml.safe_load(DATA.read_text(encoding="utf-8"))["standards"]
    return {standard: {code: tuple(subtopics) for code, subtopics in items.items()} for standard, items in rows.items()}


def examples(standard: str, codes: Iterable[str], employer: Employer | None = None) -> dict[str, Example]:
    """The newest published practice for each code that has one, of another employer of the same size as ``employer``.

    Without one, of whoever published it. ``standard`` is the code of the standard's document. Two queries at most,
    however many codes there are.
    """
    known = relation().get(standard, {})
    wanted = {code: known[code] for code in codes if known.get(code)}
    if not wanted:
        return {}
    subtopics = {subtopic for some in wanted.values() for subtopic in some}
    found = Practice.objects.published().filter(subtopic__in=subtopics, certificate__standard__code=standard)
    if employer:
        found = found.exclude(employer=employer).filter(size=employer.size.code)
    newest: dict[str, Example] = {}
    rows = found.order_by("-published_at", "-pk").values_list("subtopic", "slug", "title")
    for subtopic, slug, title in rows[:MOST_READ]:
        newest.setdefault(subtopic, Example(slug, title))
    return {
        code: next(newest[subtopic] for subtopic in some if subtopic in newest)
        for code, some in wanted.items()
        if any(subtopic in newest for subtopic in some)
    }
