"""Each programme's result is told in its own words, or in those of the event."""

import pytest

from certification.certificates import emails
from certification.review.models import Decision
from tests.certification.certificates.factories import CertificateFactory
from tests.certification.review.factories import LEGAL, standard
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
PROGRAMMES = ["nmx-r-025-scfi-2015", "distintivo-ei", "distintivo-efr", "distintivo-mexsti"]


@pytest.mark.parametrize("event", ["awarded", "declined"])
@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_programme_tells_its_result(name, event, mailoutbox, django_capture_on_commit_callbacks):
    certificate = CertificateFactory()
    MembershipFactory(employer=certificate.application.employer, owner=True)
    chosen = standard(name)
    certificate.standard = certificate.application.standard = chosen
    with django_capture_on_commit_callbacks(execute=True):
        if event == "awarded":
            emails.send_awarded(certificate)
        else:
            emails.send_declined(certificate.application, Decision(reason="Falta.", appeal=LEGAL["appeal"]))
    message = mailoutbox[0]
    for text in (message.body, message.alternatives[0].content):
        assert chosen.title in text
        assert ("organismo de certificación" in text) is name.startswith("nmx")
        assert ("24 meses" in text) is (name.startswith("nmx") and event == "awarded")
