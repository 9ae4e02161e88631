from django.urls import path

from certification.standards import views

urlpatterns = [
    path("normas/", views.standard_list, name="standard_list"),
    path("normas/<slug:slug>/", views.standard_detail, name="standard_detail"),
    path("normas/<slug:slug>/mapa.pdf", views.standard_map, name="standard_map"),
]
