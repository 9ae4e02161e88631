from django.urls import path

from certification.applications.diagnosis import views

urlpatterns = [
    path("diagnostico/", views.diagnosis_list, name="diagnosis_list"),
    path("diagnostico/<slug:slug>/", views.diagnosis, name="diagnosis"),
    path("diagnostico/<slug:slug>/llevar/", views.diagnosis_carry, name="diagnosis_carry"),
]
