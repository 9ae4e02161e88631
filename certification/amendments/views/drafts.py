"""One text on its way to be published: its report, its comparison, its dry run, and what is decided of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.kept_posts import posted_or_kept
from accounts.people import managers_but, person
from accounts.refusals import ActionRefused
from certification.amendments import actions
from certification.amendments.comparison import blocks_of, general_of
from certification.amendments.findings import Findings
from certification.amendments.forms import SeenForm, TextForm
from certification.amendments.models import StandardDraft
from certification.amendments.permissions import may_change, may_decide, may_take_back
from certification.amendments.reports import document_of
from certification.amendments.views.lookup import visible_draft
from certification.standards.diff import compare
from certification.standards.models import Standard

REFUSED = 409  # it was understood, and what it is about has changed or does not allow it
Act = Callable[..., object]
# What each button does, the name of its reason, and what is said once it is done.
DECISIONS: dict[str, tuple[Act, str, Promise]] = {
    "proponer": (actions.propose, "reason", gettext_lazy("La propusiste.")),
    "retirar": (actions.take_back, "", gettext_lazy("Ya no está propuesta: puedes cambiar el texto.")),
    "publicar": (
        actions.publish,
        "",
        gettext_lazy("Es la versión vigente. Las solicitudes abiertas siguen en la suya."),
    ),
    "rechazar": (actions.refuse, "answer", gettext_lazy("No se publica. Tu razón quedó en el registro.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
def draft_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of a text; posting replaces it."""
    draft, user = visible_draft(request, pk), person(request)
    shown = {"text": draft.text, "version": draft.version}
    form = TextForm(posted_or_kept(request), request.FILES or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        said = {"file_name": form.cleaned_data["file_name"], "seen_version": form.cleaned_data["version"]}
        try:
            actions.replace(draft, form.cleaned_data["text"], **said, actor=user, at=timezone.now())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("El texto nuevo quedó guardado. Éste es su informe."))
            return redirect("draft_detail", draft.pk)
    return render(request, "certification/amendments/draft_detail.html", _shown(request, draft, form))


def _shown(request: HttpRequest, draft: StandardDraft, form: TextForm) -> dict[str, Any]:
    user = person(request)
    before = _version_before(draft) if draft.fingerprint else None
    document = document_of(draft.text) if draft.fingerprint else None
    return {
        "draft": draft,
        "form": form,
        "since": timezone.localdate(draft.decided_at or draft.proposed_at or draft.uploaded_at),
        "before": before,
        "counts": compare(before.document, document).counts if before and document else None,
        "findings": Findings(draft.trial, document) if draft.trial and document else None,
        "trial_is_stale": not draft.is_frozen and actions.is_trial_stale(draft),
        "trial_days": (timezone.localdate() - timezone.localdate(draft.trial_at)).days if draft.trial_at else 0,
        "may_change": may_change(user, draft),
        "may_take_back": may_take_back(user, draft),
        "may_decide": may_decide(user, draft),
        "is_only_manager": not managers_but(user).exists(),
    }


def _version_before(draft: StandardDraft) -> Standard | None:
    """The version in force; of a text that was decided, the one that was in force then."""
    versions = Standard.objects.filter(code=draft.code)
    older = versions.filter(published_at__lt=draft.decided_at) if draft.is_frozen else versions.in_force()
    return older.order_by("-published_at").first()


@require_safe
def draft_diff(request: HttpRequest, pk: int) -> HttpResponse:
    """Side by side with the version in force; of what was published, with the version before it."""
    draft = visible_draft(request, pk)
    if not draft.fingerprint:
        raise Http404
    before = _version_before(draft)
    found = compare(before.document if before else None, document_of(draft.text))
    context = {
        "draft": draft,
        "before": before,
        "diff": found,
        "blocks": blocks_of(found),
        "general": general_of(found),
    }
    return render(request, "certification/amendments/draft_diff.html", context)


@require_safe
def draft_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as it came."""
    draft = visible_draft(request, pk)
    response = HttpResponse(draft.text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="norma-{draft.pk}.yaml"'
    return response


@require_POST
def draft_try(request: HttpRequest, pk: int) -> HttpResponse:
    draft = visible_draft(request, pk)
    try:
        actions.try_soon(draft, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("draft_detail", draft.pk)


@require_POST
def draft_decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Propose, take back, publish or refuse: what the address says."""
    draft, form = visible_draft(request, pk), SeenForm(request.POST)
    if verb not in DECISIONS:
        raise Http404
    act, reason, done = DECISIONS[verb]
    form.is_valid()
    typed, seen = form.cleaned_data.get("reason", ""), form.cleaned_data.get("version")
    said = {reason: typed} if reason else {}
    try:
        act(draft, **said, seen_version=-1 if seen is None else seen, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        fresh = visible_draft(request, pk)
        shown = TextForm(initial={"text": fresh.text, "version": fresh.version})
        context = {**_shown(request, fresh, shown), "typed": typed}
        return render(request, "certification/amendments/draft_detail.html", context, status=REFUSED)
    messages.success(request, str(done))
    if verb == "proponer" and managers_but(person(request)).exists():
        messages.info(request, _("Avisamos por correo a las demás personas de gestión."))
    return redirect("draft_detail", draft.pk)
