"""What was typed into a draft, against what its page showed: only what was touched is saved, and of it what can be."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, cast

from django import forms
from django.core.validators import MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.conflicts import in_words
from certification.applications.saving import Saved

# version, and digests of what moves points and of what does not, as the page showed them
TOKEN = re.compile(r"([0-9]{1,9})(?:-([0-9a-f]{12})-([0-9a-f]{12}))?")
NO_YEAR = _("Escribe el año con cuatro cifras, como 2026.")
since_1900 = MinValueValidator(dt.date(1900, 1, 1), NO_YEAR)


class LinesField(forms.CharField):
    """Long text. Browsers end lines in two ways, and count one character where we would count two."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class DraftForm(forms.Form):
    """One criterion, requirement or measure, as it is being filled in.

    ``version`` goes to the page and comes back with what was typed: from it the form knows whether anything was
    touched since, whether that moves points, and on top of which version it was written.
    """

    kind: ClassVar[type[Saved]]
    empty: ClassVar[Mapping[str, Any]]  # fields of the row and their values while there is none
    moving: ClassVar[frozenset[str]]  # those of them that points, gates and levels are computed from
    place: Mapping[str, Any] = MappingProxyType({})  # what names its row besides application and item

    version = forms.CharField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False)

    def __init__(self, *args: Any, item: str, stored: Saved | None, **kwargs: Any) -> None:
        self.item = item
        shown = {name: getattr(stored, name) for name in self.empty} if stored else dict(self.empty)
        initial = {"version": self._token(stored.version if stored else 0, shown)}
        super().__init__(*args, **(kwargs | {"initial": initial | self.as_typed(shown)}))

    def as_typed(self, shown: dict[str, Any]) -> dict[str, Any]:
        """Initial values of the fields for what is stored."""
        return shown

    def in_words(self, content: Mapping[str, Any]) -> dict[str, str]:
        """What each question is called and what ``content``, of all fields of the row, answers to it."""
        return {str(field.label): in_words(content[name]) for name, field in self.fields.items() if name in content}

    def content(self) -> dict[str, Any]:
        """Fields of the row that can be saved as they were typed: one with a fault is left as it is stored."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.empty}

    @property
    def seen_version(self) -> int:
        """The version that the page showed; 0 when it showed an empty form."""
        return int(self._seen()[0])

    def is_touched(self) -> bool:
        return self._differs(self.empty)

    def moves_points(self) -> bool:
        return self._differs(self.moving)

    def undoes(self, stored: Saved) -> bool:
        """Whether ``stored`` came after what the page knows of, and says otherwise than the page does."""
        is_later = stored.version > self.seen_version
        return is_later and any(getattr(stored, name) != value for name, value in self.content().items())

    def show_saved(self, version: int) -> None:
        """Tell the page the version it goes on from."""
        self._show(self._token(version, self.content()))

    def write_over(self, version: int) -> None:
        """The person saw what is stored as ``version`` and chose their own text: it takes its place."""
        self._show(str(version))

    def _show(self, token: str) -> None:
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("version")] = token
        self.data = data

    def _seen(self) -> tuple[str, ...]:
        posted = str(self.data.get(self.add_prefix("version")) or self._token(0, self.empty))
        token = TOKEN.fullmatch(posted)
        return token.groups("") if token else ("0", "", "")

    def _differs(self, names: Iterable[str]) -> bool:
        _version, moving, other = self._seen()
        seen = {name: moving if name in self.moving else other for name in names}
        content = self.content()
        return any(digest != self._digest(content, moves=name in self.moving) for name, digest in seen.items())

    def _token(self, version: int, content: Mapping[str, Any]) -> str:
        digests = [self._digest(content, moves=moves) for moves in (True, False)]
        return "-".join([str(version), *digests]) if all(digests) else str(version)

    def _digest(self, content: Mapping[str, Any], *, moves: bool) -> str:
        """Of the fields that move points, or of the others; "" when one of them has a fault."""
        names = sorted(name for name in self.empty if (name in self.moving) == moves)
        if not all(name in content for name in names):
            return ""
        text = json.dumps([content[name] for name in names], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:12]
