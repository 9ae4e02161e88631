"""What stays of signed files when nothing names them."""

import os
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from certification.certificates import actions
from tests.accounts.factories import UserFactory
from tests.certification.certificates.factories import decided_application

pytestmark = pytest.mark.django_db


def test_sweep_removes_only_old_files_that_no_certificate_names(signer):
    manager = UserFactory(manager=True)
    kept = actions.publish_award(decided_application(), actor=manager, at=timezone.now()).pdf
    old = default_storage.save("certificates/aa/old.pdf", ContentFile(b"1"))
    new = default_storage.save("certificates/aa/new.pdf", ContentFile(b"1"))
    for name in (kept, old):
        os.utime(default_storage.path(name), (0, 0))
    out = StringIO()
    call_command("sweep_files", stdout=out)
    assert out.getvalue() == "1 files removed.\n"
    assert [default_storage.exists(name) for name in (kept, old, new)] == [True, False, True]
