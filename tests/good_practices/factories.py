"""Certificates and practices for tests, built row by row."""

import hashlib

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from certification.applications.enums import State
from certification.applications.models import Application
from certification.standards.models import Standard
from good_practices.enums import PracticeState
from good_practices.models import Practice
from good_practices.search import index_practice
from tests.accounts.factories import ReviewBodyFactory, UserFactory
from tests.certification.certificates import factories as certificates
from tests.employers.factories import EmployerFactory


class StandardFactory(DjangoModelFactory):
    class Meta:
        model = Standard

    code = factory.Sequence(lambda n: f"PRUEBA-{n}")
    slug = factory.Sequence(lambda n: f"prueba-{n}")
    version = "1"
    title = "Norma de prueba"
    kind = "norma_mexicana"
    fingerprint = factory.Sequence(lambda n: hashlib.sha256(f"norma {n}".encode()).hexdigest())
    content = factory.LazyFunction(dict)
    published_at = factory.LazyFunction(timezone.now)


class AwardedApplicationFactory(DjangoModelFactory):
    class Meta:
        model = Application

    folio = factory.Sequence(lambda n: f"S-2026-{n:04}-K")
    employer = factory.SubFactory(EmployerFactory)
    standard = factory.SubFactory(StandardFactory)
    body = factory.SubFactory(ReviewBodyFactory)
    state = State.AWARDED
    created_at = state_since = submitted_at = saved_at = factory.LazyFunction(timezone.now)
    created_by = factory.SelfAttribute("employer.created_by")
    reviewer = factory.SubFactory(UserFactory, reviewer=True)


class CertificateFactory(certificates.CertificateFactory):
    """Of an application whose standard has no content: practices read none of it."""

    employer = factory.SubFactory(EmployerFactory)
    application = factory.SubFactory(AwardedApplicationFactory, employer=factory.SelfAttribute("..employer"))
    holder = factory.SelfAttribute("employer.legal_name")
    issued_by = factory.SelfAttribute("employer.created_by")


class PracticeFactory(DjangoModelFactory):
    """A whole draft. Traits: proposed, returned, published (and in the search), withdrawn."""

    class Meta:
        model = Practice
        skip_postgeneration_save = True

    class Params:
        consented = factory.Trait(
            consented_at=factory.LazyFunction(timezone.now), consented_by=factory.SelfAttribute("created_by")
        )
        proposed = factory.Trait(state=PracticeState.PROPOSED, consented=True)
        returned = factory.Trait(state=PracticeState.RETURNED, consented=True, comment="Di cuánto costó.")
        withdrawn = factory.Trait(state=PracticeState.WITHDRAWN)
        published = factory.Trait(
            state=PracticeState.PUBLISHED,
            consented=True,
            published_at=factory.LazyFunction(timezone.now),
            published_by=factory.SubFactory(UserFactory, editor=True),
        )

    slug = factory.Sequence(lambda n: f"practica-{n}")
    certificate = factory.SubFactory(CertificateFactory)
    employer = factory.SelfAttribute("certificate.employer")
    title = "Horario flexible en planta"
    topic = "conciliacion"
    subtopic = "horarios"
    problem = "Nadie podía cambiar su turno."
    action = "Cada célula arma su rol con cuatro semanas de anticipación."
    cost = "Veinticuatro horas del comité."
    result = "El ausentismo bajó a la mitad."
    entity = factory.SelfAttribute("certificate.state")
    sector = factory.SelfAttribute("certificate.sector")
    size = factory.SelfAttribute("certificate.size")
    created_at = factory.LazyFunction(timezone.now)
    created_by = factory.SelfAttribute("employer.created_by")

    @factory.post_generation
    def indexed(self, create, _extracted, **_kwargs):
        if create and self.state == PracticeState.PUBLISHED:
            index_practice(self)
