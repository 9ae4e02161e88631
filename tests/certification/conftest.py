from io import StringIO

import pytest
from django.core.management import call_command


@pytest.fixture
def signer(settings, tmp_path):
    """A development signer of its own; returns its folder."""
    settings.SIGNER_DIR = tmp_path / "signer"
    call_command("make_dev_signer", stdout=StringIO())
    return settings.SIGNER_DIR
