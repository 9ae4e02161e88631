"""The second of two people who change the same data sees both texts, and chooses."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.db.models import Model
from django.forms import HiddenInput, IntegerField, ModelForm
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.refusals import ActionRefused

Form = TypeVar("Form", bound="ModelForm[Any]")


class ChangedMeanwhile(ActionRefused):
    """Somebody saved the same after the page was opened. ``current`` is what is stored now."""

    def __init__(self, current: Any) -> None:
        super().__init__(gettext("Alguien guardó cambios mientras escribías. Compara y vuelve a guardar."))
        self.current = current


class VersionField(IntegerField):
    """The version over which a page was typed, unseen in its form; 0 where it does not say."""

    def __init__(self) -> None:
        super().__init__(widget=HiddenInput, required=False)

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


def differences(form: ModelForm[Any], current: Model) -> list[tuple[str, str, str]]:
    """Label, what is stored now, and what this person wrote, where they differ; "" for what is not said."""
    rows = []
    for name in (one for one in form._meta.fields or () if one in form.fields):
        stored, written = getattr(current, name), form.cleaned_data[name]
        if stored != written:
            words = dict(getattr(form.fields[name], "choices", ()))
            now, mine = (in_words(words.get("" if value is None else value, value)) for value in (stored, written))
            rows.append((str(form.fields[name].label), now, mine))
    return rows


def in_words(value: object) -> str:
    """A stored value as a person reads it; "" for what is not said."""
    if isinstance(value, bool):
        return gettext("Sí") if value else gettext("No")
    if isinstance(value, dt.date):
        return date_format(value, "j b Y")
    return "" if value is None else str(value)


def over_version(form: Form, version: int) -> Form:
    """The same form over the newest version: saving it once more is now a choice."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["version"] = str(version)
    return type(form)(data, instance=form.instance)
