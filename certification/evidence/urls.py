from django.urls import URLPattern, URLResolver, path

from certification.evidence.links import views as links
from certification.evidence.regions import views as regions
from certification.evidence.uploads import views as uploads
from certification.evidence.views import deleting, documents, files, guard, library, mending, viewer

urlpatterns: list[URLPattern | URLResolver] = [
    path("empresa/<int:employer>/documentos/", library.document_list, name="document_list"),
    path("empresa/<int:employer>/documentos/subir/", library.document_upload, name="document_upload"),
    path("empresa/<int:employer>/documentos/subir/archivo/", uploads.upload_begin, name="upload_begin"),
    path("empresa/<int:employer>/documentos/subir/terminar/", uploads.upload_finish, name="upload_finish"),
    path("empresa/documentos/subidas/<int:pk>/", uploads.upload_content, name="upload_content"),
    path("empresa/documentos/subidas/<int:pk>/quitar/", uploads.upload_drop, name="upload_drop"),
    path("empresa/<int:employer>/documentos/pagina/", links.document_link, name="document_link"),
    path("empresa/documentos/<int:pk>/", documents.document_detail, name="document_detail"),
    path("empresa/documentos/<int:pk>/borrar/", deleting.document_delete, name="document_delete"),
    path("empresa/documentos/<int:pk>/cambiar/", documents.document_update, name="document_update"),
    path("empresa/documentos/<int:pk>/version/", documents.revision_add, name="revision_add"),
    path("empresa/documentos/<int:pk>/version/archivo/", uploads.revision_begin, name="revision_begin"),
    path("empresa/documentos/<int:pk>/<int:number>/", files.document_download, name="document_download"),
    path("empresa/documentos/<int:pk>/<int:number>/tapar/", guard.revision_mask, name="revision_mask"),
    path("empresa/documentos/<int:pk>/<int:number>/vista/", links.link_seen, name="link_seen"),
    path("empresa/documentos/<int:pk>/<int:number>/marcar/", regions.document_regions, name="document_regions"),
    path("empresa/documentos/marcas/<int:pk>/quitar/", regions.region_remove, name="region_remove"),
    path("empresa/documentos/<int:pk>/<int:number>/motivo/", guard.revision_needed, name="revision_needed"),
    path("empresa/documentos/<int:pk>/<int:number>/limpiar/", mending.revision_clean, name="revision_clean"),
    path("empresa/documentos/<int:pk>/<int:number>/ver/", viewer.document_view, name="document_view"),
    path(
        "empresa/documentos/<int:pk>/<int:number>/sin-lugar/",
        mending.revision_without_place,
        name="revision_without_place",
    ),
    path("empresa/documentos/<int:pk>/<int:number>/paginas/<int:page>/", files.document_page, name="document_page"),
]
