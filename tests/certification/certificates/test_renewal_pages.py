"""What comes next, on the employer's pages, and «Preparar la renovación»."""

import datetime as dt

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certification.applications.models import Application
from certification.applications.plan.lookup import waiting
from certification.applications.renewing.models import Renewal
from certification.certificates.renewal.coming import coming
from certification.certificates.renewal.lookup import Held, held_by
from certification.standards import actions as standards
from tests.certification.amendments.factories import revised
from tests.certification.applications.cases import DEI, NMX, base, draft
from tests.certification.applications.plan_steps import ImprovementActionFactory
from tests.certification.certificates.factories import CertificateFactory
from tests.certification.certificates.renewals import LATER, awarded, renewed
from tests.certification.review.factories import AT, make_application
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(LATER)
BUTTON = "Preparar la renovación"


def press(client, case, person=None, follow=False):
    client.force_login(person or case.editor)
    return client.post(base(case) + "renovar/", follow=follow)


def read(client, address, person):
    client.force_login(person)
    return " ".join(client.get(address).content.decode().split())


def told(case, user, today):
    """What the application's page says on that day of what comes next."""
    held = Held(coming(case.certificate, today), of_plan(case, user, today), None)
    page = "certification/certificates/renewal/_coming.html"
    return " ".join(render_to_string(page, {"held": held, "application": case.application, "can_edit": True}).split())


def of_plan(case, user, today):
    employer = case.application.employer
    return waiting([employer], user, today)[employer.pk, case.application.standard.code]


def listed(case, user, today):
    """What the start page says on that day."""
    rows, more = held_by([case.application.employer], user, today)
    page = "certification/certificates/renewal/_held.html"
    return " ".join(render_to_string(page, {"rows": rows, "more": more}).split())


def act(case, **changes):
    said = {"employer": case.application.employer, "standard_code": case.application.standard.code}
    return ImprovementActionFactory(created_by=case.owner, **said, **changes)


def test_pressed_twice_leads_to_the_same_draft(client):
    case = awarded(DEI)
    first = press(client, case)
    opened = Renewal.objects.get().application
    assert first.url == press(client, case).url == f"/empresa/solicitudes/{opened.folio}/"
    assert (Application.objects.count(), opened.created_by) == (2, case.editor)
    page = read(client, base(case), case.editor)
    assert f"Seguir con la renovación {opened.folio}" in page
    assert BUTTON not in page


def test_who_may_press(client):
    case = awarded(DEI)
    assert press(client, case, case.reader).status_code == 403
    for person in (case.foreigner, case.manager, case.reviewer, case.decider):
        assert press(client, case, person).status_code == 404
    client.force_login(case.editor)
    assert client.get(base(case) + "renovar/").status_code == 405
    client.logout()
    assert client.post(base(case) + "renovar/").url.startswith("/cuenta/")
    assert not Renewal.objects.exists()
    assert "La renovación la prepara quien tiene permiso de edición." in read(client, base(case), case.reader)


def test_what_has_no_certificate_is_not_renewed(client):
    assert press(client, draft()).status_code == 404


def test_what_was_cancelled_is_refused_with_the_reason(client):
    case = awarded(DEI, status="cancelled")
    assert "se canceló: no se renueva" in press(client, case, follow=True).content.decode()
    assert BUTTON not in read(client, base(case), case.editor)
    assert not Renewal.objects.exists()


def test_dates_rules_and_plan_stand_together(client):
    case = awarded()
    act(case, due_on=TODAY - dt.timedelta(days=1))
    act(case, due_on=None)
    page = told(case, case.reader, TODAY)
    assert 'id="sigue"' in read(client, base(case), case.reader)
    for sentence in (
        "mar 2028",
        "desde el 1 ene 2028",
        "Se pide 100 % de los críticos y al menos 70 %",
        "Pídela a más tardar el 14 ene 2030",
        "Se pide al menos 60 días naturales antes de que venza.",
        "2 acciones abiertas",
        "Una ya venció",
    ):
        assert sentence in page


