from django.urls import path

from certification.amendments.views import drafts, standards

urlpatterns = [
    path("programa/normas/", standards.programme_standards, name="programme_standards"),
    path("programa/normas/<int:pk>/norma.yaml", standards.standard_yaml, name="standard_yaml"),
    path("programa/normas/<int:pk>/ofrecer/", standards.offer_create, name="offer_create"),
    path("programa/normas/ofertas/<int:pk>/retirar/", standards.offer_withdraw, name="offer_withdraw"),
    path("programa/normas/textos/<int:pk>/", drafts.draft_detail, name="draft_detail"),
    path("programa/normas/textos/<int:pk>/texto.yaml", drafts.draft_text, name="draft_text"),
    path("programa/normas/textos/<int:pk>/diferencias/", drafts.draft_diff, name="draft_diff"),
    path("programa/normas/textos/<int:pk>/probar/", drafts.draft_try, name="draft_try"),
    path("programa/normas/textos/<int:pk>/<slug:verb>/", drafts.draft_decide, name="draft_decide"),
]
