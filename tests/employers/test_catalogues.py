from collections import Counter

import pytest

from employers import catalogues
from employers.models import Employer, Workplace
from tests.employers.factories import EmployerFactory, MembershipFactory, UserFactory, WorkplaceFactory

COUNTS = {
    "01": 11,
    "02": 7,
    "03": 5,
    "07": 124,
    "09": 16,
    "12": 85,
    "14": 125,
    "15": 125,
    "20": 570,
    "21": 217,
    "30": 212,
}


def test_every_state_has_its_municipalities():
    found = Counter(key[:2] for key in catalogues.municipalities())
    assert set(found) == set(catalogues.states())
    assert {key: found[key] for key in COUNTS} == COUNTS
    assert sum(found.values()) == 2478


def test_keys_have_five_digits_and_names_are_whole():
    for key, name in catalogues.municipalities().items():
        assert len(key) == 5, key
        assert key.isdigit(), key
        assert name == name.strip(), key
        assert len(name) > 1, key


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("14039", "Guadalajara"),
        ("02006", "San Quintín"),
        ("02007", "San Felipe"),
        ("12083", "Ñuu Savi"),
        ("10021", "Peñón Blanco"),
        ("31050", "Mérida"),
        ("09015", "Cuauhtémoc"),
    ],
)
def test_names_have_their_accents(key, name):
    assert catalogues.municipality_name(key) == name


def test_municipalities_are_listed_as_a_spanish_reader_expects():
    names = [name for _, name in catalogues.municipalities_of("09")]
    assert names[:3] == ["Álvaro Obregón", "Azcapotzalco", "Benito Juárez"]
    assert len(catalogues.municipalities_of("20")) == 570


@pytest.mark.parametrize(
    ("scian", "people", "size"),
    [
        ("31-33", 10, "micro"),
        ("31-33", 50, "pequena"),
        ("31-33", 250, "mediana"),
        ("31-33", 251, "grande"),
        ("46", 31, "mediana"),
        ("62", 101, "grande"),
        ("11", 51, "mediana"),
    ],
)
def test_size_is_of_the_people_in_the_open_workplaces(db, scian, people, size):
    employer = EmployerFactory(scian=scian)
    WorkplaceFactory(employer=employer, women=people - 3, men=1)
    WorkplaceFactory(employer=employer, women=1, men=1)
    WorkplaceFactory(employer=employer, women=500, men=500, closed=True)
    assert (employer.headcount, employer.size.code) == (people, size)


def test_an_employer_is_seen_once_and_only_by_its_people(db):
    user, other = UserFactory(), UserFactory()
    employer = EmployerFactory(owner=user)
    MembershipFactory(employer=employer)
    MembershipFactory(employer=employer, user=other, ended=True)
    workplace = WorkplaceFactory(employer=employer)
    assert list(Employer.objects.visible_to(user)) == [employer]
    assert list(Workplace.objects.visible_to(user)) == [workplace]
    assert list(Employer.objects.visible_to(other)) == []
    assert list(Workplace.objects.visible_to(other)) == []
