"""Wherever a person types, an ended session loses nothing: the text is shown again after logging in, unsaved."""

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.applications.enums import State
from certification.evidence import actions as evidence
from tests.accounts.factories import ReviewBodyFactory, UserFactory
from tests.accounts.sessions import log_in_by_form, lose_session
from tests.certification.certificates.factories import CertificateFactory as WholeCertificateFactory
from tests.certification.evidence.factories import upload
from tests.certification.review.factories import make_case
from tests.employers.factories import MembershipFactory
from tests.good_practices.factories import CertificateFactory, PracticeFactory

pytestmark = pytest.mark.django_db
TYPED = "Esto lo escribí antes de que se cerrara"


def practice_new():
    certificate = CertificateFactory()
    page = f"{reverse('practice_create')}?certificado={certificate.folio}"
    return MembershipFactory(employer=certificate.employer, owner=True).user, page, page, "problem"


def practice_draft():
    practice = PracticeFactory()
    page = reverse("practice_edit", args=[practice.pk])
    return MembershipFactory(employer=practice.employer, owner=True).user, page, page, "problem"


def practice_comment():
    practice = PracticeFactory(proposed=True)
    page = reverse("practice_review", args=[practice.pk])
    return UserFactory(editor=True), page, reverse("practice_return", args=[practice.pk]), "reason"


def document():
    member = MembershipFactory()
    made = evidence.add_document(member.employer, upload(), actor=member.user, at=timezone.now()).document
    page = reverse("document_update", args=[made.pk])
    return member.user, page, page, "title"


def withdrawal():
    case = make_case(State.SUBMITTED, answered=False)
    page = reverse("application_detail", args=[case.application.folio])
    return case.owner, page, reverse("application_withdraw", args=[case.application.folio]), "reason"


def change_of_reviewer():
    case = make_case(State.IN_REVIEW, answered=False)
    page = reverse("review_detail", args=[case.application.folio])
    return case.manager, page, reverse("review_assign", args=[case.application.folio]), "reason"


def certificate_status():
    folio = WholeCertificateFactory().folio
    page = reverse("certificate_status", args=[folio])
    return UserFactory(manager=True), page, reverse("change_certificate_status", args=[folio, "suspend"]), "reason"


def role():
    page = reverse("staff_list")
    return UserFactory(manager=True), page, page, "reason"


def body():
    page = reverse("body_edit", args=[ReviewBodyFactory().code])
    return UserFactory(manager=True), page, page, "name"


def improvement():
    member = MembershipFactory()
    page = reverse("improvement_create", args=[member.employer_id])
    return member.user, page, page, "what"


def standard_text():
    page = reverse("programme_standards")
    return UserFactory(manager=True), page, page, "text"


FORMS = [
    practice_new, practice_draft, practice_comment, document, withdrawal, change_of_reviewer, certificate_status, role,
    body, improvement, standard_text,
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_text_is_shown_again(client, form):
    person, page, address, field = form()
    lose_session(client, person)
    answer = client.post(address, {field: TYPED}, headers={"referer": f"http://testserver{page}"})
    back = log_in_by_form(client, person, answer.url)
    assert back.redirect_chain[-1][0] == page
    html = back.content.decode()
    assert "Tu sesión había terminado" in html
    assert TYPED in html
    # It was not saved: the page's own form goes on showing it until it is sent, any other text is shown once.
    assert (TYPED in client.get(page).content.decode()) == (address == page)
