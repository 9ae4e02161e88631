"""Note each time that the programme sees a document of an employer.

A GET writes these events. They are the log of who read what and no change of the application: a reader could not be
asked to post a form to be allowed to read, and what is not written in the same request could be left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.access.enums import Look
from certification.applications.models import DECIDER_STATES, Application, EvidenceUse
from certification.evidence.models import Revision

SEEN, DOSSIER_TAKEN, ORIGINAL_OPENED = "evidence_seen", "dossier_taken", "original_opened"
LEAST_REASON, LONGEST_REASON = 15, 500  # letters
OPENING = dt.timedelta(hours=1)  # for as long, further pages or pieces belong to what was opened


@transaction.atomic
def record_look(use: EvidenceUse, *, how: Look, actor: User, at: dt.datetime) -> None:
    """Note that a person of the programme opened a document: each opening is one event, which the employer reads."""
    Event.record(use.application, SEEN, actor=actor, at=at, data={**_what(use, how), **_who(use.application, actor)})


def record_rest(use: EvidenceUse, *, how: Look, actor: User, at: dt.datetime) -> None:
    """Note that the person read another page, or fetched another piece, of what was opened within the last hour.

    It is an event of its own only where no opening is there: nobody reads without one.
    """
    known = {f"data__{name}": value for name, value in _what(use, how).items()}
    opened = Event.objects.about(use.application).filter(action=SEEN, actor=actor, at__gt=at - OPENING, **known)
    if not opened.exists():
        record_look(use, how=how, actor=actor, at=at)


@transaction.atomic
def record_original(use: EvidenceUse, original: Revision, *, reason: str, actor: User, at: dt.datetime) -> None:
    """Note, each time and before it is shown, that a person of the programme opens the original of a masked copy.

    Raises ActionRefused without a reason that says something: the employer reads it on the document's page.
    """
    reason = _sentence(reason)
    what = {**_what(use, Look.ORIGINAL), "revision": original.number, **_who(use.application, actor)}
    Event.record(use.application, ORIGINAL_OPENED, actor=actor, at=at, reason=reason, data=what)


def _sentence(reason: str) -> str:
    """The reason as it is kept. Raises ActionRefused for one that is no sentence: «x» tells the employer nothing."""
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise ActionRefused(_("Escribe por qué necesitas ver el original: la empresa lo leerá."))
    letters = [count for word in reason.split() if (count := sum(letter.isalnum() for letter in word))]
    if sum(letters) < LEAST_REASON or len(letters) < 2:
        said = _("Dilo en una frase, con varias palabras y %(least)d letras o más: la empresa la leerá.")
        raise ActionRefused(said % {"least": LEAST_REASON})
    return reason


@transaction.atomic
def record_dossier(application: Application, revisions: Iterable[Revision], *, actor: User, at: dt.datetime) -> None:
    """Note that a person of the programme took all files of an application at once, and which."""
    files: dict[int, list[int]] = {}
    for revision in revisions:
        files.setdefault(revision.document_id, []).append(revision.number)
    Event.record(application, DOSSIER_TAKEN, actor=actor, at=at, data={"files": files, **_who(application, actor)})


def _what(use: EvidenceUse, how: Look) -> dict[str, Any]:
    return {"document": use.document_id, "revision": use.revision.number, "item": use.item, "how": how.value}


def _who(application: Application, actor: User) -> dict[str, str]:
    """As whom the person saw it, and for which body, in the words of that day: both may change."""
    if application.reviewer_id == actor.pk:
        role = Role.REVIEWER
    elif application.state in DECIDER_STATES and application.body_id in actor.body_ids and actor.has_role(Role.DECIDER):
        role = Role.DECIDER
    else:
        return {"role": Role.MANAGER.value, "body": ""}
    return {"role": role.value, "body": application.body.name if application.body else ""}
