from django.urls import path

from certification.applications.access import views

urlpatterns = [
    path("empresa/<int:employer>/documentos/accesos/", views.employer_looks, name="employer_looks"),
    path("empresa/<int:employer>/documentos/accesos.csv", views.employer_looks_csv, name="employer_looks_csv"),
    path("empresa/documentos/<int:pk>/accesos/", views.document_looks, name="document_looks"),
    path("empresa/documentos/<int:pk>/accesos.csv", views.document_looks_csv, name="document_looks_csv"),
]
