import pytest
import yaml

from certification.standards.document import fingerprint
from certification.standards.reading import parse_yaml
from certification.standards.writing import as_yaml
from tests.certification.standards.factories import NAMES, NMX, document_of


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_reads_back_with_the_same_fingerprint(name):
    document = document_of(name)
    again = parse_yaml(as_yaml(document))
    assert again == document
    assert fingerprint(again) == fingerprint(document)


def test_it_is_written_for_people():
    text = as_yaml(document_of(NMX))
    assert text.startswith("code: NMX-R-025-SCFI-2015\nslug: nmx-r-025-2015\n")
    assert "\n- code: STPS\n  name: Secretaría" in text
    assert "\nthreshold: 70\n" in text
    assert "!!" not in text
    assert "&id" not in text
    assert "Política de igualdad laboral y no discriminación" in text
    data = yaml.safe_load(text)
    assert data["measures"][0]["metric"]["min"] == 0.4
    assert "confirmed" not in data["stages"][0]
