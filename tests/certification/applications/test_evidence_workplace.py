"""One evidence serves all workplaces, unless it is said to serve one alone."""

import datetime as dt

import pytest

from accounts.refusals import ActionRefused
from certification.applications.attachments import attach_documents, attach_uploads, describe_use
from certification.applications.models import EvidenceUse
from tests.certification.applications.cases import base, draft
from tests.certification.applications.workplaces import several
from tests.certification.evidence import files
from tests.certification.evidence.factories import RevisionFactory, upload
from tests.certification.review.factories import use_of
from tests.employers.factories import WorkplaceFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 17, 12, tzinfo=dt.UTC)
CODE = "DEI-1.1"


@pytest.fixture
def case():
    case = several()
    EvidenceUse.objects.all().delete()
    return case


def place(case, name="Planta Norte"):
    return case.application.workplaces.get(name=name)


def attach(case, document, name=None):
    said = {"workplace": place(case, name) if name else None, "actor": case.editor, "at": AT}
    attach_documents(case.application, CODE, [document], **said)


def served():
    return [str(use.workplace or "todos") for use in EvidenceUse.objects.order_by("pk")]


@pytest.fixture
def document(case):
    return RevisionFactory(document__employer=case.application.employer, document__created_by=case.owner).document


def test_a_document_serves_each_workplace_it_is_attached_for_once(case, document):
    for name in ("Planta Norte", "Planta Sur", "Planta Norte"):
        attach(case, document, name)
    assert served() == ["Planta Norte", "Planta Sur"]


def test_what_serves_all_is_not_narrowed_by_attaching_it_for_one(case, document):
    attach(case, document)
    attach(case, document, "Planta Norte")
    assert served() == ["todos"]


def test_what_serves_one_can_come_to_serve_all(case, document):
    attach(case, document, "Planta Norte")
    attach(case, document)
    assert served() == ["Planta Norte", "todos"]


def test_files_are_attached_for_one_workplace(case):
    said = {"issued_on": None, "workplace": place(case), "actor": case.editor, "at": AT}
    attach_uploads(case.application, CODE, [upload("norte.pdf", files.pdf())], **said)
    assert served() == ["Planta Norte"]


def test_a_workplace_of_another_application_is_refused(case, document):
    other = WorkplaceFactory(employer=case.application.employer)
    with pytest.raises(ActionRefused, match="no es de esta solicitud"):
        attach_documents(case.application, CODE, [document], workplace=other, actor=case.editor, at=AT)
    use = use_of(case.application, CODE)
    with pytest.raises(ActionRefused, match="no es de esta solicitud"):
        describe_use(use, version=0, pointer="", shows="", workplace=other, actor=case.editor, at=AT)
    assert EvidenceUse.objects.get().workplace is None


def test_whom_it_serves_is_said_with_its_page_and_shown(case, client):
    use = use_of(case.application, CODE)
    client.force_login(case.editor)
    address = f"{base(case)}evidencia/{use.pk}/"
    assert "Todos los centros" in client.get(address).content.decode()
    sent = {"pointer": "p. 4", "shows": "La rampa", "workplace": place(case).pk}
    assert client.post(address, sent).url == f"{base(case)}criterios/{CODE}/centros/{place(case).pk}/"
    use.refresh_from_db()
    assert (use.pointer, use.workplace) == ("p. 4", place(case))
    back = client.post(address, {"pointer": "p. 4", "shows": "La rampa", "workplace": "", "version": 1})
    assert back.url == f"{base(case)}criterios/{CODE}/"
    client.post(address, sent | {"version": 2})
    assert "Sólo para Planta Norte" in client.get(f"{base(case)}criterios/{CODE}/").content.decode()


def test_a_workplace_of_somebody_else_is_not_offered(case, client):
    use, other = use_of(case.application, CODE), WorkplaceFactory()
    client.force_login(case.editor)
    page = client.post(f"{base(case)}evidencia/{use.pk}/", {"workplace": other.pk}).content.decode()
    assert other.name not in page
    assert EvidenceUse.objects.get().workplace is None


def test_the_same_document_cannot_serve_the_same_twice(case, client, document):
    attach(case, document, "Planta Norte")
    attach(case, document)
    narrow = EvidenceUse.objects.get(workplace=place(case))
    client.force_login(case.editor)
    page = client.post(f"{base(case)}evidencia/{narrow.pk}/", {"pointer": "p. 9", "shows": ""}).content.decode()
    assert "ya sirve para lo mismo" in page
    assert "p. 9" in page
    assert served() == ["Planta Norte", "todos"]


def test_one_workplace_is_not_asked_which(client):
    case = several(("Única",), case=draft())
    use = use_of(case.application, CODE)
    client.force_login(case.editor)
    assert "Todos los centros" not in client.get(f"{base(case)}evidencia/{use.pk}/").content.decode()
