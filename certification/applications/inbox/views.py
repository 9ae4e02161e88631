"""The inbox of an employer's library."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.kept_posts import posted_or_kept
from accounts.people import person
from certification.applications.folios import normalise
from certification.applications.inbox.forms import PlaceForm
from certification.applications.inbox.placing import ROWS, Inbox, drafts, waiting
from certification.evidence.permissions import require_writer
from certification.evidence.views.lookup import own_employer


@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: HttpRequest, employer: int) -> HttpResponse:
    found, user = own_employer(request, employer), person(request)
    require_writer(user, found)
    known = drafts(user, found)
    asked = normalise(request.GET.get("solicitud", ""))
    chosen = next((one for one in known if one.folio == asked), known[0] if known else None)
    desk, data = Inbox(user, found, chosen), posted_or_kept(request)
    context = {"employer": found, "drafts": known, "application": chosen, "choices": desk.choices}
    if data is None:
        page = Paginator(waiting(user, found), ROWS).get_page(request.GET.get("page"))
        return _shown(request, context | {"page_obj": page, "forms": desk.forms(page)})
    if request.method != "POST" or "take" in data:
        return _shown(request, context | {"forms": desk.sent(_taken(data, desk))})
    saved, faulty = desk.place(desk.sent(data), at=timezone.now())
    _say_saved(request, saved)
    if not faulty:
        return redirect(request.get_full_path())
    return _shown(request, context | {"forms": faulty, "faulty": faulty}, status=422)


def _taken(data: QueryDict, desk: Inbox) -> QueryDict:
    """What was sent, with the suggestion in its place whose button was pressed: nothing is saved by it."""
    key, _colon, name = data.get("take", "").partition(":")
    filled = data.copy()
    for form in desk.sent(data):
        if str(form.instance.pk) == key:
            guess = _guess(form, name)
            filled[form.add_prefix(name)] = guess or filled.get(form.add_prefix(name), "")
    return filled


def _guess(form: PlaceForm, name: str) -> str:
    if name == "item":
        return form.item_guess.code if form.item_guess else ""
    return str(form.kind_guess.value) if name == "kind" and form.kind_guess else ""


def _say_saved(request: HttpRequest, saved: int) -> None:
    if saved:
        text = ngettext("Guardamos %(n)d documento.", "Guardamos %(n)d documentos.", saved)
        messages.success(request, text % {"n": saved})


def _shown(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    return render(request, "certification/applications/inbox/inbox.html", context, status=status)
