from django.urls import path

from accounts import ended_sessions, views

urlpatterns = [
    path("cuenta/", views.account, name="account"),
    path("cuenta/sesion/", ended_sessions.session_state, name="session_state"),
    path("programa/personas/", views.staff_list, name="staff_list"),
    path("programa/personas/<int:pk>/quitar/", views.staff_revoke, name="staff_revoke"),
    path("programa/personas/<int:pk>/organismo/", views.staff_body, name="staff_body"),
    path("programa/organismos/", views.body_list, name="body_list"),
    path("programa/organismos/<slug:code>/", views.body_edit, name="body_edit"),
]
