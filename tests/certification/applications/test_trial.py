"""The dry run of one application, without a database, and what was sent read back as it was scored."""

import datetime as dt

import pytest
from django.utils import timezone

from certification.applications import dossier as dossiers
from certification.applications import snapshot
from certification.applications.enums import State
from certification.applications.local_answers import save_local_answer
from certification.applications.trial import LEVELS, THRESHOLD, Basis, Past, Trial, facts_of
from certification.standards.document import fingerprint
from certification.standards.enums import Claim
from certification.standards.results import Facts, LocalClaims
from tests.certification.amendments.factories import (
    drop_criterion,
    rename_criterion,
    revised,
    set_criterion,
    together,
)
from tests.certification.applications.cases import NMX, complete_draft
from tests.certification.review.factories import AT, DECLARED, make_case
from tests.certification.standards.factories import DEI, document_of
from tests.employers.factories import WorkforceFiguresFactory, WorkplaceFactory

ON = dt.date(2026, 3, 16)
OWN = document_of(DEI)
SHORT = "DEI-1.2"  # 10 points, not critical


def facts(**claims):
    """Everything is met but what is named, by the last two digits of its code («c12» is DEI-1.2)."""
    said = {criterion.code: Claim.MET for criterion in OWN.criteria}
    said |= {f"DEI-{code[1]}.{code[2]}": value for code, value in claims.items() if value}
    return Facts(on=ON, claims={code: claim for code, claim in said.items() if claims.get(f"c{code[4]}{code[6]}", 1)})


def tried(draft, said, verified=None):
    key = fingerprint(OWN)
    return Trial(draft, {key: OWN}).of(Past("S-1", key, said, verified))


def test_nobody_changes_level_where_nothing_changes():
    found = tried(revised(), facts(c12=Claim.NOT_MET))
    assert found.applications == 1
    assert (found.changes, found.causes, found.gone) == ([], {}, {})
    assert found.moves == {("claimed", "otorgado", "otorgado"): 1}


def test_who_falls_and_why():
    found = tried(revised(set_criterion(SHORT, critical=True)), facts(c12=Claim.PARTLY, c31=Claim.NOT_MET))
    (change,) = found.changes
    assert (change.name, change.basis, change.version) == ("S-1", "claimed", OWN.version)
    assert (change.level_before, change.level_after) == ("otorgado", "")
    assert (change.points_before, change.points_after) == ("85", "85")
    assert change.causes == (SHORT,)  # DEI-3.1 is as short as before
    assert found.causes == {SHORT: 1}


def test_who_rises_and_why():
    found = tried(revised(set_criterion("DEI-1.1", critical=False)), facts(c11=Claim.NOT_MET, c12=Claim.NOT_MET))
    assert [(one.level_before, one.level_after, one.causes) for one in found.changes] == [
        ("", "otorgado", ("DEI-1.1",))
    ]


@pytest.mark.parametrize(
    ("change", "said", "expected"),
    [
        (lambda data: data.update(threshold="90"), facts(c12=Claim.NOT_MET, c22=Claim.NOT_MET), (THRESHOLD,)),
        (
            lambda data: data["levels"][0].update(min_points="90"),
            facts(c12=Claim.NOT_MET, c22=Claim.NOT_MET),
            (LEVELS,),
        ),
        (
            together(set_criterion("DEI-3.1", max_points="1"), set_criterion("DEI-3.2", max_points="19")),
            facts(c12=Claim.NOT_MET, c22=Claim.NOT_MET, c32=Claim.NOT_MET),
            ("DEI-3.2",),
        ),
        (rename_criterion("DEI-2.1", "DEI-9.9"), facts(), ("DEI-9.9",)),
    ],
    ids=["threshold", "level", "weights", "another code"],
)
def test_causes(change, said, expected):
    assert [one.causes for one in tried(revised(change), said).changes] == [expected]


def test_what_cannot_be_carried_is_told_also_of_who_stays():
    found = tried(revised(drop_criterion(SHORT, "DEI-1.1")), facts())
    assert found.changes == []
    assert found.gone == {SHORT: 1}
    assert tried(revised(drop_criterion(SHORT, "DEI-1.1")), facts(c12=None)).gone == {}


def test_what_only_a_workplace_says_counts_as_said():
    said = Facts(on=ON, local={SHORT: (LocalClaims("Planta", {SHORT: Claim.MET}),)}, workplaces=2)
    assert tried(revised(drop_criterion(SHORT, "DEI-1.1")), said).gone == {SHORT: 1}


def test_what_was_verified_is_tried_besides():
    draft = revised(set_criterion(SHORT, critical=True))
    found = tried(draft, facts(), verified=facts(c12=Claim.NOT_MET))
    assert found.verified == 1
    assert [(one.basis, one.level_after) for one in found.changes] == [(Basis.VERIFIED.value, "")]


def test_findings_add_up():
    draft = revised(set_criterion(SHORT, critical=True))
    found = tried(draft, facts(c12=Claim.NOT_MET))
    found += tried(draft, facts())
    data = found.as_data()
    assert (data["applications"], data["changed"], data["causes"]) == (2, 1, {SHORT: 1})
    assert [(one["before"], one["after"], one["count"]) for one in data["moves"]] == [
        ("otorgado", "", 1),
        ("otorgado", "otorgado", 1),
    ]
    assert [one["name"] for one in data["changes"]] == ["S-1"]
    assert found.as_data(most=0)["changes"] == []


def sent(application):
    loaded = dossiers.load(application, timezone.localdate(AT))
    return loaded, snapshot.take(loaded, declaration=DECLARED, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [DEI, NMX])
def test_what_was_sent_reads_back_as_it_was_scored(name):
    loaded, text = sent(make_case(State.SUBMITTED, name=name).application)
    assert facts_of(text) == loaded.facts


@pytest.mark.django_db
def test_workplaces_read_back_with_their_own_answers_and_figures():
    case = complete_draft()
    workplace = WorkplaceFactory(employer=case.application.employer, name="Bodega")
    WorkforceFiguresFactory(workplace=workplace, year=2025, women=3, men=4, updated_by=case.owner)
    case.application.workplaces.add(workplace)
    own = {"claims": {SHORT: "partly"}, "note": "", "seen": None, "actor": case.owner, "at": AT}
    save_local_answer(case.application, workplace, SHORT, **own)
    loaded, text = sent(case.fresh())
    assert loaded.facts.local
    assert loaded.facts.figures["plantilla_mujeres"] == 53
    assert facts_of(text) == loaded.facts
