"""How a library is searched. Feed it with documents that the person may see."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from certification.evidence.enums import DocumentKind
from certification.evidence.models import Document


class DocumentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Palabras del título"))
    kind = django_filters.ChoiceFilter(choices=DocumentKind, label=_("Tipo"), empty_label=_("Todos"))

    class Meta:
        model = Document
        fields = ("q", "kind")
