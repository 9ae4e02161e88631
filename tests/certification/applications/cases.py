"""Drafts, and what a whole one needs."""

import re

from django.utils import timezone

from certification.applications.declaring import Evidence
from certification.applications.enums import State
from certification.applications.models import EvidenceUse, RequirementRecord
from tests.certification.evidence.factories import DocumentFactory, RevisionFactory
from tests.certification.review.factories import DECLARED, answer_all, make_case

SIGNS = {"accepted": "on", "name": DECLARED.name, "charge": DECLARED.charge}  # what the page of sending posts
NMX, DEI = "nmx-r-025-scfi-2015", "distintivo-ei"


def draft(name=DEI):
    return make_case(State.DRAFT, name=name, answered=False)


def complete_draft(name=DEI):
    """Everything answered, proved and dated today, so that it can be sent."""
    case = draft(name)
    answer_all(case.application, sent=False)
    records = RequirementRecord.objects.filter(application=case.application)
    records.update(issued_on=timezone.localdate(), reference="1/2026")
    prove_all(case)
    return case


def prove_all(case):
    document = DocumentFactory(employer=case.application.employer, created_by=case.owner)
    revision = RevisionFactory(document=document, created_by=case.owner)
    EvidenceUse.objects.bulk_create(
        EvidenceUse(
            application=case.application, item=criterion.code, document=document, revision=revision,
            created_at=timezone.now(), created_by=case.owner,
        )
        for criterion in case.application.standard.document.criteria
    )  # fmt: skip


def signed(digest):
    """Signs whatever it is given, for tests of what comes after."""
    return Evidence("test", {"digest": digest})


def base(case):
    return f"/empresa/solicitudes/{case.application.folio}/"


def shown(response):
    """The fields of a page, or of a fragment, that say which versions it shows, and its dates."""
    fields = r'name="((?!evidence-)[^"]*(?:version|-issued_on))"(?: value="([^"]*)")?'
    found = dict(re.findall(fields, response.content.decode()))
    assert found
    return found
