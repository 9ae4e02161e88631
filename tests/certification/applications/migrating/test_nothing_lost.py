"""Whatever a new version drops, renames or splits: every claim, note and paper has its place, or is kept to be read."""

import copy
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certification.applications.migrating.carrying import kept, without_place
from certification.applications.migrating.models import MigrationChoice
from certification.applications.models import Answer
from certification.applications.saving import save_answer
from certification.standards.document import StandardDocument, canonical_data
from tests.certification.amendments.factories import criteria_of
from tests.certification.applications.cases import NMX, complete_draft
from tests.certification.applications.migrating.versions import accept, go_back
from tests.certification.review.factories import AT
from tests.certification.standards.factories import document_of

OLD = document_of(NMX)
LATER = AT + dt.timedelta(hours=1)
PARTS = {part.code: tuple(item.code for item in part.sub_items) for part in OLD.criteria}
FATES = st.sampled_from(("stays", "stays", "goes", "renamed"))
CLAIMS = st.sampled_from(("met", "partly", "not_met", "not_applicable"))


def edited(fates, name="2030.1"):
    """The norm with each code gone, renamed or as it was: codes and all, whether or not its points add up."""
    data = copy.deepcopy(canonical_data(OLD)) | {"version": name}
    data.pop("cases", None)
    for section in data["sections"]:
        section["criteria"] = [one for one in section["criteria"] if fates[one["code"]] != "goes"] or section[
            "criteria"
        ]
        for criterion in section["criteria"]:
            if "sub_items" in criterion:
                criterion["sub_items"] = [one for one in criterion["sub_items"] if fates[one["code"]] != "goes"]
            for part in (criterion, *criterion.get("sub_items", ())):
                part["code"] = f"N{part['code']}" if fates[part["code"]] == "renamed" else part["code"]
    return StandardDocument.model_validate(data, strict=False)


@st.composite
def answered(draw):
    """Answers of all workplaces, and of one of them, to some criteria."""
    said = {}
    for code in draw(st.sets(st.sampled_from(sorted(PARTS)))):
        parts = draw(st.sets(st.sampled_from(PARTS[code] or (code,))))
        said[code] = {"claims": {part: draw(CLAIMS) for part in sorted(parts)}, "note": f"nota {code}"}
    return said


@given(st.fixed_dictionaries({code: FATES for part in PARTS for code in (part, *PARTS[part])}), answered(), answered())
@settings(max_examples=60, deadline=None)
def test_every_claim_has_a_place_or_is_kept(fates, general, own):
    new = edited(fates)
    place = {"name": "Bodega", "answers": {code: {**answer, "in_force": True} for code, answer in own.items()}}
    said = {"answers": general, "local": {"7": place}, "requirements": {}, "measures": {}, "evidence": {}}
    places = {part.code: {part.code, *(item.code for item in part.sub_items)} for part in new.criteria}
    found = {one.code: one for one in kept(OLD, new, said)}
    for where, answers in (("", general), (" — Bodega", own)):
        for criterion, answer in answers.items():
            for code, claim in answer["claims"].items():
                if code not in places.get(criterion, ()):
                    assert (f"{code}{where}", claim) in found[criterion].claims
            if criterion not in places:
                assert answer["note"] in found[criterion].notes


@given(st.fixed_dictionaries({code: FATES for part in PARTS for code in (part, *PARTS[part])}))
@settings(max_examples=30, deadline=None)
def test_codes_without_place_are_those_that_saving_drops(fates):
    new = edited(fates)
    staying = {part.code: {item.code for item in part.sub_items} for part in new.criteria}
    expected = {item for part, items in PARTS.items() if part in staying for item in items if item not in staying[part]}
    assert without_place(OLD, new) >= expected


def split(code):
    """A sub-item of a criterion goes; its points go to the first one."""

    def change(data):
        criterion = criteria_of(data)[code]
        *rest, last = criterion["sub_items"]
        if "points" in last:
            rest[0]["points"] = str(float(rest[0]["points"]) + float(last["points"]))
        criterion["sub_items"] = rest

    return change


@pytest.mark.django_db
def test_what_saving_dropped_comes_back():
    """Saving a criterion under the newer version writes what that one asks; going back puts the rest in its place."""
    from certification.applications.migrating import offering
    from certification.standards import actions as standards
    from tests.accounts.factories import UserFactory
    from tests.certification.amendments.factories import revised

    case = complete_draft(NMX)
    code = next(part for part, items in PARTS.items() if len(items) > 2)
    standards.publish(revised(split(code), name=NMX), actor=None, at=AT)
    offer = offering.offer(case.application.standard, note="", actor=UserFactory(manager=True), at=AT)
    before = Answer.objects.get(application=case.application, criterion=code).claims
    moved = accept(case, offer)
    left = dict.fromkeys(PARTS[code][:-1], "partly")
    save_answer(moved, code, claims=left, note="Otra.", seen_version=1, actor=case.editor, at=LATER)
    assert MigrationChoice.objects.get().said["answers"][code]["claims"] == before
    back = go_back(case, at=LATER)
    row = Answer.objects.get(application=back, criterion=code)
    assert row.claims == {**left, PARTS[code][-1]: "met"}
    assert (row.version, row.note) == (3, "Otra.")
