"""Who sees to what is marked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.applications.owners.team import Team


class OwnersForm(forms.Form):
    """One person of the team, by the key of the membership; nobody is an answer, too."""

    owner = forms.TypedChoiceField(label=_("Quién se encarga"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(member.pk), member.name) for member in team.editors]
        self.fields["owner"].choices = [("", _("Nadie todavía")), *people]  # type: ignore[attr-defined]
