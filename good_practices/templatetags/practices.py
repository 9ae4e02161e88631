"""Tags of the knowledge base: {% load practices %}."""

from collections.abc import Iterable, Mapping, Set
from typing import Any

from django import template
from django.utils.safestring import SafeString

from employers.models import Employer
from good_practices import beside, highlight
from good_practices.beside import Example
from good_practices.models import Practice

register = template.Library()


@register.simple_tag
def practices_named(actions: Iterable[Any]) -> dict[str, Practice]:
    """Published practices by their slugs, of what names one in ``practice``: one query for a whole list."""
    slugs = {action.practice for action in actions} - {""}
    return {one.slug: one for one in Practice.objects.published().filter(slug__in=slugs)} if slugs else {}


@register.filter
def marked(text: str, stems: Set[str]) -> SafeString:
    return highlight.marked(text, stems)


@register.filter
def excerpt(practice: Practice, stems: Set[str]) -> SafeString:
    """What was done, or the text in which most of the wanted words stand."""
    return highlight.excerpt((practice.action, practice.problem, practice.result, practice.cost), stems)


@register.simple_tag
def practices_for(standard: str, codes: list[str], employer: Employer | None = None) -> dict[str, Example]:
    """A practice for each of some criteria, where there is one; see ``good_practices.beside``."""
    return beside.examples(standard, codes, employer)


@register.filter
def of(found: Mapping[str, Example], code: str) -> Example | None:
    return found.get(code)
