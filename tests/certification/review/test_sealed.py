"""The programme sees the masked copy; the original only with a reason, which the employer reads. All roles ask."""

import pytest
from django.urls import reverse

from audit.models import Event
from certification.applications.enums import State
from certification.evidence import masking
from certification.evidence.models import Revision
from tests.certification.evidence import files
from tests.certification.evidence.test_sightings import CURP
from tests.certification.review.factories import AT, LATER, make_case, stored_use_of

pytestmark = pytest.mark.django_db
ITEM = "DEI-1.1"
DATA = files.pdf_saying(f"Plantilla de {CURP}")
WHY = {"reason": "La firma no se ve en la copia."}
STAFF, MEMBERS = ("reviewer", "decider", "manager"), ("owner", "editor", "reader")
OTHERS = ("other_reviewer", "other_decider", "foreigner", "anonymous")


@pytest.fixture
def case():
    return make_case(State.RECOMMENDED)


@pytest.fixture
def use(case):
    """The use of a file that was sent as it was, and masked since."""
    use = stored_use_of(case.application, ITEM, content=DATA)
    masking.mask(use.revision, actor=case.owner, at=LATER)
    return use


@pytest.fixture
def address(case, use):
    def address(name, *more):
        return reverse(name, args=[case.application.folio, use.pk, *more])

    return address


def as_who(client, case, who):
    client.logout()
    if who != "anonymous":
        client.force_login(getattr(case, who))


def content(response):
    return b"".join(response.streaming_content)


def opened():
    return list(Event.objects.filter(action="original_opened").order_by("pk"))


@pytest.mark.parametrize("who", STAFF)
def test_programme_downloads_the_copy(client, case, use, address, who):
    as_who(client, case, who)
    downloaded = content(client.get(address("evidence_file")))
    assert downloaded != DATA
    assert len(downloaded) == use.revision.masked.size
    seen = Event.objects.filter(action="evidence_seen", actor=getattr(case, who)).get()
    assert seen.data["revision"] == 2


def test_pages_and_text_are_those_of_the_copy(client, case, use, address):
    as_who(client, case, "reviewer")
    page = client.get(reverse("review_item", args=[case.application.folio, ITEM])).text
    assert "Con datos personales tapados" in page
    assert address("evidence_original") in page
    viewer = client.get(address("evidence_view"), {"q": "Plantilla"}).text
    assert CURP not in viewer
    assert "El original está sellado." in viewer
    assert address("evidence_original") in viewer
    assert 'minlength="15"' in viewer
    assert client.get(address("evidence_page", 1)).content
    assert CURP not in page


@pytest.mark.parametrize("who", STAFF)
def test_original_opens_with_a_reason_each_time_and_is_told(client, case, use, address, who):
    as_who(client, case, who)
    for _time in range(2):
        assert content(client.post(address("evidence_original"), WHY)) == DATA
    assert [(event.actor, event.reason, event.data["revision"]) for event in opened()] == [
        (getattr(case, who), WHY["reason"], 1)
    ] * 2
    as_who(client, case, "owner")
    page = client.get(reverse("document_detail", args=[use.document_id])).text
    assert page.count(f"«{WHY['reason']}»") == 2


NONE, SHORT = "Escribe por qué necesitas ver el original", "Dilo en una frase, con varias palabras y 15 letras o más"
HOLLOW = ["x", "a" * 15, "  la firma no va  ", "\u200b" * 14 + " \u200b", ". . . . . . . . .", "a" * 15 + " ."]
NO_REASONS = [("", NONE), ("   ", NONE), *((reason, SHORT) for reason in HOLLOW)]


@pytest.mark.parametrize(("reason", "sentence"), NO_REASONS)
def test_original_stays_shut_without_a_sentence_and_says_so_beside_the_field(
    client, case, use, address, reason, sentence
):
    stored_use_of(case.application, ITEM, name="otro.pdf", content=files.pdf())
    as_who(client, case, "reviewer")
    response = client.post(address("evidence_original"), {"reason": reason})
    assert response.status_code == 422
    form = response.text.partition(address("evidence_original"))[2].partition("</form>")[0]
    assert sentence in form
    assert 'aria-describedby="original-nota original-error"' in form
    assert f">{reason}</textarea>" in form
    assert opened() == []


@pytest.mark.parametrize("who", [*OTHERS, *MEMBERS])
def test_nobody_else_opens_it_so(client, case, use, address, who):
    as_who(client, case, who)
    response = client.post(address("evidence_original"), WHY)
    assert response.status_code == (302 if who == "anonymous" else 404)
    assert opened() == []


@pytest.mark.parametrize("who", [*STAFF, *OTHERS])
def test_the_library_is_no_way_round(client, case, use, who):
    as_who(client, case, who)
    for number in (1, 2):
        response = client.get(reverse("document_download", args=[use.document_id, number]))
        assert response.status_code == (302 if who == "anonymous" else 404)


@pytest.mark.parametrize("who", MEMBERS)
def test_its_own_people_open_both(client, case, use, address, who):
    as_who(client, case, who)
    assert content(client.get(reverse("document_download", args=[use.document_id, 1]))) == DATA
    assert content(client.get(address("evidence_file"))) == DATA
    assert content(client.get(reverse("document_download", args=[use.document_id, 2]))) != DATA


def test_get_opens_nothing(client, case, use, address):
    as_who(client, case, "reviewer")
    assert client.get(address("evidence_original")).status_code == 405
    assert opened() == []


def test_file_without_a_masked_copy_has_no_original(client, case):
    use = stored_use_of(case.application, ITEM, content=files.pdf())
    as_who(client, case, "reviewer")
    url = reverse("evidence_original", args=[case.application.folio, use.pk])
    assert client.post(url, WHY).status_code == 404
    assert opened() == []


def test_reason_of_the_employer_is_read_beside_the_file(client, case):
    use = stored_use_of(case.application, ITEM, content=DATA)
    masking.say_needed(use.revision, reason="El IMSS lo pide.", actor=case.owner, at=AT)
    as_who(client, case, "reviewer")
    page = client.get(reverse("review_item", args=[case.application.folio, ITEM])).text
    assert "1 CURP en la página 1." in page
    assert "«El IMSS lo pide.»" in page


def test_draft_points_at_the_copy_and_the_programme_gets_nothing_else(client):
    case = make_case(State.DRAFT)
    use = stored_use_of(case.application, ITEM, content=DATA)
    copy = masking.mask(use.revision, actor=case.owner, at=LATER)
    use.refresh_from_db()
    assert use.revision == copy


def test_questions_do_not_grow_with_the_documents(client, case, use, django_assert_max_num_queries):
    as_who(client, case, "reviewer")
    url = reverse("review_item", args=[case.application.folio, ITEM])
    counts = []
    for _size in range(2):
        client.get(url)
        with django_assert_max_num_queries(60) as asked:
            client.get(url)
        counts.append(len(asked))
        more = stored_use_of(case.application, ITEM, f"otra{_size}.pdf", files.pdf_saying(f"{CURP} {_size}"))
        masking.mask(more.revision, actor=case.owner, at=LATER)
    assert counts[0] == counts[1]
    assert Revision.objects.count() == 6
