"""One's own account, and the people and bodies of the programme."""

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions
from accounts.enums import Role
from accounts.forms import BodyForm, GrantForm, ProfileForm, RevokeForm
from accounts.kept_posts import posted, posted_or_kept
from accounts.models import BodyMembership, ReviewBody, User
from accounts.people import person
from accounts.permissions import require_manager
from accounts.refusals import ActionRefused


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(posted(request), instance=person(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Tus datos quedaron guardados."))
        return redirect("account")
    return render(request, "accounts/account.html", {"form": form, "role_names": _role_names(person(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def staff_list(request: HttpRequest) -> HttpResponse:
    require_manager(request.user)
    form = GrantForm(posted_or_kept(request))
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        try:
            granted = actions.grant_role(**given, actor=person(request), at=timezone.now())
        except ActionRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _granted(granted, form.cleaned_data["body"]))
            return redirect("staff_list")
    bodies = ReviewBody.objects.filter(closed_at=None)
    context = {"form": form, "people": _staff(), "bodies": bodies, "role_labels": dict(Role.choices)}
    return render(request, "accounts/staff_list.html", context)


@require_POST
def staff_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    require_manager(request.user)
    member = get_object_or_404(_staff(), pk=pk)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Escribe el motivo: queda en el registro de hechos."))
        return redirect("staff_list")
    role = Role(form.cleaned_data["role"])
    try:
        actions.revoke_role(
            person=member, role=role, actor=person(request), at=timezone.now(), reason=form.cleaned_data["reason"]
        )
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(person)s ya no tiene la función.") % {"person": member})
    return redirect("staff_list")


@require_POST
def staff_body(request: HttpRequest, pk: int) -> HttpResponse:
    require_manager(request.user)
    member = get_object_or_404(_staff(), pk=pk)
    body = get_object_or_404(ReviewBody, code=request.POST.get("body", ""))
    try:
        actions.assign_body(person=member, body=body, actor=person(request), at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(person)s trabaja ahora para %(body)s.") % {"person": member, "body": body})
    return redirect("staff_list")


@require_http_methods(["GET", "HEAD", "POST"])
def body_list(request: HttpRequest) -> HttpResponse:
    require_manager(request.user)
    form = BodyForm(posted_or_kept(request))
    if request.method == "POST" and form.is_valid():
        return _save_body(request, form)
    return render(request, "accounts/body_list.html", {"form": form, "bodies": ReviewBody.objects.all()})


@require_http_methods(["GET", "HEAD", "POST"])
def body_edit(request: HttpRequest, code: str) -> HttpResponse:
    require_manager(request.user)
    body = get_object_or_404(ReviewBody, code=code)
    form = BodyForm(posted_or_kept(request), instance=body)
    if request.method == "POST" and form.is_valid():
        return _save_body(request, form)
    return render(request, "accounts/body_edit.html", {"form": form, "name": form.initial["name"]})


def _save_body(request: HttpRequest, form: BodyForm) -> HttpResponse:
    actions.save_body(body=form.instance, actor=person(request), at=timezone.now())
    messages.success(request, _("«%(name)s» quedó guardado.") % {"name": form.instance.name})
    return redirect("body_list")


def _staff() -> QuerySet[User]:
    """People with a role, with what their row says: two queries more, whatever their number."""
    now = BodyMembership.objects.filter(ended_at=None).select_related("body")
    people = User.objects.filter(groups__isnull=False, is_active=True).distinct().order_by("full_name", "email")
    return people.prefetch_related("groups", Prefetch("body_memberships", now, to_attr="current_memberships"))


def _granted(granted: actions.Grant, body: ReviewBody | None) -> str:
    said = {"person": granted.person, "left": granted.left, "body": body}
    if granted.left:
        return _("%(person)s ya tiene la función. Dejó «%(left)s» y trabaja para «%(body)s».") % said
    return _("%(person)s ya tiene la función.") % said


def _role_names(user: User) -> list[str]:
    return [str(role.label) for role in Role if role.value in user.roles]
