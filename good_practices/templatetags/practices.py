"""Tags of the knowledge base: {% load practices %}."""

from collections.abc import Set

from django import template
from django.utils.safestring import SafeString

from good_practices import highlight
from good_practices.models import Practice

register = template.Library()


@register.filter
def marked(text: str, stems: Set[str]) -> SafeString:
    return highlight.marked(text, stems)


@register.filter
def excerpt(practice: Practice, stems: Set[str]) -> SafeString:
    """What was done, or the text in which most of the wanted words stand."""
    return highlight.excerpt((practice.action, practice.problem, practice.result, practice.cost), stems)
