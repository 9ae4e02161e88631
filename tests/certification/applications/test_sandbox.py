"""A draft is private: no role of the programme sees it anywhere (rule 9)."""

import pytest

from accounts.enums import Role
from certification.applications import actions
from certification.applications.models import Application
from certification.evidence.models import Document
from tests.accounts.factories import BodyMembershipFactory, UserFactory
from tests.certification.applications.cases import base, complete_draft
from tests.certification.review.factories import AT, LATER

pytestmark = pytest.mark.django_db
PRIVATE = ["", "enviar/", "participacion/", "medidas/", "criterios/DEI-1.1/"]


@pytest.mark.parametrize("role", list(Role))
def test_no_role_sees_a_draft(client, role):
    case = complete_draft()
    person = UserFactory(role=role)
    BodyMembershipFactory(user=person, body=case.body)
    client.force_login(person)
    use = case.application.evidence_uses.first()
    pages = [*PRIVATE, f"evidencia/{use.pk}/archivo/"]
    assert not Application.objects.visible_to(person).exists()
    assert not Document.objects.visible_to(person).exists()
    assert [client.get(base(case) + page).status_code for page in pages] == [404] * len(pages)
    assert client.get(f"/revision/{case.application.folio}/").status_code == 404
    for page in ("/revision/", "/padron/", "/api/v1/certificates", "/padron.csv"):
        assert case.application.folio.encode() not in b"".join(client.get(page))


def test_withdrawn_and_lapsed_drafts_stay_private():
    case = complete_draft()
    actions.withdraw(case.application, reason="Preferimos esperar.", actor=case.owner, at=LATER)
    assert not Application.objects.visible_to(case.manager).exists()


def test_who_left_the_employer_sees_nothing():
    case = complete_draft()
    case.editor.memberships.update(ended_at=AT)
    assert not Application.objects.visible_to(case.editor).exists()
    assert not Document.objects.visible_to(case.editor).exists()
