"""The guard: what is in a clean file is noted by kind and page, and never the data themselves."""

import datetime as dt
import io
import json

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from audit.models import Event
from certification.evidence import actions, text
from certification.evidence.enums import RevisionState, TextState
from certification.evidence.looking import look_through
from certification.evidence.models import Revision
from tests.certification.evidence import files
from tests.certification.evidence.factories import RevisionFactory, upload
from tests.certification.evidence.test_sightings import CURP
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def add():
    member = MembershipFactory()

    def add(name, content):
        return actions.add_document(member.employer, upload(name, content), actor=member.user, at=timezone.now())

    return add


def test_kinds_pages_and_counts_and_nothing_else(add):
    content = files.pdf_saying("Nada", f"{CURP} y {CURP}", "GOAP780710RH7")
    revision = add("plantilla.pdf", content)
    assert revision.text_state == TextState.WHOLE
    assert revision.personal_data == [
        {"kind": "curp", "page": 2, "count": 2},
        {"kind": "rfc", "page": 3, "count": 1},
    ]
    stored = json.dumps([*Revision.objects.values(), *Event.objects.values()], default=str)
    assert CURP not in stored


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lista.txt", CURP.encode()),
        ("lista.csv", f"clave\n{CURP}\n".encode()),
        ("lista.docx", files.docx(text=CURP)),
        ("lista.pptx", files.pptx([CURP])),
    ],
)
def test_other_kinds_of_files(add, name, content):
    assert add(name, content).personal_data == [{"kind": "curp", "page": 1, "count": 1}]


@pytest.mark.parametrize(
    ("name", "content", "state"),
    [
        ("acta.pdf", files.pdf_saying("Todo en orden"), TextState.WHOLE),
        ("escaneo.pdf", files.pdf(), TextState.NONE),
        ("foto.png", files.image(), TextState.NONE),
        ("largo.txt", b"a" * 2_100_000, TextState.PART),
    ],
)
def test_what_was_read_is_told_where_nothing_was_found(add, name, content, state):
    revision = add(name, content)
    assert (revision.text_state, revision.personal_data) == (state, [])


def test_file_that_breaks_the_reader_is_noted():
    revision = RevisionFactory()
    default_storage.save(revision.file, io.BytesIO(b"%PDF-1.7 nada"))
    assert look_through(revision)
    assert revision.text_state == TextState.UNREAD


def test_store_that_does_not_answer_leaves_it_for_later():
    revision = RevisionFactory(checked_at=timezone.now() - dt.timedelta(hours=1))
    assert not look_through(revision)  # its content is not in the store
    assert revision.text_state == ""
    default_storage.save(revision.file, io.BytesIO(files.pdf_saying(CURP)))
    out = io.StringIO()
    call_command("check_files", stdout=out)
    assert "1 texts read." in out.getvalue()
    assert Revision.objects.get().personal_data == [{"kind": "curp", "page": 1, "count": 1}]


@pytest.mark.parametrize("state", [RevisionState.REJECTED, RevisionState.UNREADABLE])
def test_refused_files_are_not_read(state):
    revision = RevisionFactory(state=state, reason="Malo.", remedy="Otro.")
    assert not look_through(revision)
    assert not default_storage.exists(text.text_name(revision))


def test_twice_is_as_once(add):
    revision = add("lista.txt", CURP.encode())
    before = Revision.objects.values().get()
    assert look_through(revision)
    assert Revision.objects.values().get() == before
