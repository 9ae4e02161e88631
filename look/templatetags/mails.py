"""Filters for what is said in text and in HTML alike: {% load mails %}."""

import re
from typing import Any

from django import template
from django.utils.html import conditional_escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

register = template.Library()


@register.filter
def marked(value: Any, confirmed: Any = False) -> Any:
    """Say of a working value that it is one, in plain words: a mail's text has no look to show it with."""
    return value if confirmed is True else f"{value} {gettext('(valor de trabajo)')}"


@register.filter
def paragraphs(value: Any) -> SafeString:
    """Text as paragraphs of HTML; what is not marked safe is escaped, and empty lines make no empty paragraph."""
    text = re.sub(r"\n\s*\n", "\n\n", conditional_escape(value).strip())
    return mark_safe(linebreaks(text, autoescape=False))
