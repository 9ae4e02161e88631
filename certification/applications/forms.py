"""Forms of an application. A draft is saved whatever it lacks: what is missing is said before sending."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.conflicts import VersionField
from accounts.enums import BodyKind
from accounts.models import ReviewBody, User
from certification.applications.declaring import Declaration
from certification.applications.draft_forms import DraftForm, LinesField, since_1900
from certification.applications.models import (
    Answer,
    Application,
    EvidenceUse,
    LocalAnswer,
    MeasureClaim,
    RequirementRecord,
)
from certification.applications.saving import Saved
from certification.evidence.forms import DateInput, MultipleFileField
from certification.evidence.links.forms import LinkField, SeenOnField
from certification.evidence.models import Document
from certification.standards.document import Criterion
from certification.standards.enums import Claim, SchemeKind
from certification.standards.languages import words_of
from certification.standards.models import Standard
from employers.models import Employer, Workplace

OFFERED = 25  # documents of the library beside a criterion
PAGE_FORM = "respuesta"  # id of the one form of a page; what stands outside it names it
WRONG_DATE = _("Esa fecha no existe. Escríbela como 2026-11-03: año, mes y día.")
CLAIM_CHOICES = [(Claim.MET, _("Sí")), (Claim.PARTLY, _("En parte")), (Claim.NOT_MET, _("Todavía no"))]


def _inline() -> forms.RadioSelect:
    return forms.RadioSelect(attrs={"class": "choices-inline"})


def _label(criterion: Criterion, code: str, title: str) -> str:
    """The code stands before a sub-item, as in the standard; a criterion without them is asked plainly."""
    if not criterion.sub_items:
        return gettext("¿Se cumple?")
    return format_html('<span class="code">{}</span> {}', code, title)


class OpenApplicationForm(forms.Form):
    """Which workplaces ask for which standard, and, for a norm, before which body."""

    workplaces = forms.ModelMultipleChoiceField(
        label=_("Centros de trabajo"),
        queryset=Workplace.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Elige al menos un centro de trabajo.")},
    )
    body = forms.ModelChoiceField(
        label=_("Organismo de certificación"),
        queryset=ReviewBody.objects.none(),
        required=False,
        empty_label=_("Todavía no lo sé"),
        help_text=_("Si no lo sabes, la gestión del programa te lo asigna al recibirla."),
    )
    carry = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Empezar con las respuestas de mi diagnóstico"),
        help_text=_("Quedan como borrador: revísalas una por una y agrega tus pruebas."),
    )

    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)  # pressed twice, it opens one

    def __init__(self, *args: Any, employer: Employer, standard: Standard, carried: int = 0, **kwargs: Any) -> None:
        """``carried``: how many answers of a diagnosis the browser brings."""
        super().__init__(*args, **kwargs)
        self.fields["page"].initial = str(uuid.uuid4())
        if not carried:
            del self.fields["carry"]
        self.fields["workplaces"].queryset = employer.workplaces.filter(closed_at=None)  # type: ignore[attr-defined]
        if standard.kind == SchemeKind.NORM:
            bodies = ReviewBody.objects.filter(kind=BodyKind.ACCREDITED, closed_at=None)
            self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        else:
            del self.fields["body"]


class CriterionForm(DraftForm):
    """A claim for each sub-item, or for the criterion where it has none, and a note."""

    kind: ClassVar[type[Saved]] = Answer
    empty: ClassVar[Mapping[str, Any]] = {"claims": {}, "note": ""}
    moving = frozenset({"claims"})
    workplace: Workplace | None = None  # whose answer it is; None: of all without their own
    na_label = _("No aplica en estos centros de trabajo")

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        self.criterion = criterion
        self.parts = [(part.code, str(words_of(part))) for part in criterion.sub_items or (criterion,)]
        super().__init__(*args, item=criterion.code, **kwargs)
        if criterion.na_allowed:
            self.fields["not_applicable"] = forms.BooleanField(
                label=self.na_label,
                required=False,
                help_text=_("Explica por qué en la nota. No suma ni resta puntos."),
            )
        for code, title in self.parts:
            self.fields[f"claim_{code}"] = forms.ChoiceField(
                label=_label(criterion, code, title), choices=CLAIM_CHOICES, widget=_inline(), required=False
            )
        self.fields["note"] = LinesField(
            label=_("¿Cómo lo hacen?"),
            widget=forms.Textarea(attrs={"rows": 5}),
            required=False,
            max_length=10_000,
            help_text=_("En pocas líneas: qué se hace, desde cuándo y quién se encarga. No escribas datos personales."),
        )

    def as_typed(self, shown: dict[str, Any]) -> dict[str, Any]:
        claims = shown["claims"]
        typed = {f"claim_{code}": claims.get(code, "") for code, _title in self.parts}
        return {**typed, "note": shown["note"], "not_applicable": claims.get(self.item) == Claim.NOT_APPLICABLE}

    def part_fields(self) -> list[forms.BoundField]:
        return [self[f"claim_{code}"] for code, _title in self.parts]

    def content(self) -> dict[str, Any]:
        """The claims are kept together, or, when one of them is none of the list, left as they are stored."""
        kept = super().content()
        if all(f"claim_{code}" in self.cleaned_data for code, _title in self.parts):
            kept["claims"] = self.claims()
        return kept

    def in_words(self, content: Mapping[str, Any]) -> dict[str, str]:
        claims, titles = content["claims"], {self.item: gettext("Todo el criterio")} | dict(self.parts)
        said = {Claim.NOT_APPLICABLE: gettext("No aplica"), **dict(CLAIM_CHOICES)}
        words = {title: str(said.get(claims.get(code), "")) for code, title in titles.items()}
        return words | {gettext("Nota"): content["note"]}

    def claims(self) -> dict[str, str]:
        """Claims by code of sub-item or criterion; what was left open is left out."""
        data = self.cleaned_data
        if data.get("not_applicable"):
            return {self.item: Claim.NOT_APPLICABLE.value}
        given = ((code, data.get(f"claim_{code}")) for code, _title in self.parts)
        return {code: value for code, value in given if value}


class LocalAnswerForm(CriterionForm):
    """The same for one workplace that answers otherwise. It begins with what the others answer."""

    kind = LocalAnswer
    na_label = _("No aplica en este centro de trabajo")

    def __init__(self, *args: Any, workplace: Workplace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workplace = workplace
        self.place = {"workplace": workplace}
        self.fields["note"].label = _("¿Qué es distinto aquí?")

    def content(self) -> dict[str, Any]:
        """Nothing without its claims: an answer of a note alone would take away what is inherited."""
        kept = super().content()
        return {**kept, "is_in_force": True} if "claims" in kept else {}


class RowForm(DraftForm):
    """A row of a page with one form: its fields stand among the forms for evidence, so they name their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"prefix": kwargs["item"]}))
        for field in self.fields.values():
            field.widget.attrs["form"] = PAGE_FORM


