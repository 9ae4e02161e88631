"""Hand a file out. Whoever calls has checked that the reader may see it."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import IO
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from certification.evidence.models import Revision
from certification.evidence.previews import NoPreviewError, page_picture
from certification.evidence.store import is_remote

BLOCK = 2**18
LINK_SECONDS = 120
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
log = logging.getLogger(__name__)


def serve_revision(revision: Revision, *, request: HttpRequest) -> HttpResponseBase:
    """Return the file as a download, whole or the one range that is asked for.

    From an object store: a redirect to an address that is good for two minutes. With FILES_OFFLOAD: without content,
    for the web server to send the file itself. Raises Http404 where the content is lost, and for whatever did not
    pass the checks, whoever asks.
    """
    _require_clean(revision)
    name = content_disposition_header(True, revision.original_name) or "attachment"
    if is_remote() and request.method != "HEAD":  # that address would be signed for GET alone
        return _redirect(revision, name)
    etag = f'"{revision.sha256}"'
    # A web server that sends the file gives a mark of its own, by which it answers conditions itself.
    is_offloaded = settings.FILES_OFFLOAD and not is_remote()
    unchanged = None if is_offloaded else get_conditional_response(request, etag=etag)
    said = SAFE if is_offloaded else {**SAFE, "ETag": etag}
    if unchanged is None:
        said = {**said, "Content-Type": revision.media_type, "Content-Disposition": name, "Accept-Ranges": "bytes"}
    response = unchanged or (_described(revision) if is_remote() else _from_disk(revision, request, etag))
    for header, value in said.items():
        response.headers[header] = value
    return response


def is_large(request: HttpRequest) -> bool:
    """Whether the larger picture of a page is asked for."""
    return request.GET.get("tamano") == "grande"


def serve_page(revision: Revision, page: int, *, is_large: bool = False) -> HttpResponse:
    """Return the picture of a page to be shown inline. Raises Http404 where there is none, and as above."""
    _require_clean(revision)
    try:
        picture = page_picture(revision, page, is_large=is_large)
    except NoPreviewError:
        raise Http404(_("Sin vista previa.")) from None
    # A page of a revision never changes, and looking at it again must not draw or fetch it again.
    headers = {**SAFE, "Cache-Control": "private, max-age=600", "Content-Disposition": "inline"}
    return HttpResponse(picture.content, content_type=picture.media_type, headers=headers)


def _require_clean(revision: Revision) -> None:
    if not revision.is_clean:
        raise Http404(_("Este archivo no se puede abrir: sigue en revisión, o no lo aceptamos."))


def _redirect(revision: Revision, name: str) -> HttpResponse:
    said = {
        "ResponseContentDisposition": name,
        "ResponseContentType": revision.media_type,
        "ResponseCacheControl": SAFE["Cache-Control"],
    }
    address = default_storage.url(revision.file, parameters=said, expire=LINK_SECONDS)  # type: ignore[call-arg]
    return HttpResponseRedirect(address, headers=SAFE)


def _from_disk(revision: Revision, request: HttpRequest, etag: str) -> HttpResponseBase:
    offload: tuple[str, str] | None = settings.FILES_OFFLOAD
    if offload or request.method == "HEAD":
        if not default_storage.exists(revision.file):
            raise _lost(revision)
        return _handed_over(revision, *offload) if offload else _described(revision)
    try:
        file = default_storage.open(revision.file)
    except FileNotFoundError:
        raise _lost(revision) from None
    # A part of another content must not be put together with this one: then the whole is sent (RFC 9110, 13.1.5).
    is_same = request.headers.get("If-Range", etag) == etag
    return _stream(file, revision.size, request.headers.get("Range", "") if is_same else "")


def _described(revision: Revision) -> HttpResponse:
    """The answer to HEAD."""
    return HttpResponse(headers={"Content-Length": str(revision.size)})


def _handed_over(revision: Revision, header: str, folder: str) -> HttpResponse:
    """The web server reads the file, its ranges too; it takes this answer for the permission."""
    place = folder + revision.file if folder else default_storage.path(revision.file)
    return HttpResponse(headers={header: quote(place)})


def _lost(revision: Revision) -> Http404:
    log.error("The content of revision %s is lost: %s", revision.pk, revision.file)
    return Http404(_("No encontramos el contenido de este archivo. Avísanos."))


def _stream(file: IO[bytes], size: int, asked: str) -> HttpResponseBase:
    found = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", asked.strip())
    if not found or found.groups() == ("", "") or _is_backwards(found[1], found[2]):
        # Several ranges, another unit, or what makes no sense, may be answered with the whole (RFC 9110, 14.2).
        response: HttpResponseBase = FileResponse(file)
        response.headers["Content-Length"] = str(size)
        return response
    first, last = _range(found[1], found[2], size)
    if first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(last - first + 1)}
    return StreamingHttpResponse(_part(file, first, last - first + 1), status=206, headers=headers)


def _is_backwards(first: str, last: str) -> bool:
    return bool(first and last) and int(first) > int(last)


def _range(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last or size), size - 1)


def _part(file: IO[bytes], first: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(first, io.SEEK_SET)
        while length > 0 and (block := file.read(min(BLOCK, length))):
            length -= len(block)
            yield block
