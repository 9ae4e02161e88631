"""Forms of the review. What a negative verdict lacks is asked in ``reasons``, as in the action."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.forms import PasswordAgain
from accounts.models import BodyMembership, User
from certification.applications.enums import State
from certification.applications.forms import ReasonForm
from certification.applications.models import Application
from certification.review.actions import LEGAL_FIELDS, VerdictConflict
from certification.review.bodies import bodies_for
from certification.review.casefile import CaseFile, Line
from certification.review.enums import Outcome
from certification.review.items import ItemPart, outcome_of
from certification.review.models import Decision
from certification.review.reasons import missing_reasons
from certification.standards.enums import Claim

REASON_REQUIRED = {"required": _("Escribe las razones.")}


class AssignForm(forms.Form):
    """Choose who reviews, grouped by body, with the files each person has in review."""

    reviewer = forms.ModelChoiceField(
        label=_("Quien revisa"),
        queryset=User.objects.none(),
        empty_label=_("Elige a una persona"),
        error_messages={"required": _("Elige a quien revisará."), "invalid_choice": _("Elige a quien revisará.")},
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = list(_eligible(application))
        field = self.fields["reviewer"]
        field.queryset = User.objects.filter(pk__in=[one.user_id for one in people])  # type: ignore[attr-defined]
        groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for one in people:
            groups[one.body.name].append(
                (one.user_id, _("%(person)s · %(load)s en revisión") % {"person": one.user, "load": one.load})
            )
        field.choices = [("", _("Elige a una persona")), *groups.items()]  # type: ignore[attr-defined]


def _eligible(application: Application) -> Any:
    in_review = Q(user__assigned_applications__state=State.IN_REVIEW)
    members = application.employer.memberships.current().values("user")
    return (
        BodyMembership.objects.filter(
            ended_at=None,
            body__in=bodies_for(application),
            user__is_active=True,
            user__groups__name=Role.REVIEWER.value,
        )
        .exclude(user__in=members)
        .exclude(user=application.reviewer_id)
        .select_related("user", "body")
        .annotate(load=Count("user__assigned_applications", filter=in_review, distinct=True))
        .order_by("body__name", "load", "user__full_name")
    )


class ReassignForm(AssignForm, ReasonForm):
    field_order = ("reviewer", "reason")


class VerdictForm(forms.Form):
    """The rubric of one item, and the reasons of what is not met."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    pointer = forms.CharField(
        label=_("Dónde se ve"),
        required=False,
        max_length=200,
        help_text=_("Documento y página, o qué falta: «B, p. 14»."),
    )
    rule = forms.CharField(label=_("Regla que no se cumple"), required=False, max_length=250)
    reason = forms.CharField(
        label=_("Razón de lo que no cumple del todo"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("La empresa la lee tal cual. Di qué viste, qué pide el requisito y qué lo resolvería."),
    )

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        self.line = line
        verdict = line.verdict
        initial = {
            "version": verdict.version if verdict else 0,
            "pointer": verdict.pointer if verdict else "",
            "rule": (verdict.rule if verdict else "") or line.item.rule,
            "reason": verdict.reason if verdict else "",
        }
        said = verdict.claims if verdict else {}
        initial |= {f"part_{part.code}": said.get(part.code, "") for part in line.item.parts}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        for part in line.item.parts:
            self.fields[f"part_{part.code}"] = forms.ChoiceField(
                label=str(part.title),
                choices=part.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Da un resultado: %s.") % part.title},
            )
        self.order_fields(["version", *(name for name in self.fields if name.startswith("part_"))])

    def parts(self) -> list[tuple[ItemPart, forms.BoundField, Claim | None]]:
        """Each line of the rubric with its field and what the employer claims of it."""
        claims = self.line.claims
        whole = claims.get(self.line.code, "")
        said = {part.code: claims.get(part.code, whole) for part in self.line.item.parts}
        return [
            (part, self[f"part_{part.code}"], Claim(said[part.code]) if said[part.code] else None)
            for part in self.line.item.parts
        ]

    def claims(self) -> dict[str, str]:
        return {part.code: self.cleaned_data[f"part_{part.code}"] for part in self.line.item.parts}

    def after(self, conflict: VerdictConflict) -> VerdictForm:
        """The same words over what is stored now, so that saving again is a choice made with both in sight."""
        data = dict(self.data.items()) | {"version": str(conflict.stored.version if conflict.stored else 0)}
        form = VerdictForm(data, line=self.line)
        form.full_clean()
        return form

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        values = [data.get(f"part_{part.code}") for part in self.line.item.parts]
        if all(values):
            outcome = outcome_of(value for value in values if value)
            texts = {name: data.get(name) or "" for name in ("pointer", "rule", "reason")}
            for name, sentence in missing_reasons(self.line.item, outcome, **texts).items():
                self.add_error(name, sentence)
        return data


class ObserveForm(forms.Form):
    """Which of the negative verdicts the employer is asked to mend."""

    items = forms.MultipleChoiceField(
        label=_("Lo que la empresa puede mejorar"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Elige al menos un resultado negativo para observarlo.")},
    )

    def __init__(self, *args: Any, casefile: CaseFile, **kwargs: Any) -> None:
        refused = casefile.refused
        kwargs["initial"] = {"items": [line.code for line in refused]}
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [(line.code, f"{line.code} {line.item.title}") for line in refused]  # type: ignore[attr-defined]


class OutcomeForm(forms.Form):
    """Award or decline. The level is not typed: it is the one that the verified score gives."""

    outcome = forms.ChoiceField(
        label=_("Sentido"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Elige si se otorga o no.")},
    )
    reason = forms.CharField(
        label=_("Razones"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
        error_messages=REASON_REQUIRED,
        help_text=_("En tus palabras. Las lee quien decide."),
    )

    def __init__(self, *args: Any, casefile: CaseFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reached = casefile.verified.level
        if self.reached is None:
            self.fields["outcome"].choices = [(Outcome.DECLINE.value, Outcome.DECLINE.label)]  # type: ignore[attr-defined]

    @property
    def level(self) -> str:
        is_award = self.cleaned_data["outcome"] == Outcome.AWARD
        return self.reached.code if is_award and self.reached is not None else ""


class DecisionForm(PasswordAgain, OutcomeForm):
    """The *dictamen* with its legal fields, offered from the standard's document and the body."""

    no_conflict = forms.BooleanField(
        label=_("Declaro que no tengo interés personal, familiar ni de negocios en este asunto."),
        error_messages={"required": _("Para decidir, declara que no tienes conflicto de interés.")},
    )
    field_order = ("outcome", "reason", *LEGAL_FIELDS, "no_conflict", "password")

    def __init__(self, *args: Any, casefile: CaseFile, **kwargs: Any) -> None:
        texts, body = casefile.dossier.document.decision, casefile.application.body
        offered = {
            "legal_basis": texts.legal_basis,
            "office": (body.office if body else "") or texts.office,
            "signatory_charge": (body.signatory_charge if body else "") or texts.signatory_charge,
            "appeal": texts.appeal,
        }
        kwargs["initial"] = offered | kwargs.get("initial", {})
        super().__init__(*args, casefile=casefile, **kwargs)
        self.fields["reason"].help_text = _("En tus palabras. La empresa las lee con el resultado.")
        for name in LEGAL_FIELDS:
            self.fields[name] = Decision._meta.get_field(name).formfield()  # type: ignore[union-attr,assignment]
        self.order_fields(self.field_order)

    def legal(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in LEGAL_FIELDS}
