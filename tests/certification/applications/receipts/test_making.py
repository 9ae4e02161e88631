"""A receipt is made once, whole or not at all, and never in the way of sending."""

import datetime as dt
import os
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from audit.models import Event
from certification.applications.enums import State
from certification.applications.receipts import actions
from certification.applications.receipts.models import Receipt
from certification.papers.signing import SignerUnavailable
from certification.papers.storing import StoreUnavailable
from tests.accounts.factories import PASSWORD
from tests.certification.applications.cases import SIGNS, base, complete_draft
from tests.certification.applications.receipts.cases import file_of, receipt_of, sent_case
from tests.certification.review.factories import make_case

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(hours=1)


def send(client, case):
    client.force_login(case.owner)
    return client.post(f"{base(case)}enviar/", {**SIGNS, "password": PASSWORD}, follow=True)


def test_sending_makes_the_receipt(client, signer, django_capture_on_commit_callbacks):
    case = complete_draft()
    with django_capture_on_commit_callbacks(execute=True):
        send(client, case)
    receipt = Receipt.objects.get()
    assert receipt.submission == case.application.submissions.get()
    assert Event.objects.about(receipt).get().action == "issue"
    page = client.get(f"{base(case)}acuse/").content.decode()
    assert f'href="{base(case)}acuse/1.pdf"' in page
    assert "Estamos preparando tu acuse" not in page
    served = client.get(f"{base(case)}acuse/1.pdf")
    assert b"".join(served.streaming_content) == file_of(receipt)
    assert (served["Content-Type"], served["Cache-Control"]) == ("application/pdf", "private, no-store")


def test_without_a_key_it_is_sent_all_the_same_and_the_receipt_follows(
    client, settings, tmp_path, mailoutbox, django_capture_on_commit_callbacks
):
    settings.SIGNER_DIR, case = tmp_path / "none", complete_draft()
    with django_capture_on_commit_callbacks(execute=True):
        page = send(client, case).content.decode()
    assert case.fresh().state == State.SUBMITTED
    assert "Estamos preparando tu acuse" in page
    assert client.get(f"{base(case)}acuse/1.pdf").status_code == 404
    with pytest.raises(SignerUnavailable):
        actions.make_missing(at=timezone.now() + LATER)
    call_command("make_dev_signer", stdout=StringIO())
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.make_missing(at=timezone.now() + LATER) == 1
    assert {mail.subject for mail in mailoutbox} == {f"Ya está el acuse de tu solicitud {case.application.folio}"}
    assert f"{base(case)}acuse/" in mailoutbox[0].body
    assert actions.make_missing(at=timezone.now() + LATER) == 0


def test_the_command_tells_how_many_or_why_not(signer, capsys):
    old = sent_case().application.submissions.get()
    late = make_case(State.SUBMITTED).application.submissions.get()  # sent in March
    call_command("make_receipts")
    assert capsys.readouterr().out == "1 receipts made\n"
    assert [one.submission for one in Receipt.objects.all()] == [late]
    assert not hasattr(old, "receipt")
    make_case(State.SUBMITTED)
    (signer / "signer.p12").unlink()
    with pytest.raises(CommandError, match="Receipts wait for the signer"):
        call_command("make_receipts")


def test_what_was_sent_just_now_is_left_to_its_worker(signer):
    sent_case()
    assert actions.make_missing(at=timezone.now()) == 0


def test_twice_is_once(signer):
    case = sent_case()
    assert receipt_of(case) == receipt_of(case)
    assert Receipt.objects.count() == 1


def test_of_two_at_once_the_second_takes_the_first(signer, monkeypatch):
    case = sent_case()
    first = receipt_of(case)
    # As if the second had looked before the first was there.
    monkeypatch.setattr(Receipt.objects, "filter", lambda **_asked: Receipt.objects.none())
    assert receipt_of(case) == first
    assert Event.objects.about(first).count() == 1


@pytest.mark.parametrize("fault", [SignerUnavailable, StoreUnavailable])
def test_a_receipt_is_never_half_made(signer, monkeypatch, fault):
    case = sent_case()

    def refuse(*_args, **_named):
        raise fault

    monkeypatch.setattr(actions, "sign_pdf" if fault is SignerUnavailable else "store_pdf", refuse)
    with pytest.raises(fault):
        receipt_of(case)
    assert not Receipt.objects.exists()
    actions.make_receipt_task.enqueue(case.application.submissions.get().pk)  # a task that fails breaks nothing


def test_a_receipt_never_changes(signer):
    receipt_of(sent_case())
    for change in (lambda rows: rows.update(pdf="otro"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(Receipt.objects.all())


def test_sweep_removes_only_old_files_that_no_receipt_names(signer):
    kept = receipt_of(sent_case()).pdf
    old = default_storage.save("receipts/aa/old.pdf", ContentFile(b"1"))
    new = default_storage.save("receipts/aa/new.pdf", ContentFile(b"1"))
    for name in (kept, old):
        os.utime(default_storage.path(name), (0, 0))
    out = StringIO()
    call_command("sweep_files", stdout=out)
    assert out.getvalue() == "1 files removed.\n"
    assert [default_storage.exists(name) for name in (kept, old, new)] == [True, False, True]


@pytest.mark.parametrize(("who", "status"), [("editor", 200), ("reader", 200), ("foreigner", 404), ("manager", 404)])
def test_the_paper_is_for_those_who_work_there(client, signer, who, status):
    case = sent_case()
    receipt_of(case)
    client.force_login(getattr(case, who))
    served = client.get(f"{base(case)}acuse/1.pdf")
    assert served.status_code == status
    assert (b"".join(served).startswith(b"%PDF")) == (status == 200)
    assert client.get(f"{base(case)}acuse/2.pdf").status_code == 404
    assert client.post(f"{base(case)}acuse/1.pdf").status_code == 405


def test_a_stranger_is_asked_to_log_in(client, signer):
    case = sent_case()
    receipt_of(case)
    assert client.get(f"{base(case)}acuse/1.pdf").url.startswith("/cuenta/login/")
