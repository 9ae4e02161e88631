from django.urls import path

from certification.applications.migrating import views

urlpatterns = [
    path("empresa/solicitudes/<str:folio>/version/", views.version_detail, name="version_detail"),
    path("empresa/solicitudes/<str:folio>/version/<slug:verb>/", views.version_choose, name="version_choose"),
]
