"""One line of a task list. Written here and not as a template because a list may have 200 of them."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext


def line(task: Any, *, shows_time: bool) -> SafeString:
    """The list item of a task: code, title, url, state, word, note, section, points, most, confirmed, minutes, owner.

    The texts of a standard (title, section) are Spanish in whatever language the page is. Everything is escaped.
    """
    code = f'<span class="code">{escape(task.code)}</span>' if task.code else ""
    title = f'<a href="{escape(task.url)}" lang="es">{escape(task.title)}</a>'
    note = f"<p>{escape(task.note)}</p>" if task.note else ""
    state = f'<span class="state state-{escape(task.state)}">{escape(task.word)}</span>'
    kind = "" if task.code else ' class="no-code"'
    # Each value in it was escaped above or comes from format_html.
    return mark_safe(f"<li{kind}>{code}<div>{title}{note}{_facts(task, shows_time)}</div>{state}{_points(task)}</li>")


def _facts(task: Any, shows_time: bool) -> str:
    said = []
    if task.section:
        said.append(f'<span lang="es">{escape(task.section)}</span>')
    if task.minutes and shows_time:
        said.append(escape(gettext("unos %(minutes)s min") % {"minutes": task.minutes}))
    if task.owner:
        said.append(f"<b>{escape(task.owner.name)}</b>")
    return f"<p>{' · '.join(said)}</p>" if said else ""


def _points(task: Any) -> str:
    if not task.most:
        return (
            f'<span class="number"><b>{escape(task.points)}</b></span>'
            if task.points
            else '<span class="number"></span>'
        )
    most = escape(task.most)
    if not task.confirmed:
        note = gettext("(valor de trabajo)")
        most = format_html('<span class="working">{}</span><span class="visually-hidden"> {}</span>', most, note)
    return f'<span class="number"><b>{escape(task.points)}</b> {escape(gettext("de"))} {most}</span>'
