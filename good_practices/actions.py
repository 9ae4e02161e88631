"""What people do with practices: write, propose, return, publish and withdraw them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.certificates.enums import PublicStatus
from certification.certificates.models import Certificate
from good_practices import emails, search, topics, workflow
from good_practices.enums import PracticeState
from good_practices.models import Practice
from good_practices.permissions import is_author, is_curator, may_write_for

LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
TEXTS = ("title", "subtopic", "problem", "action", "cost", "result")


def new_token() -> str:
    """What a new form carries, so that sending it twice makes one practice. Its address, until it is published."""
    return get_random_string(16, LETTERS)


@transaction.atomic
def start_practice(
    *, certificate: Certificate, texts: dict[str, str], token: str, actor: User, at: dt.datetime
) -> Practice:
    """Save the first draft of a practice that a certificate proves. ``texts`` holds any of TEXTS.

    The same token of the same person gives the practice that is there, with these texts if it is still a draft.
    Raises PermissionDenied for who does not write for the employer, and ActionRefused when the certificate is not
    in force.
    """
    if not may_write_for(actor, certificate.employer):
        raise PermissionDenied
    same = Practice.objects.filter(slug=token, created_by=actor, certificate=certificate).first()
    if same:
        if same.state == PracticeState.DRAFT:
            save_draft(practice=same, texts=texts, version=same.version, actor=actor, at=at)
        return same
    _require_in_force(certificate, at)
    practice = Practice.objects.create(
        slug=token,
        certificate=certificate,
        created_at=at,
        created_by=actor,
        saved_at=at,
        **_columns_of(certificate),
        **_columns(texts),
    )
    Event.record(practice, "start", actor=actor, at=at)
    return practice


@transaction.atomic
def save_draft(*, practice: Practice, texts: dict[str, str], version: int, actor: User, at: dt.datetime) -> None:
    """Save the texts of a draft or a returned practice, whole or not. ``version`` is the one the person saw.

    Raises PermissionDenied for who is not an author, and ActionRefused when somebody saved in between or the
    practice can no longer be changed; ``practice`` then holds what is stored.
    """
    if not is_author(actor, practice):
        raise PermissionDenied
    saved = Practice.objects.filter(pk=practice.pk, state__in=workflow.EDITABLE, version=version).update(
        version=F("version") + 1, saved_at=at, **_columns(texts)
    )
    practice.refresh_from_db()
    if not saved:
        raise ActionRefused(_("Alguien cambió esta práctica mientras escribías. Tu texto sigue aquí, sin guardar."))


@transaction.atomic
def propose(*, practice: Practice, has_consent: bool, version: int, actor: User, at: dt.datetime) -> None:
    """Send a whole practice to the editors, with the consent of who proposes it, which is recorded.

    Raises ActionRefused without consent, or when something is missing, or when the certificate is not in force.
    """
    if not has_consent:
        raise ActionRefused(_("Para proponerla, acepta que se publique."))
    if missing_texts(practice):
        raise ActionRefused(_("Todavía falta algo por escribir."))
    _require_in_force(practice.certificate, at)
    workflow.move(practice, "propose", actor=actor, at=at, version=version, consented_at=at, consented_by=actor)


@transaction.atomic
def withdraw(*, practice: Practice, version: int, actor: User, at: dt.datetime) -> None:
    """The employer takes its practice back, published or not. It leaves the search at once."""
    workflow.move(practice, "withdraw", actor=actor, at=at, version=version)
    search.remove_practice(practice)


@transaction.atomic
def return_practice(*, practice: Practice, comment: str, version: int, actor: User, at: dt.datetime) -> None:
    """Send a proposal back with a comment, and tell the employer."""
    workflow.move(practice, "return", actor=actor, at=at, version=version, comment=comment)
    emails.tell_employer(practice, "returned")


@transaction.atomic
def publish(*, practice: Practice, version: int, actor: User, at: dt.datetime) -> None:
    """Publish a proposal, put it into the search as the newest, and tell the employer.

    Raises ActionRefused when its certificate is no longer in force.
    """
    _require_in_force(practice.certificate, at)
    workflow.move(
        practice,
        "publish",
        actor=actor,
        at=at,
        version=version,
        slug=_public_slug(practice),
        published_at=at,
        published_by=actor,
        comment="",
    )
    search.index_practice(practice)
    emails.tell_employer(practice, "published")


@transaction.atomic
def unpublish(*, practice: Practice, comment: str, version: int, actor: User, at: dt.datetime) -> None:
    """Take a published practice out of the knowledge base with a reason, and tell the employer, who may mend it."""
    workflow.move(practice, "unpublish", actor=actor, at=at, version=version, comment=comment)
    search.remove_practice(practice)
    emails.tell_employer(practice, "unpublished")


@transaction.atomic
def record_proofs(*, practice: Practice, actor: User, at: dt.datetime) -> None:
    """Note, once a day and person, that an editor read what a practice rests on: whose evidence it is may ask.

    Reading writes it, like the other looks of the programme (certification.applications.access).
    """
    begins = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    seen = Event.objects.about(practice).filter(action="proofs_seen", actor=actor, at__gte=begins)
    if is_curator(actor, practice) and not seen.exists():
        application = practice.certificate.application_id
        Event.record(practice, "proofs_seen", actor=actor, at=at, data={"application": application})


def missing_texts(practice: Practice) -> list[str]:
    """Names of the texts without which a practice is not proposed."""
    return [name for name in TEXTS if not getattr(practice, name).strip()]


def _columns_of(certificate: Certificate) -> dict[str, Any]:
    """Whose practice it is, and what it is found by."""
    return {
        "employer_id": certificate.employer_id,
        "entity": certificate.state,
        "sector": certificate.sector,
        "size": certificate.size,
    }


def _columns(texts: dict[str, str]) -> dict[str, str]:
    """What the texts say, with the topic of their subtopic."""
    columns = {name: text.strip() for name, text in texts.items() if name in TEXTS}
    if "subtopic" in columns:
        columns["topic"] = topics.topic_of(columns["subtopic"])
    return columns


def _require_in_force(certificate: Certificate, at: dt.datetime) -> None:
    if certificate.public_status(timezone.localdate(at)) != PublicStatus.IN_FORCE:
        raise ActionRefused(_("El certificado que la comprueba no está vigente, así que no puede publicarse ahora."))


def _public_slug(practice: Practice) -> str:
    """An address made of the title. Once published it stays, whatever becomes of the title."""
    if practice.published_at:
        return practice.slug
    stem = slugify(practice.title)[:80].strip("-") or "practica"
    taken = set(Practice.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    candidates = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)
