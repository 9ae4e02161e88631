"""Tags and filters of the house: {% load look %}."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import lucide
from django import template
from django.forms import BaseForm
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from look import charts, days, states, tasks
from look.errors import FieldError
from look.errors import error_list as list_errors

register = template.Library()


@register.filter
def working(value: Any, confirmed: Any = False) -> Any:
    """Mark a working value, not yet confirmed against the official text; «partial» is not confirmed either."""
    if confirmed is True:
        return value
    note = gettext("(valor de trabajo)")
    return format_html('<span class="working">{}</span><span class="visually-hidden"> {}</span>', value, note)


@register.filter
def day(value: dt.date | None) -> str:
    """«3 nov 2026»."""
    return days.day(value) if value else ""


@register.filter
def iso_day(value: dt.date | None) -> str:
    """«2026-11-03», for the datetime attribute."""
    return days.as_day(value).isoformat() if value else ""


@register.filter
def moment(value: dt.datetime | None) -> str:
    """«3 nov 2026, 09:14»."""
    return days.moment(value) if value else ""


@register.filter
def days_left(value: dt.date | None) -> str:
    """«quedan 6 días», «es hoy», «pasó hace 3 días»: calendar days."""
    return days.days_left(value, timezone.localdate()) if value else ""


@register.filter
def since(value: dt.date | None) -> str:
    """«hace 17 días»: calendar days."""
    return days.since(value, timezone.localdate()) if value else ""


@register.filter
def label_of(value: Any, labels: Mapping[Any, Any]) -> Any:
    """The word for a value that a mapping gives, or the value itself."""
    return labels.get(value, value)


@register.filter
def error_list(form: BaseForm) -> list[FieldError]:
    """What must be mended before the form is saved."""
    return [error for error in list_errors(form) if not error.is_doubt]


@register.filter
def doubt_list(form: BaseForm) -> list[FieldError]:
    """What is only asked: the person may say yes and go on."""
    return [error for error in list_errors(form) if error.is_doubt]


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """An icon beside its word, never instead of it: it is hidden from screen readers."""
    # From the package: no text of a person is in it.
    return mark_safe(lucide._render_icon(name, size, aria_hidden="true", focusable="false"))


@register.simple_tag(name="state")
def state_tag(value: Any, word: str = "") -> SafeString:
    """A state as a shape and a word. ``value`` is a state of any room, or a shape; a Choices member brings its word."""
    return _state(value, word)


@register.filter(name="state")
def state_filter(value: Any, word: str = "") -> SafeString:
    return _state(value, word)


def _state(value: Any, word: Any) -> SafeString:
    text = word or getattr(value, "label", value)
    return format_html(
        '<span class="state state-{}">{}</span>', states.shape(str(getattr(value, "value", value))), text
    )


@register.simple_tag(takes_context=True)
def nav_item(context: Context, name: str, word: str) -> SafeString:
    """A list item that links to a page and says when the reader is on it, or on a page below it."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return SafeString("")
    path = context["request"].path if "request" in context else ""
    current = ' aria-current="page"' if path == url else ' aria-current="true"' if path.startswith(url) else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', url, SafeString(current), word)


@register.simple_tag
def task_lines(found: Iterable[Any], *, shows_time: bool = True) -> SafeString:
    """The lines of a task list, at once: see tasks.line for what a task says."""
    return SafeString("\n    ".join([tasks.line(task, shows_time=shows_time) for task in found]))


@register.inclusion_tag("components/score_bar.html")
def score_bar(
    points: Any,
    total: Any,
    threshold: Any = None,
    claimed: Any = None,
    *,
    word: str = "",
    caption: str = "",
    confirmed: Any = True,
    name: str = "score",
) -> dict[str, Any]:
    """Points of a total, with the least that is asked for; ``claimed`` is drawn behind what was verified."""
    said = word or gettext("%(points)s puntos") % {"points": points}
    context = {"id": f"{name}-title", "word": said, "total": total, "confirmed": confirmed is True, "caption": caption}
    return context | charts.score_places(points, total, threshold, claimed) | _score_words(said, total, threshold)


def _score_words(said: str, total: Any, threshold: Any) -> dict[str, str]:
    title = gettext("%(said)s, de %(total)s") % {"said": said, "total": total}
    if threshold is None:
        return {"title": title}
    return {
        "title": gettext("%(title)s; el mínimo es %(threshold)s") % {"title": title, "threshold": threshold},
        "threshold_word": gettext("mínimo %(threshold)s") % {"threshold": threshold},
    }


@register.inclusion_tag("components/profile.html")
def profile(rows: Iterable[Any], caption: str = "") -> dict[str, Any]:
    """A table of criteria whose bars are on one scale; see charts.profile_rows for what a row says."""
    return {"rows": charts.profile_rows(rows), "caption": caption or gettext("Perfil por requisito")}
