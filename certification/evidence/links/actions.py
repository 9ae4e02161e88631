"""Keep a public web page as evidence: its address and the days it was seen."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from typing import Any

from accounts.models import User
from certification.evidence.actions import add_recognised, add_recognised_derived, out_of_date
from certification.evidence.checks import Checked
from certification.evidence.enums import Derivation, DocumentKind, RevisionState, TextState
from certification.evidence.links.addresses import MEDIA_TYPE, content_of, name_of
from certification.evidence.models import Revision
from certification.evidence.permissions import require_writer
from employers.models import Employer


def add_link(
    employer: Employer,
    link: str,
    *,
    seen_on: dt.date,
    title: str = "",
    kind: str = DocumentKind.OTHER,
    actor: User,
    at: dt.datetime,
) -> Revision:
    """Make a document of a page; ``link`` is what ``addresses.public_address`` returned. The page is not asked for.

    The same page seen on the same day is one document. Raises UploadRefused where the store refuses, PermissionDenied.
    """
    content, settled = _kept(link, seen_on, at=at)
    said: dict[str, Any] = {"title": title or name_of(link), "kind": kind}
    return add_recognised(employer, io.BytesIO(content), _checked(content), actor=actor, at=at, **said, **settled)


def see_again(revision: Revision, *, seen_on: dt.date, actor: User, at: dt.datetime) -> Revision:
    """Note that a page was seen again, as the next revision of its document: the days before stay in the others.

    The same day twice is once. It takes the place of the last one where that may still change (evidence.following).
    Raises ActionRefused for what is no page, or not the last version; UploadRefused and PermissionDenied as above.
    """
    require_writer(actor, revision.document.employer)
    last = revision.document.revisions.filter(number__gte=revision.number).first()
    if last and last.link == revision.link and last.seen_on == seen_on:
        return last
    if not revision.link or (revision.seen_on and revision.seen_on > seen_on):
        raise out_of_date()
    content, settled = _kept(revision.link, seen_on, at=at)
    checked = _checked(content)
    again = Derivation.SEEN_AGAIN  # that nothing came after ``revision`` is looked at where the row is added
    return add_recognised_derived(revision, io.BytesIO(content), checked, again, actor=actor, at=at, **settled)


def _kept(link: str, seen_on: dt.date, *, at: dt.datetime) -> tuple[bytes, dict[str, Any]]:
    """The content that stands for a page, and what is said of it: there is nothing to check and nothing to read."""
    settled = {"state": RevisionState.CLEAN, "checked_at": at, "text_state": TextState.NONE}
    return content_of(link, seen_on), {"link": link, "seen_on": seen_on, **settled}


def _checked(content: bytes) -> Checked:
    return Checked("pagina-web.txt", MEDIA_TYPE, len(content), hashlib.sha256(content).hexdigest(), None)
