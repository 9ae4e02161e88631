"""Decided applications and certificates for tests."""

import datetime as dt
import hashlib

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from certification.applications.enums import State
from certification.applications.folios import check_character, next_folio
from certification.applications.models import Application, RequirementRecord
from certification.certificates.models import Certificate, CertificateSite, fold
from certification.certificates.names import index_names
from certification.review.enums import Outcome
from certification.review.models import Decision, Verdict
from certification.standards.enums import Claim
from certification.standards.models import Standard
from tests.accounts.factories import ReviewBodyFactory, UserFactory
from tests.certification.review.factories import send
from tests.certification.standards.factories import NMX, publish
from tests.employers.factories import EmployerFactory, MembershipFactory, WorkforceFiguresFactory, WorkplaceFactory

AT = dt.datetime(2026, 3, 16, 18, 0, tzinfo=dt.UTC)


def norm():
    """The norm of the data files, published."""
    return Standard.objects.filter(slug="nmx-r-025-2015").first() or publish(NMX, at=AT)


def decided_application(
    *, sites=1, outcome=Outcome.AWARD, level="simple", holder="Empresa Ejemplo, S.A. de C.V.", **employer
):
    """An application with everything verified as met, decided and not yet published."""
    owner, reviewer, decider = UserFactory(), UserFactory(reviewer=True), UserFactory(decider=True)
    employer = EmployerFactory(legal_name=holder, created_by=owner, **employer)
    MembershipFactory(employer=employer, user=owner, owner=True)
    standard, body = norm(), ReviewBodyFactory(accredited=True)
    decider.body_memberships.create(body=body)
    application = Application.objects.create(
        folio=next_folio("S", AT.date()), employer=employer, standard=standard, body=body, state=State.DECIDED,
        created_at=AT, created_by=owner, state_since=AT, submitted_at=AT, reviewer=reviewer, saved_at=AT,
    )  # fmt: skip
    _add_workplaces(application, sites)
    _verify(application, reviewer)
    send(application)
    Decision.objects.create(
        application=application, outcome=outcome, level=level if outcome == Outcome.AWARD else "",
        reason="Se verificó todo.", legal_basis="NMX-R-025-SCFI-2015", office="Comité de dictaminación",
        signatory_charge="Dirección General", appeal="Ante el organismo, en 15 días hábiles",
        reviewed_by=reviewer, decided_by=decider, decided_at=AT,
    )  # fmt: skip
    return application


def _add_workplaces(application, count):
    for number in range(1, count + 1):
        workplace = WorkplaceFactory(employer=application.employer, name=f"Centro {number}", address=f"Calle {number}")
        WorkforceFiguresFactory(workplace=workplace, updated_by=application.created_by)
        application.workplaces.add(workplace)


def _verify(application, reviewer):
    document = application.standard.document
    for part in document.participation_requirements:
        RequirementRecord.objects.create(
            application=application, requirement=part.code, issued_on=AT.date(), updated_at=AT,
            updated_by=application.created_by,
        )  # fmt: skip
    parts = (*document.participation_requirements, *document.criteria)
    Verdict.objects.bulk_create(
        Verdict(
            application=application, item=part.code, outcome=Claim.MET, updated_at=AT, reviewer=reviewer,
            claims={line.code: "met" for line in getattr(part, "sub_items", ()) or (part,)},
        )
        for part in parts
    )  # fmt: skip


class CertificateFactory(DjangoModelFactory):
    """A row of the register with one site, without a file. ``sites`` are INEGI keys of states."""

    class Meta:
        model = Certificate
        skip_postgeneration_save = True

    class Params:
        number = factory.Sequence(lambda n: n + 1)

    folio = factory.LazyAttribute(lambda o: _folio(o.number))
    application = factory.LazyFunction(lambda: _awarded_application())
    employer = factory.SelfAttribute("application.employer")
    standard = factory.SelfAttribute("application.standard")
    body = factory.SelfAttribute("application.body")
    holder = factory.Sequence(lambda n: f"Empresa de muestra {n}, S.A. de C.V.")
    holder_folded = factory.LazyAttribute(lambda o: fold(o.holder))
    standard_slug = factory.SelfAttribute("standard.slug")
    level = "plata"
    level_title = "Plata"
    sector = "privado"
    scian = "31-33"
    size = "mediana"
    state = "14"
    women = 12
    men = 18
    issued_on = dt.date(2026, 3, 16)
    valid_until = dt.date(2030, 3, 15)
    data = factory.LazyAttribute(lambda o: {"folio": o.folio, "gates": [], "legal": {"signatory_charge": "Dirección"}})
    digest = factory.LazyAttribute(lambda o: hashlib.sha256(o.folio.encode()).hexdigest())
    pdf = factory.LazyAttribute(lambda o: f"certificates/{o.digest}.pdf")
    pdf_sha256 = factory.SelfAttribute("digest")
    issued_at = AT
    issued_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def words(self, create, extracted, **kwargs):
        index_names([self])

    @factory.post_generation
    def sites(self, create, extracted, **kwargs):
        for number, state in enumerate(extracted or [self.state]):
            workplace = WorkplaceFactory(employer=self.employer, state=state, municipality=f"{state}001")
            CertificateSite.objects.create(
                certificate=self, workplace=workplace, name=f"Sitio {number + 1}", state=state,
                municipality=f"{state}001",
            )  # fmt: skip


def _folio(number):
    stem = f"NMX25-2026-{number:04d}"
    return f"{stem}-{check_character(stem)}"


def _awarded_application():
    user = UserFactory(reviewer=True)
    return Application.objects.create(
        folio=next_folio("S", timezone.localdate()), employer=EmployerFactory(created_by=user), standard=norm(),
        body=ReviewBodyFactory(), state=State.AWARDED, created_at=AT, created_by=user, state_since=AT,
        submitted_at=AT, reviewer=user, saved_at=AT,
    )  # fmt: skip
