"""What the timeline says of an application that was offered a newer version."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MIGRATION_WORDS: dict[str, Promise] = {
    "migrate": _("Pasó a la versión nueva de la norma"),
    "keep_version": _("Se quedó en su versión de la norma"),
    "return_version": _("Volvió a la versión anterior de la norma"),
}
