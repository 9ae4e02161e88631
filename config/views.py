"""Pages that know every room: the home page, the start page of the programme, the errors, the words about the site."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.kept_posts import typed_texts
from accounts.permissions import require_manager
from certification.certificates import registry
from good_practices.models import Practice

NEWEST_PRACTICES = 3
PRACTICE_COUNT = "practice-count"
AREAS = (
    ("review_list", _("Solicitudes"), _("Repartir las que llegan, ver quién las tiene y publicar lo decidido.")),
    ("staff_list", _("Personas"), _("Dar y quitar funciones; decir para qué organismo trabaja cada quien.")),
    ("body_list", _("Organismos"), _("Unidades de la Secretaría y organismos acreditados.")),
    ("practice_queue", _("Prácticas"), _("Las que propusieron las empresas y esperan edición.")),
    ("certificate_list", _("Padrón"), _("Certificados vigentes, suspendidos y cancelados.")),
    ("programme_standards", _("Normas"), _("Subir, comparar, probar y publicar sus versiones, entre dos personas.")),
)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    published = Practice.objects.published()
    context = {
        "overview": registry.overview(),
        "practice_count": cache.get_or_set(PRACTICE_COUNT, published.count, registry.SECONDS),
        "practices": published.select_related("employer")[:NEWEST_PRACTICES],
        "today": timezone.localdate(),
    }
    return render(request, "config/home.html", context)


@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    """The areas of who manages the programme."""
    require_manager(request.user)
    return render(request, "config/programme.html", {"areas": AREAS})


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "config/help.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "config/privacy.html")


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    return render(request, "config/open_data.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "config/accessibility.html")


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # What the room said to the person, if it said something: PermissionDenied("…").
    return render(request, "403.html", {"sentence": str(exception or ""), "typed": typed_texts(request)}, status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", {"typed": typed_texts(request)}, status=404)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    # No context processor: they ask the database, which may be what failed.
    return HttpResponse(render_to_string("500.html"), status=500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
