"""Who reaches each page: one table for all of them, so that no page is forgotten."""

import pytest
from django.urls import get_resolver, reverse

from employers.urls import urlpatterns
from tests.employers.factories import InvitationFactory, MembershipFactory, WorkplaceFactory

#                    name                 GET                     POST                    who may not
PAGES = {
    "employer_create": ("get", "post", ()),
    "employer_detail": ("get", None, ()),
    "employer_edit": ("get", "post", ("reader",)),
    "workplace_create": ("get", "post", ("reader",)),
    "workplace_detail": ("get", None, ()),
    "workplace_edit": ("get", "post", ("reader",)),
    "workplace_close": (None, "post", ("reader",)),
    "figures_edit": ("get", "post", ("reader",)),
    "member_list": ("get", None, ()),
    "member_edit": ("get", "post", ("reader", "editor")),
    "member_remove": (None, "post", ("reader", "editor")),
    "invitation_create": ("get", "post", ("reader", "editor")),
    "invitation_resend": (None, "post", ("reader", "editor")),
    "invitation_revoke": (None, "post", ("reader", "editor")),
}
OF_ONE_EMPLOYER = [name for name in PAGES if name != "employer_create"]


@pytest.fixture
def address(employer):
    workplace = WorkplaceFactory(employer=employer)
    member = MembershipFactory(employer=employer)
    invitation = InvitationFactory(employer=employer)
    known = {
        "pk": employer.pk,
        "workplace_pk": workplace.pk,
        "year": 2026,
        "member_pk": member.pk,
        "invitation_pk": invitation.pk,
    }

    def of(name):
        wanted = get_resolver().reverse_dict.getlist(name)[0][0][0][1]
        return reverse(name, kwargs={key: known[key] for key in wanted})

    return of


def test_the_table_names_every_page():
    assert {pattern.name for pattern in urlpatterns} == {*PAGES, "join_request", "invitation_accept"}


def methods(name):
    return [method for method in PAGES[name][:2] if method]


@pytest.mark.parametrize("name", PAGES)
def test_who_is_not_logged_in_is_asked_to(name, address, as_user):
    for method in methods(name):
        response = getattr(as_user(None), method)(address(name))
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", OF_ONE_EMPLOYER)
def test_another_employer_is_not_there(name, address, as_user, stranger):
    for method in methods(name):
        assert getattr(as_user(stranger), method)(address(name)).status_code == 404


@pytest.mark.parametrize("name", OF_ONE_EMPLOYER)
def test_who_left_does_not_see_it_any_more(name, address, as_user, employer):
    left = MembershipFactory(employer=employer, ended=True).user
    for method in methods(name):
        assert getattr(as_user(left), method)(address(name)).status_code == 404


@pytest.mark.parametrize("name", OF_ONE_EMPLOYER)
@pytest.mark.parametrize("who", ["reader", "editor"])
def test_a_role_that_does_not_allow_it_is_refused(name, who, address, as_user, request):
    user = request.getfixturevalue(who)
    for method in methods(name):
        refused = getattr(as_user(user), method)(address(name)).status_code == 403
        assert refused == (who in PAGES[name][2]), (method, name, who)


@pytest.mark.parametrize("name", PAGES)
def test_other_methods_are_refused(name, address, as_user, owner):
    for method, allowed in zip(("get", "post"), PAGES[name][:2], strict=True):
        if not allowed:
            assert getattr(as_user(owner), method)(address(name)).status_code == 405
