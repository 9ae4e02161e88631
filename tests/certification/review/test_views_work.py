"""The pages do their work: the right thing is saved, refused with its sentence, and nothing typed is lost."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from audit.models import Event
from certification.applications.enums import State
from certification.applications.models import Application
from certification.review.models import Decision, Recommendation, Verdict
from tests.accounts.factories import PASSWORD
from tests.accounts.sessions import lose_session
from tests.certification.review.factories import LEGAL, POINTER, REASON, RULE, make_case, use_of, verify

pytestmark = pytest.mark.django_db
DECISION = {"outcome": "award", "reason": "Todo se verificó.", "no_conflict": "on", "password": PASSWORD, **LEGAL}


def enter(client, case, who, page=""):
    client.force_login(getattr(case, who))
    return f"/revision/{case.application.folio}/{page}"


def text(response):
    return " ".join(response.content.decode().split())


def test_assigning_and_again(client):
    case = make_case(State.SUBMITTED)
    url = enter(client, case, "manager", "asignar/")
    assert client.post(url, {"reviewer": ""}).status_code == 422
    assert client.post(url, {"reviewer": case.reviewer.pk}).status_code == 302
    assert case.fresh().reviewer == case.reviewer
    again = client.post(url, {"reviewer": case.reviewer.pk})
    assert again.status_code == 422  # now it is a change of reviewer, which wants a reason
    moved = client.post(url, {"reviewer": case.other_reviewer.pk, "reason": "Licencia"})
    assert moved.status_code == 302
    assert case.fresh().reviewer == case.other_reviewer


def test_the_form_offers_people_by_body_with_their_load(client):
    case = make_case(State.IN_REVIEW)
    page = text(client.get(enter(client, case, "manager")))
    assert f'<optgroup label="{case.body.name}">' in page
    assert f"{case.other_reviewer} · 0 en revisión" in page
    assert f'<option value="{case.reviewer.pk}"' not in page


def test_saving_a_verdict_goes_to_the_next_item(client):
    case = make_case(State.IN_REVIEW)
    url = enter(client, case, "reviewer", "DEI-1.1/")
    response = client.post(url, {"version": 0, "part_DEI-1.1": "met"})
    assert response.url.endswith("/DEI-1.2/")
    verdict = Verdict.objects.get()
    assert (verdict.item, verdict.reviewer, verdict.rule) == ("DEI-1.1", case.reviewer, "")


def test_the_last_one_leads_back_to_the_file(client):
    case = make_case(State.IN_REVIEW)
    verify(case)
    url = enter(client, case, "reviewer", "DEI-1.1/")
    response = client.post(url, {"version": 1, "part_DEI-1.1": "met"})
    assert response.url == f"/revision/{case.application.folio}/"
    assert "Recomendar" in text(client.get(response.url))


def test_a_negative_verdict_keeps_what_was_typed_and_says_what_is_missing(client):
    case = make_case(State.IN_REVIEW)
    url = enter(client, case, "reviewer", "DEI-1.1/")
    data = {"version": 0, "part_DEI-1.1": "not_met", "pointer": "", "rule": RULE, "reason": "Muy corta"}
    response = client.post(url, data)
    assert response.status_code == 422
    page = text(response)
    assert "Di dónde se ve" in page
    assert "con tus palabras" in page
    assert "Muy corta" in page
    assert not Verdict.objects.exists()


def test_a_second_tab_sees_both_and_may_save(client):
    case = make_case(State.IN_REVIEW)
    verify(case, "DEI-1.1", "not_met")
    url = enter(client, case, "reviewer", "DEI-1.1/")
    other = "La versión de marzo ya trae la firma que faltaba."
    data = {"version": 0, "part_DEI-1.1": "partly", "pointer": "B, p. 1", "rule": RULE, "reason": other}
    response = client.post(url, data)
    assert response.status_code == 409
    page = text(response)
    assert REASON in page
    assert other in page
    assert 'name="version" value="1"' in page
    assert client.post(url, {**data, "version": 1}).status_code == 302
    assert Verdict.objects.get().reason == other


def test_a_session_that_ended_loses_nothing(client):
    case = make_case(State.IN_REVIEW)
    url = f"/revision/{case.application.folio}/DEI-1.1/"
    lose_session(client, case.reviewer)
    client.post(url, {"version": 0, "part_DEI-1.1": "partly", "reason": "Lo que escribí antes de salir"})
    client.force_login(case.reviewer)
    assert "Lo que escribí antes de salir" in text(client.get(url))
    assert not Verdict.objects.exists()


def test_the_item_shows_evidence_with_letters_and_a_page(client):
    case = make_case(State.IN_REVIEW)
    one, two = use_of(case.application, "DEI-1.1"), use_of(case.application, "DEI-1.1", pages=5)
    page = text(client.get(enter(client, case, "reviewer", "DEI-1.1/?doc=B&pag=4")))
    assert "<kbd>A</kbd>" in page
    assert f"/evidencia/{two.pk}/4/" in page
    assert "Página 4 de 5" in page
    first = text(client.get(enter(client, case, "reviewer", "DEI-1.1/?doc=ZZ&pag=-3")))
    assert f"/evidencia/{one.pk}/2/" in first  # where the employer points


def looks(case):
    return [event.data for event in Event.objects.about(case.application).filter(action="evidence_seen")]


def test_each_opening_of_a_document_is_recorded_and_its_pages_belong_to_it(client):
    case = make_case(State.IN_REVIEW)
    use = use_of(case.application, "DEI-1.1")
    url = enter(client, case, "reviewer", "DEI-1.1/")
    said = {"document": use.document_id, "revision": 1, "item": "DEI-1.1", "how": "view"}
    client.get(url)
    assert looks(case) == [{**said, "role": "reviewer", "body": case.body.name}]
    client.get(f"{url}?doc=A&pag=3")
    client.get(enter(client, case, "reviewer", f"evidencia/{use.pk}/3/"))
    client.head(url)
    client.post(url, {"version": 0})
    assert len(looks(case)) == 1
    client.get(url)
    assert len(looks(case)) == 2


def test_a_picture_without_an_opening_is_an_opening(client):
    case = make_case(State.IN_REVIEW)
    use = use_of(case.application, "DEI-1.1")
    url = enter(client, case, "manager", f"evidencia/{use.pk}/1/")
    for _again in range(2):
        assert client.get(url).status_code == 404  # the factory stores no file
    assert looks(case) == []
    client.get(enter(client, case, "manager", "DEI-1.1/?doc=A&pag=2"))
    assert [(one["role"], one["body"]) for one in looks(case)] == [("programme_manager", "")]


def test_sending_observations(client):
    case = make_case(State.IN_REVIEW)
    verify(case, "DEI-1.1", "partly")
    url = enter(client, case, "reviewer", "observaciones/")
    assert REASON in text(client.get(url))
    assert "Elige al menos un resultado" in text(client.post(url, {}))
    assert client.post(url, {"items": ["DEI-1.1"]}).status_code == 302
    assert case.fresh().state == State.OBSERVED
    assert client.post(url, {"items": ["DEI-1.1"]}).status_code == 422
    assert client.get(url).status_code == 302


def test_observations_are_not_offered_once_the_rounds_are_used_up(client):
    case = make_case(State.IN_REVIEW)
    verify(case, "DEI-1.1", "partly")
    url = enter(client, case, "reviewer")
    assert f"{url}observaciones/" in text(client.get(url))
    Application.objects.filter(pk=case.application.pk).update(round=3)
    page = text(client.get(url))
    assert f"{url}observaciones/" not in page
    assert "Ya se pidieron todas las correcciones que permite la norma." in page


def test_recommending(client):
    case = make_case(State.IN_REVIEW)
    url = enter(client, case, "reviewer", "recomendacion/")
    said = {"outcome": "decline", "reason": "Faltan puntos y un crítico."}
    refused = client.post(url, said)
    assert refused.status_code == 422
    assert "DEI-1.1" in text(refused)
    verify(case)
    assert client.post(url, {**said, "outcome": "award"}).status_code == 302
    assert Recommendation.objects.get().level == "otorgado"
    assert client.post(url, said).status_code == 422


def test_an_award_is_not_offered_where_no_level_is_reached(client):
    case = make_case(State.IN_REVIEW)
    verify(case, outcome="not_met")
    url = enter(client, case, "reviewer", "recomendacion/")
    response = client.post(url, {"outcome": "award", "reason": "Se lo merecen."})
    assert response.status_code == 422
    assert not Recommendation.objects.exists()


def test_deciding_and_twice(client):
    case = make_case(State.RECOMMENDED)
    verify(case)
    url = enter(client, case, "decider", "dictamen/")
    assert "Titular de la Dirección General" in text(client.get(url))
    without = {name: value for name, value in DECISION.items() if name != "no_conflict"}
    assert "conflicto de interés" in text(client.post(url, without))
    assert client.post(url, DECISION).status_code == 302
    one = Decision.objects.get()
    assert (one.decided_by, one.reviewed_by, one.level) == (case.decider, case.reviewer, "otorgado")
    assert client.post(url, DECISION).status_code == 422
    assert "Lo publica otra persona" in text(client.get(url))


def test_deciding_without_the_password_keeps_what_was_typed(client):
    case = make_case(State.RECOMMENDED)
    verify(case)
    url = enter(client, case, "decider", "dictamen/")
    refused = [client.post(url, {**DECISION, "password": "otra"}) for _ in range(6)]
    assert refused[0].status_code == 422
    assert "La contraseña no es correcta. Escríbela otra vez; lo demás sigue aquí." in text(refused[0])
    assert all(word in text(refused[0]) for word in ("Todo se verificó.", LEGAL["appeal"]))
    assert 'value="otra"' not in text(refused[0])
    assert "intentos" in text(refused[-1])
    assert "intentos" in text(client.post(url, DECISION))
    assert not Decision.objects.exists()


def test_who_has_a_key_may_decide_with_it(client):
    case = make_case(State.RECOMMENDED)
    verify(case)
    TOTP.activate(case.decider, generate_totp_secret())
    code = RecoveryCodes.activate(case.decider).get_unused_codes()[0]
    url = enter(client, case, "decider", "dictamen/")
    assert "Firmar con mi llave o mi código" in text(client.get(url))
    asked = client.post(url, {**DECISION, "other_way": "1"})
    assert asked.url.startswith("/cuenta/2fa/reauthenticate/")
    assert not Decision.objects.exists()
    assert client.post(asked.url, {"code": code, "next": url}).url == url
    assert Decision.objects.get().reason == "Todo se verificó."


def test_returning(client):
    case = make_case(State.RECOMMENDED)
    url = enter(client, case, "decider", "devolver/")
    assert "Escribe el motivo" in text(client.post(url, {"reason": ""}))
    assert client.post(url, {"reason": "Falta ver el acta"}).status_code == 302
    assert case.fresh().state == State.IN_REVIEW


def test_the_employer_reads_nothing_until_it_is_told(client):
    case = make_case(State.IN_REVIEW)
    verify(case, "DEI-1.1", "partly")
    client.force_login(case.reader)
    url = f"/empresa/solicitudes/{case.application.folio}/resultado/"
    assert REASON not in text(client.get(url))
    Application.objects.filter(pk=case.application.pk).update(state=State.DECIDED)
    Decision.objects.create(
        application=case.application, outcome="decline", reason="No alcanza", **LEGAL, reviewed_by=case.reviewer,
        decided_by=case.decider, decided_at=case.application.state_since,
    )  # fmt: skip
    assert "No alcanza" not in text(client.get(url))
    Application.objects.filter(pk=case.application.pk).update(state=State.DECLINED)
    page = text(client.get(url))
    assert all(word in page for word in ("No alcanza", REASON, POINTER, *LEGAL.values()))
    assert "Cómo se calculó cada número" in page
    assert "10 ÷ 2 = 5" in page


def test_the_result_of_another_employer_is_404(client):
    case = make_case(State.OBSERVED)
    for person in (case.foreigner, case.reviewer, case.manager):
        client.force_login(person)
        assert client.get(f"/empresa/solicitudes/{case.application.folio}/resultado/").status_code == 404
