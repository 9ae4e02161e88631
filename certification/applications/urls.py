from django.urls import include, path

from certification.applications.bundle.views import dossier_zip
from certification.applications.extensions import views as extensions
from certification.applications.inbox.views import inbox
from certification.applications.views import (
    arriving,
    describing,
    discarding,
    drafting,
    evidence,
    owning,
    sending,
    spreadsheet,
    tasklist,
    workspace,
)
from certification.applications.views.workplaces import workplace_matrix

urlpatterns = [
    path("", include("certification.applications.access.urls")),
    path("", include("certification.applications.plan.urls")),
    path("", include("certification.applications.migrating.urls")),
    path("empresa/", workspace.workspace, name="workspace"),
    path("empresa/<int:employer>/documentos/bandeja/", inbox, name="inbox"),
    path("empresa/solicitudes/nueva/", workspace.application_create, name="application_create"),
    path("empresa/solicitudes/<str:folio>/", tasklist.application_detail, name="application_detail"),
    path("empresa/solicitudes/<str:folio>/puntos/", tasklist.application_points, name="application_points"),
    path("empresa/solicitudes/<str:folio>/encargos/", owning.item_owners, name="item_owners"),
    path("empresa/solicitudes/<str:folio>/retirar/", sending.application_withdraw, name="application_withdraw"),
    path("empresa/solicitudes/<str:folio>/borrar/", discarding.application_discard, name="application_discard"),
    path("empresa/solicitudes/<str:folio>/prorroga/", extensions.extension_ask, name="extension_ask"),
    path("empresa/solicitudes/<str:folio>/reanudar/", sending.application_resume, name="application_resume"),
    path("empresa/solicitudes/<str:folio>/enviar/", sending.application_submit, name="application_submit"),
    path("empresa/solicitudes/<str:folio>/acuse/", sending.receipt, name="receipt"),
    path("empresa/solicitudes/<str:folio>/acuse/<int:number>.pdf", sending.receipt_pdf, name="receipt_pdf"),
    path("empresa/solicitudes/<str:folio>/acuse/<int:number>.json", sending.snapshot_file, name="snapshot_file"),
    path("empresa/solicitudes/<str:folio>/expediente.zip", dossier_zip, name="dossier_zip"),
    path("empresa/solicitudes/<str:folio>/hoja/", spreadsheet.sheet, name="sheet"),
    path("empresa/solicitudes/<str:folio>/hoja/descargar/", spreadsheet.sheet_file, name="sheet_file"),
    path("empresa/solicitudes/<str:folio>/hoja/<int:pk>/", spreadsheet.sheet_changes, name="sheet_changes"),
    path("empresa/solicitudes/<str:folio>/hoja/<int:pk>/descartar/", spreadsheet.sheet_cancel, name="sheet_cancel"),
    path("empresa/solicitudes/<str:folio>/participacion/", drafting.participation_edit, name="participation_edit"),
    path("empresa/solicitudes/<str:folio>/medidas/", drafting.measures_edit, name="measures_edit"),
    path("empresa/solicitudes/<str:folio>/criterios/<str:code>/", drafting.criterion_edit, name="criterion_edit"),
    path("empresa/solicitudes/<str:folio>/centros/", workplace_matrix, name="workplace_matrix"),
    path(
        "empresa/solicitudes/<str:folio>/criterios/<str:code>/centros/<int:workplace>/",
        drafting.local_answer_edit,
        name="local_answer_edit",
    ),
    path(
        "empresa/solicitudes/<str:folio>/items/<str:item>/subir/",
        arriving.evidence_upload_finish,
        name="evidence_upload_finish",
    ),
    path("empresa/solicitudes/<str:folio>/evidencia/<int:pk>/archivo/", evidence.evidence_file, name="evidence_file"),
    path("empresa/solicitudes/<str:folio>/evidencia/<int:pk>/", describing.evidence_use_edit, name="evidence_use_edit"),
]
