"""What static/js/uploads.js does, by hand: begin, send, finish."""

import urllib3
from django.urls import reverse

from tests.certification.evidence.factories import PDF

FROM_SCRIPT = {"HX-Request": "true"}


def begin(client, employer, name="Tabulador 2026.pdf", content=PDF, document=None, **data):
    """``document``: the file is to be its next version."""
    address = reverse("revision_begin", args=[document.pk]) if document else reverse("upload_begin", args=[employer.pk])
    said = {"name": name, "size": len(content), "changed": "1767225600000", **data}
    return client.post(address, said, headers=FROM_SCRIPT)


def put(client, begun, content=PDF, offset=0):
    """Send to where it was said, as much as is given; return the status."""
    if begun["address"].startswith("/"):
        headers = {**FROM_SCRIPT, "Upload-Offset": str(offset)}
        answer = client.put(begun["address"], content, "application/octet-stream", headers=headers)
        return answer.status_code
    return urllib3.request("PUT", begun["address"], body=content, headers=begun["headers"]).status


def finish(client, employer, upload, **data):
    address = reverse("upload_finish", args=[employer.pk])
    return client.post(address, {"upload": upload, **data}, headers=FROM_SCRIPT)


def send(client, employer, name="Tabulador 2026.pdf", content=PDF, document=None, **data):
    """All three steps; return the last answer."""
    begun = begin(client, employer, name, content, document).json()
    assert put(client, begun, content) == 200
    return finish(client, employer, begun["upload"], **data)
