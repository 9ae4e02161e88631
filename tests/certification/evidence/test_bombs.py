"""Files that ask for more memory than there is are refused, and whoever looks at them does not feel it."""

import io
import resource
import signal
import threading

import pytest
from django.utils import timezone

from certification.evidence import actions, drawing
from certification.evidence.checks import UploadRefused, check_upload
from certification.evidence.models import Document
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory

HEAVY = "ocuparía demasiado al abrirlo"


def peak():
    """The most memory that this process ever held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024


def test_the_same_file_opens_where_it_unpacks_to_little():
    assert check_upload(io.BytesIO(files.pdf_bomb(2**20)), "acta.pdf").pages == 1


def test_stream_of_objects_that_unpacks_to_gigabytes():
    bomb = files.pdf_bomb()
    assert len(bomb) < 2**22
    before = peak()
    with pytest.raises(UploadRefused, match=HEAVY):
        check_upload(io.BytesIO(bomb), "bomba.pdf")
    assert peak() - before < 40 * 2**20


@pytest.mark.django_db
def test_it_is_refused_on_its_way_in():
    member, bomb = MembershipFactory(), files.pdf_bomb(2**30)
    before = peak()
    with pytest.raises(UploadRefused, match=HEAVY):
        actions.add_document(member.employer, upload("bomba.pdf", bomb), actor=member.user, at=timezone.now())
    assert peak() - before < 40 * 2**20
    assert not Document.objects.exists()


def test_who_opens_it_being_stopped_from_outside_is_no_fault_of_the_file():
    drawing.get_ready()
    process = drawing._drawer.process
    process.send_signal(signal.SIGSTOP)  # so that the order waits until the end comes
    threading.Timer(2, process.kill).start()
    with pytest.raises(ChildProcessError):
        check_upload(io.BytesIO(files.pdf()), "acta.pdf")
    assert check_upload(io.BytesIO(files.pdf()), "acta.pdf").pages == 1