class RequirementForm(RowForm):
    """Whether a participation requirement is there, and the date of its document."""

    kind = RequirementRecord
    empty: ClassVar[Mapping[str, Any]] = {"is_present": False, "issued_on": None, "reference": ""}
    moving = frozenset({"is_present", "issued_on"})

    present = forms.BooleanField(label=_("Ya la tengo"), required=False)
    issued_on = forms.DateField(
        label=_("Fecha de emisión"),
        help_text=_("La que trae el documento: desde ella se cuenta hasta cuándo sirve."),
        required=False,
        widget=DateInput(),
        error_messages={"invalid": WRONG_DATE},
        validators=[since_1900],
    )
    reference = forms.CharField(label=_("Número o folio"), required=False, max_length=100)

    def as_typed(self, shown: dict[str, Any]) -> dict[str, Any]:
        return {**shown, "present": shown["is_present"]}

    def in_words(self, content: Mapping[str, Any]) -> dict[str, str]:
        return super().in_words({**content, "present": content["is_present"]})

    def content(self) -> dict[str, Any]:
        kept = super().content() | {"is_present": self.cleaned_data["present"]}
        if self.add_prefix("version") in self.data and self.add_prefix("issued_on") not in self.data:
            kept.pop("issued_on", None)  # half a date, which the browser keeps to itself: static/js/autosave.js
        return kept


