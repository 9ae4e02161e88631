from django.urls import URLPattern, URLResolver, path

from certification.evidence import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("empresa/<int:employer>/documentos/", views.document_list, name="document_list"),
    path("empresa/<int:employer>/documentos/subir/", views.document_upload, name="document_upload"),
    path("empresa/documentos/<int:pk>/", views.document_detail, name="document_detail"),
    path("empresa/documentos/<int:pk>/cambiar/", views.document_update, name="document_update"),
    path("empresa/documentos/<int:pk>/version/", views.revision_add, name="revision_add"),
    path("empresa/documentos/<int:pk>/<int:number>/", views.document_download, name="document_download"),
    path("empresa/documentos/<int:pk>/<int:number>/paginas/<int:page>/", views.document_page, name="document_page"),
]
