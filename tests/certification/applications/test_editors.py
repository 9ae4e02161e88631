"""Several people at once on the same drafts: nothing is lost, and whoever is refused is shown what is stored."""

import re
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from certification.applications.models import Answer, Application
from tests.certification.applications.cases import draft

pytestmark = pytest.mark.django_db(transaction=True)
EDITORS, SAVES = 8, 5  # of each of two applications
CODES = ("DEI-1.1", "DEI-1.2")


class Editor:
    def __init__(self, number, case):
        self.name, self.case, self.client = f"page-{number}", case, Client()
        self.client.force_login((case.owner, case.editor)[number % 2])
        self.seen, self.accepted, self.refused = dict.fromkeys(CODES, "0"), [], []

    def work(self):
        try:
            for turn in range(SAVES):
                self.save(CODES[turn % 2], f"{self.name}, texto {turn}")
        finally:
            connection.close()

    def save(self, code, text):
        address = f"/empresa/solicitudes/{self.case.application.folio}/criterios/{code}/"
        typed = {"version": self.seen[code], "note": text, "page": self.name}
        response = self.client.post(address, typed, headers={"HX-Request": "true"})
        page = response.content.decode()
        if response.status_code == 200:
            self.seen[code] = re.search(r'name="version" value="([^"]+)"', page)[1]
            self.accepted.append((code, int(self.seen[code].partition("-")[0]), text))
        else:
            assert response.status_code == 409
            stored = re.search(r"<td>(page-[^<]+)</td><td>(page-[^<]+)</td>", page)
            self.refused.append((stored[1], stored[2] == text))
            self.seen[code] = re.search(r'name="mine" value="[^=]+=(\d+)"', page)[1]  # both were read: now mine


def test_nothing_is_lost_and_nobody_is_left_in_the_dark():
    cases = [draft(), draft()]
    editors = [Editor(number, case) for case in cases for number in range(EDITORS)]
    with ThreadPoolExecutor(len(editors)) as pool:
        list(pool.map(Editor.work, editors))  # raises what any of them raised
    told = defaultdict(dict)
    for editor in editors:
        for code, version, text in editor.accepted:
            assert version not in told[editor.case.application.pk, code], "one version, given to two"
            told[editor.case.application.pk, code][version] = text
    stored = {(one.application_id, one.criterion): one for one in Answer.objects.all()}
    assert stored.keys() == told.keys()
    for key, answer in stored.items():
        assert sorted(told[key]) == list(range(1, answer.version + 1))
        assert told[key][answer.version] == answer.note
    refused = [one for editor in editors for one in editor.refused]
    everything = {text for texts in told.values() for text in texts.values()}
    assert all(mine and theirs in everything for theirs, mine in refused)
    assert sum(map(len, told.values())) + len(refused) == len(editors) * SAVES
    assert Application.objects.filter(saved_at__gt=cases[0].application.saved_at).count() >= 1