class MeasureForm(RowForm):
    """Whether a declared measure is in place."""

    kind = MeasureClaim
    empty: ClassVar[Mapping[str, Any]] = {"is_claimed": None, "note": ""}
    moving = frozenset({"is_claimed"})

    is_claimed = forms.TypedChoiceField(
        label=_("¿La tienen?"),
        choices=[("yes", _("Sí")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=_inline(),
        required=False,
    )
    note = LinesField(
        label=_("¿Cómo funciona?"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=10_000
    )

    def as_typed(self, shown: dict[str, Any]) -> dict[str, Any]:
        return {**shown, "is_claimed": {True: "yes", False: "no"}.get(shown["is_claimed"], "")}


class AttachForm(forms.Form):
    """New files, or documents the employer already has, for one item.

    Its fields belong to the form of the page, which saves what was typed with the same press: nothing typed is lost.
    """

    uploads = MultipleFileField(label=_("Elegir archivos"), required=False)
    issued_on = forms.DateField(
        label=_("Fecha de los archivos que adjuntas"),
        required=False,
        widget=DateInput(),
        help_text=_("Si son de fechas distintas, súbelos por separado o corrígelas después."),
        error_messages={"invalid": WRONG_DATE},
    )
    documents = forms.ModelMultipleChoiceField(
        label=_("Documentos que ya tienes"),
        queryset=Document.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    link = LinkField(required=False)
    seen_on = SeenOnField()
    serves_all = forms.BooleanField(label=_("Sirve también para los demás centros"), required=False)

    def __init__(
        self,
        *args: Any,
        user: User,
        application: Application,
        item: str,
        workplace: Workplace | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **(kwargs | {"prefix": f"evidence-{item}"}))
        self.workplace = workplace
        if workplace is None:
            del self.fields["serves_all"]
        own = Document.objects.visible_to(user).filter(employer_id=application.employer_id).with_a_file()
        uses = EvidenceUse.objects.filter(application=application, item=item)
        unused = own.exclude(uses__in=uses.filter(workplace=None) | uses.filter(workplace=workplace))
        # A long library would fill the page: the newest are offered, any may be chosen.
        newest = unused.order_by("-created_at", "-pk").values("pk")[:OFFERED]
        offered = unused if self.is_bound else unused.filter(pk__in=newest)
        self.fields["documents"].queryset = offered  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs |= {"form": PAGE_FORM, "data-own-button": ""}

    @property
    def serves(self) -> Workplace | None:
        """The one workplace that it serves; None for all."""
        return None if self.cleaned_data.get("serves_all") else self.workplace

    @property
    def place_query(self) -> str:
        """Says the workplace in the address where a file that came by itself is attached."""
        return f"?centro={self.workplace.pk}" if self.workplace else ""

    @property
    def said_besides(self) -> str:
        """Names of the fields that are said of each file."""
        return " ".join(self[name].html_name for name in ("issued_on", "serves_all") if name in self.fields)

    @property
    def has_choice(self) -> bool:
        """Whether a file or a document was chosen, or a page named."""
        return any(self.cleaned_data.get(name) for name in ("uploads", "documents", "link"))


class UseForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a document shows and where, and, among several workplaces, of which one alone; over which version."""

    version = VersionField()

    class Meta:
        model = EvidenceUse
        fields = ("pointer", "shows", "workplace")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        places = self.instance.application.workplaces.all()
        if len(places) < 2:
            del self.fields["workplace"]
            return
        self.fields["workplace"].queryset = places  # type: ignore[attr-defined]
        self.fields["workplace"].empty_label = _("Todos los centros")  # type: ignore[attr-defined]


class SubmitForm(forms.Form):
    """The declaration and who signs it."""

    name = forms.CharField(
        label=_("Nombre completo de quien firma"),
        help_text=_("Como debe leerse en el acuse."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Escribe el nombre completo de quien firma.")},
    )
    charge = forms.CharField(
        label=_("Cargo en la empresa"),
        help_text=_("Por ejemplo: Dirección General, o representante legal."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"required": _("Escribe el cargo de quien firma.")},
    )
    accepted = forms.BooleanField(
        label=_("Declaro, bajo protesta de decir verdad, que lo que aquí se afirma es cierto y que puedo firmarlo."),
        error_messages={"required": _("Para enviar, acepta la declaración.")},
    )

    def declaration(self) -> Declaration:
        """What the person who filled it in declares."""
        said = self.cleaned_data
        return Declaration(str(self.fields["accepted"].label), said["name"], said["charge"])


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Motivo"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Escribe el motivo: queda en la historia de la solicitud.")},
    )
