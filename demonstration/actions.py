"""Fills an empty demonstration database: people, employers, applications in every state, certificates, practices."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import yaml
from django.db import transaction

from accounts.models import User
from certification.applications import actions as applications
from certification.certificates.actions import change_status
from certification.certificates.models import Certificate
from certification.standards.models import Standard
from demonstration.amendment import propose_amendment
from demonstration.differing import differ
from demonstration.employers import YEARS_BACK, Seeded, make_employers
from demonstration.letters import add_letters
from demonstration.people import address, make_staff
from demonstration.plan import make_plan
from demonstration.road import Road
from demonstration.workforce import doubt_some
from employers.models import Employer
from good_practices import actions as practices
from good_practices.models import Practice

SEED = 20261103
PRACTICES = Path(__file__).parent / "data" / "practices.yaml"
CERTIFICATES = 32
SPECIAL = {3: "suspend", 11: "cancel", 19: "suspend"}  # by the order of issuing
REASONS = {
    "suspend": "No se realizó la vigilancia en el plazo; se avisó dos veces al centro de trabajo.",
    "cancel": "Dejó de cumplir requisitos críticos y no los corrigió en el plazo dado.",
}


def is_seeded() -> bool:
    return User.objects.filter(email=address("gestion")).exists()


@transaction.atomic
def seed(*, at: dt.datetime) -> None:
    """Fill the database, the same way each time for the same day ``at``. The standards must be published."""
    chance = random.Random(SEED)  # noqa: S311 - demonstration data, not secrets
    registered = at - timedelta(days=YEARS_BACK * 365)
    staff = make_staff(registered)
    standards = {one.document.folio_prefix: one for one in Standard.objects.in_force()}
    seeded = make_employers(chance, registered)
    # Before anything is sent: what was sent holds the figures. One prepares its application, the other is reviewed.
    asked = [workplace for number in (32, 36) for workplace in seeded[number].workplaces]
    doubt_some(asked, year=at.year, at=at - timedelta(days=30))
    issued = _certificates(chance, seeded, standards, staff, at=at)
    _in_every_state(chance, seeded, standards, staff, at=at)
    for number, action in SPECIAL.items():
        change_status(
            issued[number], action, reason=REASONS[action], actor=staff["gestion"], at=at - timedelta(days=20 + number)
        )
    _practices(chance, issued, staff, at)
    example = Practice.objects.published().order_by("slug").values_list("slug", flat=True)[0]
    for number, prefix in ((0, "NMX25"), (0, "DEFR"), (32, "NMX25")):
        make_plan(seeded[number], standards[prefix], practice=example, at=at)
    propose_amendment(standards["DEI"], staff, at=at)


def _certificates(
    chance: random.Random,
    seeded: list[Seeded],
    standards: dict[str, Standard],
    staff: dict[str, User],
    *,
    at: dt.datetime,
) -> list[Certificate]:
    """One certificate for each of the first 32 employers, half of the norm; five of them have expired."""
    prefixes = ("NMX25", "DEFR", "NMX25", "DEI", "NMX25", "MEXSTI")
    issued = []
    for number in range(CERTIFICATES):
        prefix = prefixes[number % len(prefixes)]
        years = 5 if number % 7 == 6 else chance.choice([0, 0, 1])
        start = at - timedelta(days=years * 365 + chance.randrange(40, 320))
        road = Road(seeded[number], standards[prefix], staff, start, chance, strength=0.93, measures=number % 4)
        certificate = road.to_certificate()
        if certificate:
            issued.append(certificate)
    return issued


def _in_every_state(
    chance: random.Random,
    seeded: list[Seeded],
    standards: dict[str, Standard],
    staff: dict[str, User],
    *,
    at: dt.datetime,
) -> None:
    """Applications under way, for the employers without a certificate and a few that renew."""

    def road(employer: int, prefix: str, days_ago: int, strength: float = 0.9) -> Road:
        start = at - timedelta(days=days_ago)
        return Road(seeded[employer], standards[prefix], staff, start, chance, strength=strength, measures=2)

    road(0, "DEFR", 6).answer(0.4)
    add_letters(road(32, "NMX25", 17).answer(0.6).application, at=at)
    road(33, "NMX25", 4)
    road(34, "NMX25", 9).answer().submit()
    road(35, "DEI", 8).answer().submit()
    differ(road(36, "NMX25", 18).answer()).submit().assign().verify(0.4)
    road(37, "DEFR", 30).answer().submit().assign().verify(0.2)
    road(38, "NMX25", 20, 0.75).answer().submit().assign().verify().observe()
    road(39, "NMX25", 24).answer().submit().assign().verify().recommend()
    road(40, "MEXSTI", 26).answer().submit().assign().verify().recommend()
    road(41, "NMX25", 27).answer().submit().assign().verify().recommend().decide()
    road(42, "NMX25", 60, 0.35).to_certificate()
    road(43, "DEI", 50).answer(0.5).withdraw("Cambiamos de domicilio y preferimos esperar.")
    road(1, "NMX25", 220).answer(0.3)
    differ(road(38, "DEI", 12).answer(0.7))
    applications.lapse_overdue(at=at)


def _practices(chance: random.Random, issued: list[Certificate], staff: dict[str, User], at: dt.datetime) -> None:
    """Publish sixty practices of certified employers; two wait for the editors and one was returned."""
    texts = yaml.safe_load(PRACTICES.read_text(encoding="utf-8"))
    proving = [one for one in issued if one.public_status((at - timedelta(days=1)).date()) == "in_force"]
    told: Counter[int] = Counter()
    for number, text in enumerate(texts):
        certificate = _teller(proving, text, told)
        when = at - timedelta(days=chance.randrange(1, 38), minutes=number)
        _practice(certificate, text, staff["edicion"], when)
    waiting = [_practice(_teller(proving, text, told), text, None, at) for text in texts[:3]]
    practices.return_practice(
        practice=waiting[0],
        comment="Se entiende bien qué hicieron; falta decir cuánto costó, aunque sea aproximado.",
        version=waiting[0].version,
        actor=staff["edicion"],
        at=at,
    )


def _teller(proving: list[Certificate], text: dict[str, str], told: Counter[int]) -> Certificate:
    """The certificate, of an employer of the practice's sector, that told the fewest practices so far."""
    fitting = [one for one in proving if one.employer.scian == text["scian"]] or proving
    chosen = min(fitting, key=lambda one: told[one.pk])
    told[chosen.pk] += 1
    return chosen


def _practice(certificate: Certificate, text: dict[str, str], editor: User | None, at: dt.datetime) -> Practice:
    """Write and propose a practice; with an editor it is published too. Without one it is a second version of it."""
    owner = _owner(certificate.employer)
    fields = {name: text[name] for name in practices.TEXTS}
    if editor is None:
        fields["title"] = f"{fields['title']}: segundo año"[:150]
    practice = practices.start_practice(
        certificate=certificate, texts=fields, token=practices.new_token(), actor=owner, at=at
    )
    practices.propose(practice=practice, has_consent=True, version=practice.version, actor=owner, at=at)
    practice.refresh_from_db()
    if editor:
        practices.publish(practice=practice, version=practice.version, actor=editor, at=at)
    return practice


def _owner(employer: Employer) -> User:
    return employer.memberships.get(role="owner", ended_at=None).user
