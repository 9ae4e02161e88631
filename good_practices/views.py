"""The knowledge base, the practices of an employer, and the desk of the editors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.enums import Role
from accounts.kept_posts import posted_or_kept, take_kept_post
from accounts.people import person
from accounts.refusals import ActionRefused
from certification.certificates.models import Certificate
from employers.models import Employer
from good_practices import actions, facets, search, workflow
from good_practices.doubts import doubts
from good_practices.enums import PracticeState
from good_practices.feeds import PracticeFeed
from good_practices.forms import CommentForm, PracticeForm, VersionForm
from good_practices.models import Practice
from good_practices.permissions import may_write_for
from good_practices.proofs import proofs
from good_practices.search_sql import PAGE_SIZE

MAX_QUERY = 300
QUEUE_STATES = (PracticeState.PROPOSED, PracticeState.RETURNED, PracticeState.PUBLISHED)
CURATION = ("publish", "return", "unpublish")  # who edits may work in an employer, too, and act for it elsewhere


# The knowledge base ---------------------------------------------------------
@login_not_required
@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "")[:MAX_QUERY].split())
    page = request.GET.get("page", "1")
    chosen = facets.chosen(request.GET)
    result = search.search(query, chosen, int(page) if page.isdecimal() and len(page) < 6 else 1)
    context = {
        "query": query,
        "result": result,
        "page": Paginator(range(result.total), PAGE_SIZE).get_page(result.page),
        "groups": facets.groups(chosen, result.counts),
        "applied": facets.applied(request.GET),
        "chosen": [(facets.PARAMETERS[name], value) for name, values in chosen.items() for value in values],
    }
    return render(request, "good_practices/practice_list.html", context)


@login_not_required
@require_safe
def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    published = Practice.objects.visible_to(person(request)).published()
    practice = get_object_or_404(published.select_related("employer", "certificate__standard"), slug=slug)
    context = {
        "practice": practice,
        "site": practice.certificate.sites.first(),
        "status": practice.certificate.public_status(timezone.localdate()),
        "similar": search.similar(practice),
    }
    return render(request, "good_practices/practice_detail.html", context)


@login_not_required
@require_safe
def practice_feed(request: HttpRequest) -> HttpResponse:
    return PracticeFeed()(request)


# An employer's practices ----------------------------------------------------
@require_safe
def own_practice_list(request: HttpRequest) -> HttpResponse:
    employers = Employer.objects.visible_to(person(request))
    practices = Practice.objects.visible_to(person(request)).filter(employer__in=employers).order_by("-saved_at", "-pk")
    certificates = Certificate.objects.filter(employer__in=employers).select_related("employer", "standard")
    context = {
        "page": Paginator(practices.select_related("employer", "certificate"), PAGE_SIZE).get_page(
            request.GET.get("page")
        ),
        "certificates": certificates[:PAGE_SIZE],
    }
    return render(request, "good_practices/own_practice_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def practice_create(request: HttpRequest) -> HttpResponse:
    employers = Employer.objects.visible_to(person(request))
    certificates = Certificate.objects.filter(employer__in=employers).select_related("employer", "standard")
    certificate = get_object_or_404(certificates, folio=request.GET.get("certificado", ""))
    if not may_write_for(person(request), certificate.employer):
        raise PermissionDenied
    form = PracticeForm(posted_or_kept(request), initial={"token": actions.new_token()})
    if request.method == "POST" and form.is_valid():
        try:
            practice = actions.start_practice(
                certificate=certificate,
                texts=form.texts,
                token=form.cleaned_data["token"],
                actor=person(request),
                at=timezone.now(),
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _after_saving(request, practice, form)
    return _form_page(request, form, certificate)


@require_http_methods(["GET", "HEAD", "POST"])
def practice_edit(request: HttpRequest, pk: int) -> HttpResponse:
    practice = _own(request, pk)
    if request.method != "POST":
        return _form_page(request, _form_to_edit(request, practice), practice.certificate, practice)
    # The form has an instance of its own: what was refused is shown again, and ``practice`` stays what is stored.
    form = PracticeForm(request.POST)
    if form.is_valid():
        try:
            actions.save_draft(
                practice=practice,
                texts=form.texts,
                version=form.cleaned_data["version"] or 0,
                actor=person(request),
                at=timezone.now(),
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
            return _form_page(request, form, practice.certificate, practice, is_conflict=True)
        return _after_saving(request, practice, form)
    return _form_page(request, form, practice.certificate, practice)


@require_POST
def practice_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    practice = _own(request, pk)
    _act(request, practice, actions.withdraw, _("La práctica quedó retirada. Ya no aparece en la búsqueda."))
    return redirect("practice_edit", pk=practice.pk)


# The editors' desk ----------------------------------------------------------
@require_safe
def practice_queue(request: HttpRequest) -> HttpResponse:
    _require_editor(request)
    state = request.GET.get("estado", PracticeState.PROPOSED)
    if state not in QUEUE_STATES:
        state = PracticeState.PROPOSED
    practices = Practice.objects.visible_to(person(request)).filter(state=state)
    # Who has waited longest comes first; what is published reads from the newest.
    order = ("-published_at", "-pk") if state == PracticeState.PUBLISHED else ("consented_at", "pk")
    rows = practices.order_by(*order).select_related("employer", "certificate")
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "state": PracticeState(state),
        "states": [PracticeState(value) for value in QUEUE_STATES],
    }
    return render(request, "good_practices/practice_queue.html", context)


@require_safe
def practice_review(request: HttpRequest, pk: int) -> HttpResponse:
    practice = _in_queue(request, pk)
    if request.method == "GET":  # nothing of the page leaves with HEAD
        actions.record_proofs(practice=practice, actor=person(request), at=timezone.now())
    return _review_page(request, practice)


@require_POST
def practice_publish(request: HttpRequest, pk: int) -> HttpResponse:
    practice = _in_queue(request, pk)
    if _act(request, practice, actions.publish, _("La práctica está publicada y ya se puede buscar.")):
        return redirect("practice_queue")
    return redirect("practice_review", pk=practice.pk)


@require_POST
def practice_return(request: HttpRequest, pk: int) -> HttpResponse:
    return _comment(request, pk, actions.return_practice, _("La práctica volvió a la empresa con tu comentario."))


@require_POST
def practice_unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    return _comment(request, pk, actions.unpublish, _("La práctica ya no está publicada. La empresa recibió la razón."))


# What the views share -------------------------------------------------------
def _own(request: HttpRequest, pk: int) -> Practice:
    """A practice of the person's employers; their other roles do not count here."""
    practices = Practice.objects.visible_to(person(request))
    mine = practices.filter(employer__in=Employer.objects.visible_to(person(request)))
    return get_object_or_404(mine.select_related("employer", "certificate__standard"), pk=pk)


