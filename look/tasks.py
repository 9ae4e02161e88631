"""One line of a task list. Written here and not as a template because a list may have 200 of them."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext


def line(task: Any, *, shows_time: bool) -> SafeString:
    """The list item of a task: code, title, url, state, word, note, section, points, most, confirmed, minutes, owner.

    Texts of a standard (title, section) say in which language they are. Everything is escaped.
    """
    code = f'<span class="code">{escape(task.code)}</span>' if task.code else ""
    title = f'<a href="{escape(task.url)}"{_language(task.title)}>{escape(str(task.title))}</a>'
    note = f"<p>{escape(task.note)}</p>" if task.note else ""
    state = f'<span class="state state-{escape(task.state)}">{escape(task.word)}</span>'
    kind = "" if task.code else ' class="no-code"'
    # Each value in it was escaped above or below.
    return mark_safe(f"<li{kind}>{code}<div>{title}{note}{_facts(task, shows_time)}</div>{state}{_points(task)}</li>")


def _language(text: Any) -> str:
    language = getattr(text, "language", "")
    return f' lang="{escape(language)}"' if language else ""


def _facts(task: Any, shows_time: bool) -> str:
    said = []
    if task.section:
        said.append(f"<span{_language(task.section)}>{escape(str(task.section))}</span>")
    if task.minutes and shows_time:
        said.append(_minutes(task.minutes, get_language()))
    if task.owner:
        said.append(f"<b>{escape(task.owner.name)}</b>")
    return f"<p>{' · '.join(said)}</p>" if said else ""


def _points(task: Any) -> str:
    points = f"<b>{escape(task.points)}</b>" if task.points or task.most else ""
    of = f" {_most(task.most, task.confirmed, get_language())}" if task.most else ""
    return f'<span class="number">{points}{of}</span>'


# The same few come in every line, and looking a text up in its catalogue takes longer than all else in a line.
@lru_cache(maxsize=1024)
def _minutes(minutes: int, _language: str | None) -> str:
    return escape(gettext("unos %(minutes)s min") % {"minutes": minutes})


@lru_cache(maxsize=1024)
def _most(most: str, is_confirmed: bool, _language: str | None) -> str:
    said = escape(most)
    if not is_confirmed:
        note = escape(gettext("(valor de trabajo)"))
        said = f'<span class="working">{said}</span><span class="visually-hidden"> {note}</span>'
    return f"{escape(gettext('de'))} {said}"
