"""Every address at which an employer's file goes in or out, asked by everybody: a new one without a row fails.

The table is written by hand. Statuses: 200 shown, 302 done or sent on, 403 may not, 404 is not theirs or not there,
422 understood and refused, 503 to be tried again.
"""

import re
from inspect import getsource, unwrap

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from certification.applications.enums import State
from certification.applications.receipts.actions import make_receipt
from certification.applications.spreadsheet.models import SheetUpload
from certification.evidence.enums import Derivation
from certification.evidence.models import Revision
from certification.evidence.regions.models import Region
from certification.evidence.uploads.models import PendingUpload, new_key
from tests.accounts.factories import UserFactory
from tests.certification.evidence import files
from tests.certification.review.factories import AT, make_case, stored_use_of
from tests.house.test_views import is_public, patterns

pytestmark = pytest.mark.django_db

OWN, WRITE, STAFF = (200, 200, 404, 404, 404), (200, 403, 404, 404, 404), (404, 404, 200, 200, 200)
POSTED, ALL, ASKED = (302, 403, 404, 404, 404), (200, 200, 200, 200, 200), (404, 404, 422, 422, 422)
# name of the address: method, and what owner, reader, reviewer, who decides and manager get.
# Nobody else gets anything: 404 for other employers, reviewers, deciders and editors, the login page for visitors.
TABLE = {
    "document_list": ("get", OWN),
    "document_upload": ("post", (422, 403, 404, 404, 404)),
    "document_link": ("get", WRITE),
    "document_detail": ("get", OWN),
    "document_update": ("get", WRITE),
    "document_delete": ("get", WRITE),
    "document_regions": ("get", WRITE),
    "document_download": ("get", OWN),
    "document_page": ("get", OWN),
    "document_view": ("get", OWN),
    "document_looks": ("get", OWN),
    "document_looks_csv": ("get", OWN),
    "employer_looks": ("get", OWN),
    "employer_looks_csv": ("get", OWN),
    "inbox": ("get", WRITE),
    "link_seen": ("post", POSTED),
    "region_remove": ("post", POSTED),
    "revision_add": ("post", (422, 403, 404, 404, 404)),
    "revision_begin": ("post", (201, 403, 404, 404, 404)),
    "revision_clean": ("post", POSTED),
    "revision_mask": ("post", POSTED),
    "revision_needed": ("post", POSTED),
    "revision_without_place": ("post", POSTED),
    "upload_begin": ("post", (201, 403, 404, 404, 404)),
    "upload_content": ("put", WRITE),
    "upload_drop": ("post", POSTED),
    "upload_finish": ("post", POSTED),
    "evidence_upload_finish": ("post", (503, 403, 404, 404, 404)),  # not all of it came: it may be tried again
    "evidence_file": ("get", ALL),
    "evidence_use_edit": ("get", (200, 200, 404, 404, 404)),
    "evidence_page": ("get", STAFF),
    "evidence_view": ("get", STAFF),
    "evidence_original": ("post", ASKED),  # without a reason: the page of the item says so
    "dossier_zip": ("get", ALL),
    "receipt": ("get", OWN),
    "receipt_pdf": ("get", OWN),
    "snapshot_file": ("get", OWN),
    "sheet": ("get", WRITE),
    "sheet_file": ("get", WRITE),
    "sheet_changes": ("get", WRITE),
    "sheet_cancel": ("post", POSTED),
}
SENT = {"name": "a.pdf", "size": "9", "changed": "1"}  # what posts need to get as far as the question of who it is
WHO = ("owner", "reader", "reviewer", "decider", "manager")
PLACES = re.compile(r"documentos/|evidencia/|acuse/|hoja/|/subir/|archivo|original|\.(pdf|csv|json|zip|xlsx)\b")
SENDS = re.compile(r"\b(serve_revision|serve_page|pdf_response|FileResponse|StreamingHttpResponse)\(")


