"""The questions as a form: nothing in it is compulsory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.applications.diagnosis.questions import Question
from certification.standards.enums import Claim
from certification.standards.languages import words_of

YES, PARTLY, NO = (
    (Claim.MET.value, _("Sí")),
    (Claim.PARTLY.value, _("En parte")),
    (Claim.NOT_MET.value, _("Todavía no")),
)
NOT_HERE = (Claim.NOT_APPLICABLE.value, _("No aplica aquí"))


class DiagnosisForm(forms.Form):
    """A choice for each question, under its code."""

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question.code] = forms.ChoiceField(
                label=str(words_of(question.part, question.text)),
                choices=_choices(question),
                widget=forms.RadioSelect(attrs={"class": "choices-inline"}),
                required=False,
            )

    def answers(self) -> dict[str, str]:
        """What was answered, by code; what is none of the choices is left out."""
        self.is_valid()
        return {code: value for code, value in self.cleaned_data.items() if value}


def _choices(question: Question) -> list[tuple[str, Any]]:
    if question.is_measure:
        return [YES, NO]
    return [YES, PARTLY, NO, NOT_HERE] if question.may_not_apply else [YES, PARTLY, NO]