def _form_to_edit(request: HttpRequest, practice: Practice) -> PracticeForm | None:
    if "propose" not in workflow.available_actions(practice, person(request)):
        return None
    kept = take_kept_post(request)
    return PracticeForm(instance=practice) if kept is None else PracticeForm(kept)


def _require_editor(request: HttpRequest) -> None:
    if not person(request).has_role(Role.EDITOR):
        raise PermissionDenied


def _in_queue(request: HttpRequest, pk: int) -> Practice:
    _require_editor(request)
    practices = Practice.objects.visible_to(person(request)).exclude(state=PracticeState.DRAFT)
    return get_object_or_404(practices.select_related("employer", "certificate__standard"), pk=pk)


def _act(request: HttpRequest, practice: Practice, action: Callable[..., None], done: str, **values: Any) -> bool:
    """Do it with the version that the person saw, and say what happened."""
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else -1
    try:
        action(practice=practice, version=version, actor=person(request), at=timezone.now(), **values)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


def _comment(request: HttpRequest, pk: int, action: Callable[..., None], done: str) -> HttpResponse:
    practice = _in_queue(request, pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _review_page(request, practice, form)
    _act(request, practice, action, done, comment=form.cleaned_data["reason"])
    return redirect("practice_review", pk=practice.pk)


def _review_page(request: HttpRequest, practice: Practice, form: CommentForm | None = None) -> HttpResponse:
    context = {
        "practice": practice,
        "form": form or CommentForm(initial={"version": practice.version}),
        "doubts": doubts(practice),
        "proofs": proofs(practice, person(request)),
        "actions": [name for name in workflow.available_actions(practice, person(request)) if name in CURATION],
    }
    return render(request, "good_practices/practice_review.html", context)


def _form_page(
    request: HttpRequest,
    form: PracticeForm | None,
    certificate: Certificate,
    practice: Practice | None = None,
    *,
    is_conflict: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "certificate": certificate,
        "practice": practice,
        "doubts": doubts(practice) if practice else [],
        "is_conflict": is_conflict,  # somebody else saved: the page shows both texts, and the next save replaces theirs
        "actions": workflow.available_actions(practice, person(request)) if practice else [],
    }
    return render(request, "good_practices/practice_form.html", context)


def _after_saving(request: HttpRequest, practice: Practice, form: PracticeForm) -> HttpResponse:
    """Propose what was just saved, if that was asked for; what is missing is said on the page, and stays saved."""
    if "propose" not in request.POST:
        messages.success(request, _("Guardamos tu borrador. Nadie más lo ve hasta que lo propongas."))
        return redirect("practice_edit", pk=practice.pk)
    if form.ask_for_missing():
        try:
            actions.propose(
                practice=practice, has_consent=True, version=practice.version, actor=person(request), at=timezone.now()
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Propusiste la práctica. Te escribiremos cuando la publiquen o la comenten."))
            return redirect("practice_edit", pk=practice.pk)
    return _form_page(request, form, practice.certificate, practice)
