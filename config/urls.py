from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from config import views
from config.api import api, public
from config.health import health

handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"

urlpatterns = [
    path("salud/", health, name="health"),
    path("", views.home, name="home"),
    path("ayuda/", views.help_page, name="help"),
    path("privacidad/", views.privacy, name="privacy"),
    path("datos/", views.open_data, name="open_data"),
    path("accesibilidad/", views.accessibility, name="accessibility"),
    path("idioma/", login_not_required(set_language), name="set_language"),
    path("programa/", views.programme, name="programme"),
    path("api/v1/", (public(api.urls[0]), *api.urls[1:])),
    path("cuenta/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("employers.urls")),
    path("", include("certification.standards.urls")),
    path("", include("certification.evidence.urls")),
    path("", include("certification.applications.diagnosis.urls")),
    path("", include("certification.applications.urls")),
    path("", include("certification.review.urls")),
    path("", include("certification.amendments.urls")),
    path("", include("certification.certificates.urls")),
    path("", include("good_practices.urls")),
]
