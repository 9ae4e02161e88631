"""The newest practices as an Atom feed."""

from __future__ import annotations

import datetime as dt

from django.contrib.syndication.views import Feed
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from good_practices.models import Practice

LATEST = 30


class PracticeFeed(Feed[Practice, None]):
    feed_type = Atom1Feed
    title = _("Constancia: buenas prácticas")
    subtitle = _("Prácticas que demostraron empresas certificadas")
    link = reverse_lazy("practice_list")

    def items(self) -> list[Practice]:
        return list(Practice.objects.published().select_related("employer")[:LATEST])

    def item_title(self, item: Practice) -> str:
        return item.title

    def item_description(self, item: Practice) -> str:
        return item.result

    def item_link(self, item: Practice) -> str:
        return reverse("practice_detail", args=[item.slug])

    def item_pubdate(self, item: Practice) -> dt.datetime | None:
        return item.published_at

    def item_author_name(self, item: Practice) -> str:
        return item.employer.name

    def item_categories(self, item: Practice) -> tuple[str, str]:
        return item.topic_title, item.subtopic_title
