from django.urls import path, register_converter
from django.urls.converters import StringConverter

from certification.review.views import desk, extensions, files, items, originals, results, rulings, viewer


class ItemCode(StringConverter):
    """Codes of items as the standards write them; «publicar» is a page of the certificates' room."""

    regex = r"(?!publicar/)[A-Za-z0-9][A-Za-z0-9._-]*"


register_converter(ItemCode, "item_code")

urlpatterns = [
    path("revision/", desk.review_list, name="review_list"),
    path("revision/<str:folio>/", files.review_detail, name="review_detail"),
    path("revision/<str:folio>/asignar/", files.review_assign, name="review_assign"),
    path("revision/<str:folio>/observaciones/", rulings.review_observe, name="review_observe"),
    path("revision/<str:folio>/recomendacion/", rulings.review_recommend, name="review_recommend"),
    path("revision/<str:folio>/dictamen/", rulings.decision, name="decision"),
    path("revision/<str:folio>/prorroga/", extensions.extension_decide, name="extension_decide"),
    path("revision/<str:folio>/devolver/", rulings.review_return, name="review_return"),
    path("revision/<str:folio>/evidencia/<int:pk>/<int:page>/", items.evidence_page, name="evidence_page"),
    path("revision/<str:folio>/evidencia/<int:pk>/ver/", viewer.evidence_view, name="evidence_view"),
    path("revision/<str:folio>/evidencia/<int:pk>/original/", originals.evidence_original, name="evidence_original"),
    path("revision/<str:folio>/<item_code:item>/", items.review_item, name="review_item"),
    path("empresa/solicitudes/<str:folio>/resultado/", results.application_result, name="application_result"),
]
