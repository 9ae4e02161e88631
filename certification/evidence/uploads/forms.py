"""What a browser says of one file."""

from __future__ import annotations

from django import forms

from certification.evidence.enums import DocumentKind
from certification.evidence.forms import DateInput


class BeginForm(forms.Form):
    """A file that is about to come."""

    name = forms.CharField(max_length=1_000)
    size = forms.IntegerField(min_value=0, max_value=2**53)
    changed = forms.CharField(max_length=30, required=False)


class FinishForm(forms.Form):
    """What is said of the document besides; nothing where it is finished from the list of what was left half-way."""

    kind = forms.ChoiceField(choices=DocumentKind, required=False)
    issued_on = forms.DateField(required=False, widget=DateInput)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or DocumentKind.OTHER
