"""One line of a task list. Written here and not as a template because a list may have 200 of them."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext


def line(task: Any, *, shows_time: bool) -> SafeString:
    """The list item of a task: code, title, url, state, word, note, section, points, most, confirmed, minutes, owner.

    Texts of a standard (title, section) say in which language they are. Everything is escaped.
    """
    code = f'<span class="code">{escape(task.code)}</span>' if task.code else ""
    title = f'<a href="{escape(task.url)}"{_language(task.title)}>{escape(str(task.title))}</a>'
    note = f"<p>{escape(task.note)}</p>" if task.note else ""
    kind, language = "" if task.code else ' class="no-code"', get_language()
    facts = _facts(task, shows_time, language)
    end = f"{_state(task.state, task.word)}{_points(task.points, task.most, task.confirmed, language)}"
    # Each value in it was escaped above or below.
    return SafeString(f"<li{kind}>{code}<div>{title}{note}{facts}</div>{end}</li>")


def _language(text: Any) -> str:
    language = getattr(text, "language", "")
    return f' lang="{escape(language)}"' if language else ""


def _facts(task: Any, shows_time: bool, language: str | None) -> str:
    said = []
    if task.section:
        said.append(_section(task.section, language))
    if task.minutes and shows_time:
        said.append(_minutes(task.minutes, language))
    if task.owner:
        said.append(f"<b>{escape(task.owner.name)}</b>")
    return f"<p>{' · '.join(said)}</p>" if said else ""


# The same few come in every line, and looking a text up in its catalogue takes longer than all else in a line.
@lru_cache(maxsize=1024)
def _state(state: str, word: str) -> str:
    return f'<span class="state state-{escape(state)}">{escape(word)}</span>'


@lru_cache(maxsize=1024)
def _section(section: Any, _reader_language: str | None) -> str:
    return f"<span{_language(section)}>{escape(str(section))}</span>"


@lru_cache(maxsize=1024)
def _minutes(minutes: int, _language: str | None) -> str:
    return escape(gettext("unos %(minutes)s min") % {"minutes": minutes})


@lru_cache(maxsize=1024)
def _points(points: str, most: str, is_confirmed: bool, _language: str | None) -> str:
    points = f"<b>{escape(points)}</b>" if points or most else ""
    return f'<span class="number">{points}{_most(most, is_confirmed) if most else ""}</span>'


def _most(most: str, is_confirmed: bool) -> str:
    said = escape(most)
    if not is_confirmed:
        note = escape(gettext("(valor de trabajo)"))
        said = f'<span class="working">{said}</span><span class="visually-hidden"> {note}</span>'
    return f" {escape(gettext('de'))} {said}"
