"""Keep a public web page as evidence: its address and the day it was seen."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from typing import Any

from accounts.models import User
from certification.evidence.actions import add_recognised
from certification.evidence.checks import Checked
from certification.evidence.enums import DocumentKind, RevisionState, TextState
from certification.evidence.links.addresses import MEDIA_TYPE, content_of, name_of
from certification.evidence.models import Revision
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
    content = content_of(link, seen_on)
    checked = Checked("pagina-web.txt", MEDIA_TYPE, len(content), hashlib.sha256(content).hexdigest(), None)
    # Our own few words: there is nothing to check and nothing to read in them.
    settled: dict[str, Any] = {"state": RevisionState.CLEAN, "checked_at": at, "text_state": TextState.NONE}
    said: dict[str, Any] = {"title": title or name_of(link), "kind": kind, "link": link, "seen_on": seen_on}
    return add_recognised(employer, io.BytesIO(content), checked, actor=actor, at=at, **said, **settled)
