from django.urls import path

from certification.applications.plan import views

PLAN = "empresa/<int:pk>/plan/"

urlpatterns = [
    path(PLAN, views.improvement_plan, name="improvement_plan"),
    path(f"{PLAN}nueva/", views.improvement_create, name="improvement_create"),
    path(f"{PLAN}<int:action_pk>/", views.improvement_edit, name="improvement_edit"),
    path(f"{PLAN}<int:action_pk>/cerrar/", views.improvement_close, name="improvement_close"),
    path(f"{PLAN}<int:action_pk>/reabrir/", views.improvement_reopen, name="improvement_reopen"),
]
