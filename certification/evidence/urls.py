from django.urls import URLPattern, URLResolver, path

from certification.evidence.views import documents, files, library

urlpatterns: list[URLPattern | URLResolver] = [
    path("empresa/<int:employer>/documentos/", library.document_list, name="document_list"),
    path("empresa/<int:employer>/documentos/subir/", library.document_upload, name="document_upload"),
    path("empresa/documentos/<int:pk>/", documents.document_detail, name="document_detail"),
    path("empresa/documentos/<int:pk>/cambiar/", documents.document_update, name="document_update"),
    path("empresa/documentos/<int:pk>/version/", documents.revision_add, name="revision_add"),
    path("empresa/documentos/<int:pk>/<int:number>/", files.document_download, name="document_download"),
    path("empresa/documentos/<int:pk>/<int:number>/paginas/<int:page>/", files.document_page, name="document_page"),
]
