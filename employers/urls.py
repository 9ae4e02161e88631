from django.urls import URLPattern, URLResolver, path

from employers.views import employers, figures, invitations, people, workplaces

WORKPLACE = "empresa/<int:pk>/centros/<int:workplace_pk>/"
PEOPLE = "empresa/<int:pk>/personas/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("empresa/nueva/", employers.employer_create, name="employer_create"),
    path("empresa/pedir-invitacion/", employers.join_request, name="join_request"),
    path("empresa/invitaciones/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    path("empresa/<int:pk>/", employers.employer_detail, name="employer_detail"),
    path("empresa/<int:pk>/editar/", employers.employer_edit, name="employer_edit"),
    path("empresa/<int:pk>/centros/nuevo/", workplaces.workplace_create, name="workplace_create"),
    path(WORKPLACE, workplaces.workplace_detail, name="workplace_detail"),
    path(f"{WORKPLACE}editar/", workplaces.workplace_edit, name="workplace_edit"),
    path(f"{WORKPLACE}cerrar/", workplaces.workplace_close, name="workplace_close"),
    path(f"{WORKPLACE}cifras/<int:year>/", figures.figures_edit, name="figures_edit"),
    path(PEOPLE, people.member_list, name="member_list"),
    path(f"{PEOPLE}invitar/", people.invitation_create, name="invitation_create"),
    path(f"{PEOPLE}<int:member_pk>/", people.member_edit, name="member_edit"),
    path(f"{PEOPLE}<int:member_pk>/quitar/", people.member_remove, name="member_remove"),
    path(f"{PEOPLE}invitaciones/<int:invitation_pk>/reenviar/", people.invitation_resend, name="invitation_resend"),
    path(f"{PEOPLE}invitaciones/<int:invitation_pk>/anular/", people.invitation_revoke, name="invitation_revoke"),
]
