from django.urls import path

from certification.certificates.renewal.views import renewal_prepare
from certification.certificates.views import files, programme, registry, verification

urlpatterns = [
    path("empresa/solicitudes/<str:folio>/renovar/", renewal_prepare, name="renewal_prepare"),
    path("padron/", registry.certificate_list, name="certificate_list"),
    path("padron.csv", files.certificate_csv, name="certificate_csv"),
    path("padron.json", files.certificate_json, name="certificate_json"),
    path("padron/<str:folio>/", registry.certificate_detail, name="certificate_detail"),
    path("padron/<str:folio>/certificado.pdf", files.certificate_pdf, name="certificate_pdf"),
    path("verificar/", verification.verify, name="verify"),
    path("verificar/<str:folio>/", verification.verify_folio, name="verify_folio"),
    path("verificar/<str:folio>/sello.svg", files.seal, name="seal"),
    path("revision/<str:folio>/publicar/", programme.publish, name="publish"),
    path("programa/certificados/<str:folio>/", programme.certificate_status, name="certificate_status"),
    path("programa/certificados/<str:folio>/<slug:action>/", programme.change_status, name="change_certificate_status"),
]
