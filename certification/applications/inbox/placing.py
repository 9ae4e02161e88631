"""The page of the inbox: which documents it shows, and what becomes of what was sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from accounts.conflicts import ChangedMeanwhile
from accounts.models import User
from accounts.numbers import KEY, number_in
from accounts.refusals import ActionRefused
from certification.applications.enums import State
from certification.applications.inbox import actions
from certification.applications.inbox.forms import Choices, PlaceForm, item_choices
from certification.applications.inbox.suggesting import guess_kind, ranking_of, weights_of
from certification.applications.models import Application, EvidenceUse
from certification.evidence.models import Document
from certification.evidence.search.models import DocumentWords
from certification.standards.document import Requirement
from employers.models import Employer

ROWS = 20


def waiting(user: User, employer: Employer) -> QuerySet[Document]:
    """Documents with a file that nothing uses yet, the newest first."""
    own = Document.objects.visible_to(user).filter(employer=employer).with_a_file()
    return own.filter(~Exists(EvidenceUse.objects.filter(document=OuterRef("pk")))).prefetch_related("revisions")


def drafts(user: User, employer: Employer) -> list[Application]:
    """Applications that documents may be placed in, the newest first."""
    own = Application.objects.of_member(user).filter(employer=employer, state=State.DRAFT)
    return list(own.select_related("standard", "employer").defer("standard__content").order_by("-pk"))


@dataclass
class Inbox:
    """What a person has before them: the documents, and the application that is chosen."""

    user: User
    employer: Employer
    application: Application | None

    def __post_init__(self) -> None:
        self.choices: Choices = item_choices(self.application) if self.application else []

    def forms(self, documents: Iterable[Document], data: QueryDict | None = None) -> list[PlaceForm]:
        """A form a document, with suggestions."""
        found = [PlaceForm(data, instance=document, choices=self.choices) for document in documents]
        self.suggest(found)
        return found

    def sent(self, data: QueryDict) -> list[PlaceForm]:
        """The forms of the documents that a page sent, as far as they are the person's; a page holds ``ROWS``."""
        said = data.getlist("document")[:ROWS]
        keys = [key for one in said if (key := number_in(one, KEY)) is not None]
        own = Document.objects.visible_to(self.user).filter(employer=self.employer, pk__in=keys)
        return self.forms(own.prefetch_related("revisions"), data)

    def suggest(self, forms: list[PlaceForm]) -> None:
        """Say what each document may be. One query, and nothing is chosen by it."""
        keys = [form.instance.pk for form in forms]
        known = dict(DocumentWords.objects.filter(pk__in=keys).values_list("pk", "stems"))
        for form in forms:
            document, found = form.instance, known.get(form.instance.pk, "")
            part = None
            if self.application:
                standard = self.application.standard
                ranking = ranking_of(standard.fingerprint, standard.document)
                form.item_guess = ranking.guess(weights_of(document, found))
                part = standard.document.item(form.item_guess.code) if form.item_guess else None
            kind = guess_kind(document, found, None if isinstance(part, Requirement) else part)
            form.kind_guess = kind if kind != document.kind else None

    def place(self, forms: list[PlaceForm], *, at: dt.datetime) -> tuple[int, list[PlaceForm]]:
        """Save what was filled in; return how many, and the forms that have a fault to show. One harms no other."""
        saved, faulty = 0, []
        for form in forms:
            if not form.is_filled:
                continue
            kept = self._placed(form, at=at)
            saved += kept is None
            if kept is not None:
                faulty.append(kept)
        return saved, faulty

    def _placed(self, form: PlaceForm, *, at: dt.datetime) -> PlaceForm | None:
        """Save one; return the form with its fault where it is refused."""
        if not form.is_valid():
            return form
        said, key = form.cleaned_data, form.instance.pk
        try:
            actions.place(
                Document.objects.get(pk=key), self.application, said.get("item", ""),
                version=said["version"], said=form.said(), actor=self.user, at=at,
            )  # fmt: skip
        except ChangedMeanwhile as conflict:
            form = form.over(conflict.current)
            form.add_error(None, str(conflict))
        except (ActionRefused, ValidationError) as refusal:
            form.add_error(None, "; ".join(getattr(refusal, "messages", [])) or str(refusal))
        else:
            return None
        return form
