"""What a page that saves itself says of itself: its name, and which of its saves this is (static/js/autosave.js)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from accounts.numbers import number_in

LONGEST_NAME = 36  # the columns saved_from


@dataclass(frozen=True)
class OpenPage:
    """The name that an open page gave itself, and its count of what it sent, from 1; without scripts neither."""

    name: str = ""
    step: int = 0


def open_page(request: HttpRequest) -> OpenPage:
    step = request.POST.get("step", "")
    return OpenPage(request.POST.get("page", "")[:LONGEST_NAME], number_in(step) or 0)
