"""A file that breaks its own check is settled, and holds up none of the others."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from certification.evidence.checking import PATIENCE, check_waiting
from certification.evidence.enums import RevisionState
from tests.certification.evidence import files
from tests.certification.evidence.factories import RevisionFactory

pytestmark = pytest.mark.django_db


def waiting(content, **said):
    name = default_storage.save("evidence/1/aa/waits", ContentFile(content))
    since = timezone.now() - PATIENCE - dt.timedelta(minutes=1)
    state = {"state": RevisionState.QUARANTINED, "checked_at": None, "created_at": since}
    return RevisionFactory(file=name, size=len(content), **state, **said)


def test_a_type_that_nothing_reads_any_more_is_unreadable_and_the_next_is_checked():
    strange = waiting(b"something", media_type="application/x-forgotten")
    good = waiting(files.pdf(), media_type="application/pdf")
    assert check_waiting(at=timezone.now()) == 2
    for revision in (strange, good):
        revision.refresh_from_db()
    assert (strange.state, strange.reason) == (RevisionState.UNREADABLE, "No pudimos abrir el archivo.")
    assert good.state == RevisionState.CLEAN
