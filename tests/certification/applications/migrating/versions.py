"""Drafts whose standard has a newer version, offered by a manager."""

from certification.applications.migrating import actions, offering
from certification.standards import actions as standards
from tests.accounts.factories import UserFactory
from tests.certification.amendments.factories import revised
from tests.certification.applications.cases import complete_draft
from tests.certification.review.factories import AT


def newer(change=None, version="2030.1"):
    return standards.publish(revised(change, version=version), actor=None, at=AT)[0]


def offered(change=None, case=None, note=""):
    """A complete draft, and the offer of a version changed so."""
    case = case or complete_draft()
    newer(change)
    offer = offering.offer(case.application.standard, note=note, actor=UserFactory(manager=True), at=AT)
    return case, offer


def accept(case, offer, at=AT):
    application = case.fresh()
    said = {"seen_version": application.version, "actor": case.editor, "at": at}
    actions.accept(application, offer=offer.pk, **said)
    return application


def go_back(case, at=AT):
    application = case.fresh()
    actions.go_back(application, seen_version=application.version, actor=case.editor, at=at)
    return application
