"""The employer's start page, opening an application, and its hub."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept_posts import posted
from accounts.models import User
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.applications import hub, readiness
from certification.applications.diagnosis import carrying
from certification.applications.diagnosis.actions import open_with_answers
from certification.applications.forms import OpenApplicationForm
from certification.applications.models import Application
from certification.standards.models import Standard
from employers.models import Employer
from employers.permissions import edited_by

PAGE_SIZE = 25


@require_safe
def workspace(request: HttpRequest) -> HttpResponse:
    user = person(request)
    employers = list(Employer.objects.visible_to(user).order_by("legal_name"))
    own = (
        Application.objects.filter(employer__in=employers)
        .select_related("standard", "employer")
        .defer("standard__content")
    )
    page = Paginator(own.order_by("-state_since", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "employers": employers,
        "edited": set(edited_by(user)),
        "diagnosed": carrying.waiting(request),
        "page": page,
        "rows": [hub.row(application) for application in page],
    }
    return render(request, "certification/applications/workspace.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_create(request: HttpRequest) -> HttpResponse:
    user = person(request)
    standards = Standard.objects.in_force()
    standard = standards.filter(slug=request.GET.get("norma", "")).first()
    employers = list(edited_by(user))
    employer = _chosen(employers, request.GET.get("empresa", ""))
    if standard is None or employer is None:
        choice = {"standards": standards, "standard": standard, "employers": employers, "employer": employer}
        return render(request, "certification/applications/application_choose.html", choice)
    answers = carrying.carried(request, standard)
    form = OpenApplicationForm(posted(request), employer=employer, standard=standard, carried=len(answers))
    if form.is_valid():
        try:
            opened = _open(form, employer, standard, answers=answers, actor=user)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Abriste la solicitud %(folio)s.") % {"folio": opened.folio})
            response = redirect("application_detail", opened.folio)
            carrying.forget(response)
            return response
    notice = readiness.call_notice(standard.document, timezone.localdate())
    context = {"form": form, "standard": standard, "employer": employer, "call": notice}
    return render(request, "certification/applications/application_create.html", context)


def _open(
    form: OpenApplicationForm, employer: Employer, standard: Standard, *, answers: dict[str, str], actor: User
) -> Application:
    chosen = dict(form.cleaned_data)
    wanted = answers if chosen.pop("carry", False) else {}
    return open_with_answers(employer, standard, **chosen, answers=wanted, actor=actor, at=timezone.now())


def _chosen(employers: list[Employer], key: str) -> Employer | None:
    """The employer named in the address, or the only one there is."""
    if key:
        return next((one for one in employers if str(one.pk) == key), None)
    return employers[0] if len(employers) == 1 else None
