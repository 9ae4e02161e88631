"""One document of the inbox: what it is and what it proves."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.conflicts import VersionField, differences
from certification.applications.inbox.suggesting import ItemGuess
from certification.applications.models import Application
from certification.evidence.enums import DocumentKind
from certification.evidence.forms import DateInput
from certification.evidence.models import Document
from certification.standards.languages import words_of

Choices = list[tuple[str, Any]]


def item_choices(application: Application) -> Choices:
    """Criteria, letters and measures that a document may be placed at, in the groups of the standard."""
    document = application.standard.document
    criteria = [(str(words_of(section)), [_choice(part) for part in section.criteria]) for section in document.sections]
    letters = (_("Cartas de participación"), [_choice(part) for part in document.participation_requirements])
    measures = (_("Medidas"), [_choice(part) for part in document.measures])
    return [("", _("Todavía no lo sé")), *(group for group in (*criteria, measures, letters) if group[1])]


def _choice(part: Any) -> tuple[str, str]:
    return part.code, f"{part.code} {words_of(part)}"


class PlaceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Its fields are named by the document: a page sends many of them at once, and each has its own fate."""

    version = VersionField()
    item = forms.ChoiceField(label=gettext_lazy("Demuestra"), required=False)

    class Meta:
        model = Document
        fields = ("title", "kind", "issued_on")
        widgets: ClassVar = {"issued_on": DateInput}

    kind_guess: DocumentKind | None = None
    item_guess: ItemGuess | None = None

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prefix = f"d{self.instance.pk}"
        self.choices, self.theirs = choices, list[tuple[str, str, str]]()
        self.fields["version"].initial = self.instance.version
        self.fields["item"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["item"]

    @property
    def is_filled(self) -> bool:
        """Whether something was changed or chosen; an untouched row is left alone."""
        return self.is_bound and any(name != "version" for name in self.changed_data)

    def said(self) -> dict[str, Any]:
        """What is said of the document, for ``update_document``."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def over(self, current: Document) -> PlaceForm:
        """The same over what somebody else stored meanwhile, with both texts: saving it once more is a choice."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix("version")] = str(current.version)
        form = PlaceForm(data, instance=current, choices=self.choices)
        form.theirs = differences(self, current)
        return form
