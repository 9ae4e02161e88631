"""One paper, and the same signed."""

import pytest

from certification.papers.render import render
from certification.papers.signing import sign_pdf
from tests.certification.papers.papers import PAPER


@pytest.fixture(scope="module")
def paper():
    return render(PAPER)


@pytest.fixture
def signed(signer, paper):
    return sign_pdf(paper, charge="Dirección General", reason="Certificado")
