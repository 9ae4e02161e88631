"""A draft is its employer's alone: every address, list, export and interface is asked by everybody else.

An address that is added later is asked, too: below ``PRIVATE`` it must answer 404, elsewhere it must not tell a word of
the draft. One with a parameter that nobody gave a value yet fails here until ``VALUES`` says what it stands for.
"""

import re

import pytest
from django.apps import apps
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from accounts.enums import Role
from certification.applications.models import Application
from certification.applications.owners.actions import assign
from certification.applications.plan.models import ImprovementAction
from certification.applications.spreadsheet.models import SheetUpload
from employers.models import Employer
from tests.accounts.factories import BodyMembershipFactory, UserFactory
from tests.certification.applications.cases import NMX, complete_draft
from tests.certification.review.factories import AT
from tests.employers.factories import InvitationFactory

pytestmark = pytest.mark.django_db
ASKED, TOLD = "Secreto", "quetzalino"  # who asks for the first word must not be told the second
SECRET = f"{ASKED} {TOLD}"
PRIVATE = ("empresa/", "revision/")
# Below a private address, and open on purpose: the link of an invitation is its own key, and these name nobody.
OPEN = {"invitation_accept", "workspace", "employer_create", "join_request", "application_create", "own_practice_list"}
OPEN |= {"practice_create", "review_list"}
ANYWHERE = {"slug", "token", "key", "verb", "action", "uidb36", "date", "client_id", "provider"}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
ROLES = [*Role, None, "all"]


def routes(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern).removeprefix("^").removesuffix(r"\Z")
        if isinstance(entry, URLPattern):
            yield entry.name or "", route
        elif not route.startswith("cuenta/"):  # one's own account, from allauth: it knows nothing of employers
            yield from routes(entry, route)


@pytest.fixture
def case():
    """A draft with every kind of thing that can hang on one, each with the word that nobody may read."""
    case = complete_draft(NMX)
    employer = case.application.employer
    Employer.objects.filter(pk=employer.pk).update(legal_name=f"{SECRET} S.A.", trade_name=SECRET)
    employer.workplaces.update(name=f"{SECRET} Norte", address=SECRET)
    employer.documents.update(title=SECRET)
    case.application.answers.update(note=SECRET)
    case.application.requirement_records.update(reference=SECRET)
    case.application.measure_claims.update(note=SECRET)
    case.application.evidence_uses.update(pointer=SECRET, shows=SECRET)
    assign(case.application, ["R01"], employer.memberships.first().pk, actor=case.owner, at=AT)
    said = {"employer": employer, "standard_code": case.application.standard.code, "created_by": case.owner}
    ImprovementAction.objects.create(what=SECRET, created_at=AT, **said)
    sheet = {"name": SECRET, "exported_at": AT, "uploaded_at": AT, "uploaded_by": case.owner}
    SheetUpload.objects.create(application=case.application, **sheet)
    InvitationFactory(employer=employer, invited_by=case.owner)
    return case


def values_of(case):
    """What stands for each parameter: by the words before it in the address, then by its name alone."""
    application, employer = case.application, case.application.employer
    use = application.evidence_uses.first()
    return {
        "documentos/<int:pk>": use.document_id,
        "hoja/<int:pk>": SheetUpload.objects.get().pk,
        "evidencia/<int:pk>": use.pk,
        "empresa/practicas/<int:pk>": 1,
        "folio": application.folio,
        "pk": employer.pk,
        "employer": employer.pk,
        "workplace_pk": application.workplaces.first().pk,
        "workplace": application.workplaces.first().pk,
        "member_pk": employer.memberships.first().pk,
        "invitation_pk": employer.invitations.first().pk,
        "action_pk": ImprovementAction.objects.get().pk,
        "code": "R01",
        "item": "R01",
        "number": 1,
        "page": 1,
        "year": timezone.localdate().year,
        "user_pk": case.owner.pk,
        **dict.fromkeys(ANYWHERE, application.standard.slug),
    }


def address_of(route, values):
    """The address with the values put in; KeyError for a parameter that has none."""
    for place in sorted(values, key=len, reverse=True):
        if "<" in place:
            route = route.replace(place, PARAMETER.sub(str(values[place]), place))
    return "/" + PARAMETER.sub(lambda found: str(values[found.group(1)]), route)


def person_of(case, role):
    """Staff with every right but membership of the employer; None is somebody of another employer."""
    if role is None:
        return case.foreigner
    person = UserFactory(role=Role.MANAGER if role == "all" else role)
    BodyMembershipFactory(user=person, body=case.body)
    if role == "all":
        person.groups.set(UserFactory(role=one).groups.get() for one in Role)
    return person


def test_every_parameter_has_a_value(case):
    values = values_of(case)
    unknown = {name for name, route in routes() for key in PARAMETER.findall(route) if key not in values}
    assert unknown == set(), "Say in values_of what the new parameter stands for."


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_finds_any_page_of_a_draft(client, case, role, method):
    client.force_login(person_of(case, role))
    client.raise_request_exception = False
    values, found = values_of(case), {}
    for name, route in routes():
        if not route.startswith(PRIVATE) or name in OPEN:
            continue
        answer = getattr(client, method)(address_of(route, values))
        if answer.status_code not in {404, 405}:
            found[route] = answer.status_code
    assert found == {}
    assert Application.objects.get().state == "draft"


@pytest.mark.parametrize("role", ROLES)
def test_no_list_export_or_interface_tells_of_a_draft(client, case, role):
    client.force_login(person_of(case, role))
    values, asked, folio = values_of(case), [], case.application.folio
    for name, route in routes():
        if route.startswith(PRIVATE) and name not in OPEN:
            continue
        address = address_of(route, values)
        for query in ("", f"?q={ASKED}&estado=todas"):
            text = b"".join(client.get(address + query)).decode(errors="replace")
            assert TOLD not in text, address
            assert folio not in text or folio in address, address  # a page may repeat the folio that was typed
            asked.append(address)
    assert len(asked) > 60


@pytest.mark.parametrize("role", ROLES)
def test_no_query_set_gives_a_row_of_a_draft(case, role):
    person, asked = person_of(case, role), set()
    for model in apps.get_models():
        visible_to = getattr(model._default_manager, "visible_to", None)
        if visible_to and model.__module__.startswith(("certification", "employers")):
            of_others = {"pk" if model is Employer else "employer": case.foreigner.memberships.get().employer_id}
            known = model is Employer or any(field.name == "employer" for field in model._meta.fields)
            rows = visible_to(person).exclude(**of_others) if known else visible_to(person)
            assert not rows.exists(), model
            asked.add(model.__name__)
    assert asked >= {
        "Application",
        "Document",
        "Employer",
        "Workplace",
        "ItemOwner",
        "ImprovementAction",
        "SheetUpload",
    }