def file_routes():
    """Private addresses of files by name, as the program has them today."""
    found = {}
    for _prefix, entry in patterns():
        view, place = entry.callback, str(entry.pattern)
        is_ours = view.__module__.startswith(("certification.", "employers.", "good_practices."))
        if is_ours and not is_public(view) and (PLACES.search(place) or SENDS.search(getsource(unwrap(view)))):
            found[entry.name] = entry
    return found


def test_every_address_of_files_has_a_row():
    assert sorted(file_routes()) == sorted(TABLE)


@pytest.fixture
def case(signer):
    """Files of every kind in an application that was recommended, so that every role has to do with it."""
    found = make_case(State.RECOMMENDED)
    found.use = stored_use_of(found.application, "DEI-1.1", content=files.pdf(pages=2))
    make_receipt(found.application.submissions.get(), at=AT)
    employer, owner = found.application.employer, found.owner
    found.sheet = SheetUpload.objects.create(
        application=found.application, name="hoja.xlsx", exported_at=AT, uploaded_at=timezone.now(), uploaded_by=owner
    )
    found.pending = PendingUpload.objects.create(
        employer=employer, key=new_key(employer), name="a.pdf", size=9, media_type="application/pdf",
        begun_at=timezone.now(), begun_by=owner,
    )  # fmt: skip
    place = {"page": 1, "left": 0, "top": 0, "width": 100, "height": 100}
    found.region = Region.objects.create(revision=found.use.revision, created_at=AT, created_by=owner, **place)
    return found


def mask(case):
    """A masked copy of the file that was sent: the original is sealed."""
    stored_use_of(case.application, "DEI-1.2", content=files.pdf(pages=3))
    copy = Revision.objects.latest("pk")
    said = {"derived_from": case.use.revision, "derivation": Derivation.MASKED}
    Revision.objects.filter(pk=copy.pk).update(document=case.use.document, number=2, **said)


def values(case):
    revision = case.use.revision
    return {
        "employer": case.application.employer_id,
        "folio": case.application.folio,
        "item": case.use.item,
        "number": 1,
        "page": 1,
        "document": revision.document_id,
        "use": case.use.pk,
        "pending": case.pending.pk,
        "region": case.region.pk,
        "sheet": case.sheet.pk,
    }


def address(case, name, entry):
    known = values(case)
    prefix = name.partition("_")[0]
    of = {"upload": "pending", "region": "region", "sheet": "sheet", "evidence": "use"}.get(prefix, "document")
    return reverse(name, kwargs={key: known[of if key == "pk" else key] for key in entry.pattern.converters})


def ask(client, case, name, entry):
    method, _statuses = TABLE[name]
    if method != "post":
        return getattr(client, method)(address(case, name, entry))
    return client.post(address(case, name, entry), {**SENT, "upload": case.pending.pk})


def asked(client, case, user):
    """What each address answers to a person; whatever it changed is taken back."""
    found = {}
    if user:
        client.force_login(user)
    for name, entry in file_routes().items():
        with transaction.atomic():
            response = ask(client, case, name, entry)
            if response.streaming:
                b"".join(response.streaming_content)
            found[name] = response.status_code
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("who", WHO)
def test_whoever_has_to_do_with_it_gets_what_the_table_says(client, case, who):
    mask(case)
    expected = {name: statuses[WHO.index(who)] for name, (_method, statuses) in TABLE.items()}
    assert asked(client, case, getattr(case, who)) == expected


@pytest.mark.parametrize("who", ["foreigner", "other_reviewer", "other_decider", "editor_of_practices"])
def test_nobody_else_finds_anything(client, case, who):
    user = getattr(case, who, None) or UserFactory(editor=True)
    assert set(asked(client, case, user).values()) == {404}


def test_visitors_are_asked_to_log_in(client, case):
    assert set(asked(client, case, None).values()) == {302}
    for name, entry in file_routes().items():
        assert ask(client, case, name, entry).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("who", ["reviewer", "decider", "manager"])
def test_the_programme_finds_nothing_of_a_draft(client, case, who):
    type(case.application).objects.filter(pk=case.application.pk).update(state=State.DRAFT, submitted_at=None)
    assert set(asked(client, case, getattr(case, who)).values()) == {404}
