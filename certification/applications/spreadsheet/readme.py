"""The first sheet: how to fill the workbook in, and what it was exported from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from certification.applications.spreadsheet import styles
from certification.applications.spreadsheet.stated import Stated


def write_readme(sheet: Any, stated: Stated, at: dt.datetime) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 90
    sheet.protection.sheet = True
    sheet.append([styles.cell(sheet, _("Tu autodiagnóstico, para llenarlo sin conexión"), styles.HEAD)])
    for name, text in (*_about(stated, at), *_how(stated)):
        sheet.append([styles.cell(sheet, name, styles.READ), styles.cell(sheet, text, styles.READ)])


def _about(stated: Stated, at: dt.datetime) -> list[tuple[str, str]]:
    application, standard = stated.application, stated.application.standard
    return [
        (_("Solicitud"), application.folio),
        (_("Empresa"), application.employer.legal_name),
        (_("Norma"), standard.title),
        (_("Versión"), standard.version),
        (_("Huella de la norma"), standard.fingerprint),
        (_("Descargada el"), timezone.localtime(at).strftime("%Y-%m-%d %H:%M")),
        (_("Centros de trabajo"), "\n".join(place.label for place in stated.places)),
    ]


def _how(stated: Stated) -> list[tuple[str, str]]:
    lines = [
        _("Escribe sólo en las celdas blancas. Las sombreadas son para leer: lo que cambies en ellas no se toma."),
        _("Donde hay una lista, elige de ella: Sí, En parte, Todavía no, No aplica."),
        _("«No aplica» y la nota van en el renglón del criterio, no en el de sus incisos."),
        _("Escribe las fechas con año, mes y día, como 2026-11-03."),
        _("Escribe valores, no fórmulas: una fórmula no se toma, y te diremos en qué celda está."),
        _("Puedes ordenar los renglones o quitar los que no vas a tocar. No cambies los códigos ni los títulos."),
        _("«°» junto a los puntos: es un valor de trabajo, todavía no es oficial."),
        _("«Explicación» abre cada número hasta su cuenta y su regla. Es como estaba al descargarla: no se recalcula."),
        _("Las cifras de la plantilla y los archivos se cambian en el portal: aquí están para leerlos."),
        _("Al subir la hoja verás cada cambio antes de aplicarlo. Nada se sustituye si no lo marcas."),
        _("No escribas datos personales ni de salud de nadie."),
    ]
    if len(stated.places) > 1:
        lines.insert(3, _("En «Centros» escribe sólo lo que en un centro es distinto: elige el centro y el código."))
    return [(_("Cómo se llena") if number == 0 else "", line) for number, line in enumerate(lines)]