def test_a_working_value_says_so():
    def change(data):
        for one in (*data["deadlines"], data["surveillance"], data["renewal"]):
            one["confirmed"] = False
        data["confirmations"]["surveillance_months"]["confirmed"] = False

    standards.publish(revised(change, NMX), actor=None, at=AT)
    case = awarded()
    act(case)
    section = told(case, case.editor, TODAY)
    for value in ("mar 2028", "60", "100", "70", "10"):
        assert f'<span class="working">{value}</span>' in section
    assert '<span class="working">Pídela a más tardar el 14 ene 2030' in section


def test_the_start_page_lists_what_ends_first_and_not_what_is_over(client):
    case = awarded(valid_until=dt.date(2029, 5, 1))
    more = {"employer": case.application.employer, "holder": "Nuestra"}
    for status, day, folio in (
        ("in_force", dt.date(2028, 5, 1), "NMX25-2026-9001-A"),
        ("cancelled", dt.date(2028, 1, 1), "NMX25-2026-9002-B"),
    ):
        other = make_application(
            case.application.employer, case.application.standard, case.body, case.reviewer, "awarded"
        )
        CertificateFactory(application=other, folio=folio, status=status, valid_until=day, **more)
    page = listed(case, case.reader, TODAY)
    assert page.index("NMX25-2026-9001-A") < page.index(case.certificate.folio)
    assert "NMX25-2026-9002-B" not in page
    assert "NMX25-2026-9001-A" in read(client, reverse("workspace"), case.reader)
    assert "Pide la renovación a más tardar el 2 mar 2028" in page
    opened = renewed(case)
    page = read(client, reverse("workspace"), case.reader)
    assert f"Renovación {opened.folio}" in page
    Application.objects.filter(pk=opened.pk).update(
        state="awarded", submitted_at=AT, reviewer=case.reviewer, body=case.body
    )
    assert case.certificate.folio not in read(client, reverse("workspace"), case.reader)
    assert case.certificate.folio not in read(client, reverse("workspace"), case.foreigner)


def test_opening_another_one_warns_while_a_certificate_is_in_force(client):
    case = awarded(sites=["14"], valid_until=timezone.localdate() + dt.timedelta(days=300))
    address = reverse("application_create") + f"?norma=nmx-r-025-2015&empresa={case.application.employer_id}"
    page = read(client, address, case.editor)
    assert "Ya hay un certificado vigente de esta norma" in page
    assert f'href="{base(case)}#sigue"' in page
    assert "Sitio 1" in page
    case.certificate.status = "cancelled"
    case.certificate.save(update_fields=["status"])
    assert "Ya hay un certificado vigente" not in read(client, address, case.editor)


def cost(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_many_certificates_cost_no_query_more(client):
    case = awarded()
    create = reverse("application_create") + f"?norma=nmx-r-025-2015&empresa={case.application.employer_id}"
    pages = [reverse("workspace"), create, base(case)]
    client.force_login(case.editor)
    [client.get(page) for page in pages]
    few = [cost(client, page) for page in pages]
    for number in range(11):
        other = make_application(
            case.application.employer, case.application.standard, case.body, case.reviewer, "awarded"
        )
        certificate = CertificateFactory(application=other, sites=["14", "19"])
        assert certificate.employer == case.application.employer
        act(case, what=f"Acción {number}")
    assert [cost(client, page) for page in pages] <= [one + 1 for one in few]  # a count, once the list is full


def test_a_person_of_two_employers_sees_each_plan_beside_its_own(client):
    one, other = awarded(), awarded()
    MembershipFactory(employer=other.application.employer, user=one.editor)
    act(other)
    page = read(client, reverse("workspace"), one.editor)
    assert (page.count("Una acción abierta"), page.count("Sin acciones abiertas")) == (1, 1)


def test_after_the_award_only_the_verified_level_is_told(client):
    case = awarded()
    client.force_login(case.reader)
    page = client.get(f"/empresa/solicitudes/{case.application.folio}/").content.decode()
    assert "Nivel verificado:" in page
    assert "Según tus respuestas" not in page
    assert "alcanzarías" not in page
    assert "Tus puntos" not in page
