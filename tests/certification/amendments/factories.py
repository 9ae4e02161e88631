"""New versions of the standards of the data files, changed as data; and what was sent under the old ones."""

import copy
import json

from certification.standards.document import StandardDocument, canonical_data
from certification.standards.writing import as_yaml
from tests.certification.standards.factories import DEI, document_of

NEWER = "2030.1"


def revised(change=None, name=DEI, version=NEWER):
    """The document with a higher version and ``change`` done to its data; stored cases are left out."""
    data = copy.deepcopy(canonical_data(document_of(name)))
    data["version"] = version
    data.pop("cases", None)
    if change is not None:
        change(data)
    return StandardDocument.model_validate_json(json.dumps(data))


def revised_text(change=None, name=DEI, version=NEWER):
    return as_yaml(revised(change, name, version))


def criteria_of(data):
    return {criterion["code"]: criterion for section in data["sections"] for criterion in section["criteria"]}


def set_criterion(code, **fields):
    return lambda data: criteria_of(data)[code].update(fields)


def drop_criterion(code, heir):
    """``code`` goes, and its points go to ``heir``, of the same section."""

    def change(data):
        gone = criteria_of(data)[code]
        criteria_of(data)[heir]["max_points"] = str(
            float(criteria_of(data)[heir]["max_points"]) + float(gone["max_points"])
        )
        for section in data["sections"]:
            section["criteria"] = [one for one in section["criteria"] if one["code"] != code]

    return change


def rename_criterion(code, other):
    return lambda data: criteria_of(data)[code].update(code=other, sub_items=[])


def together(*changes):
    return lambda data: [change(data) for change in changes] and None
