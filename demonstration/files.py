"""Small real files for the demonstration's evidence: PDF pages and a photograph, made here and never copied."""

from __future__ import annotations

import io
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import format_html
from PIL import Image, ImageDraw
from weasyprint import HTML

from certification.evidence.enums import DocumentKind

TEXTS = {
    "Política de igualdad laboral y no discriminación": (
        "La dirección adopta esta política y prohíbe toda forma de discriminación y de violencia laboral.",
        "Alcanza a todas las personas que trabajan aquí, con cualquier tipo de contrato, y a quienes piden empleo.",
        "La cuida el comité de igualdad, que informa a la dirección cada seis meses.",
    ),
    "Acta de integración del comité de igualdad": (
        "Se reúnen las personas designadas por cada área para integrar el comité.",
        "El comité se integra por cuatro mujeres y cuatro hombres de cinco áreas.",
        "Sesiona cada dos meses y levanta minuta de cada sesión.",
    ),
    "Procedimiento de reclutamiento y selección": (
        "Las vacantes se publican con funciones, requisitos del puesto y sueldo.",
        "No se piden pruebas de embarazo ni de VIH, ni fotografía, edad o estado civil.",
        "Cada entrevista se califica con la misma guía y la firman dos personas.",
    ),
    "Informe de auditoría interna": (
        "Se revisaron los catorce requisitos con lista de verificación.",
        "Hallazgo 1: faltan carteles accesibles en el almacén. Responsable y fecha: mantenimiento, treinta días.",
        "Hallazgo 2: dos perfiles de puesto usan lenguaje que excluye. Se corrigieron el mismo mes.",
    ),
    "Informe del cuestionario de clima laboral": (
        "Se aplicó en forma anónima a la muestra calculada, por sexo y por área.",
        "El apartado más bajo es corresponsabilidad; el más alto, trato respetuoso.",
        "Se acordaron tres acciones de mejora con fecha y responsable.",
    ),
    "Comparativo de percepciones por sexo y nivel": (
        "Promedios mensuales por nivel, de grupos de tres personas o más.",
        "La diferencia mayor es de 3.9 % en mandos medios; se revisará en enero.",
        "El tabulador es público para el personal.",
    ),
    "Protocolo contra la violencia laboral": (
        "Cualquier persona puede presentar una queja por escrito, en persona o de forma anónima.",
        "El comité responde en cinco días hábiles y canaliza los casos graves a la autoridad.",
        "Nadie sufre represalias por presentar una queja o declarar.",
    ),
    "Constancia de no incumplimiento": (
        "Se hace constar que no existe resolución firme por incumplimiento a la fecha de emisión.",
        "Documento ficticio, hecho para la demostración del portal.",
        "No tiene validez.",
    ),
}
PHOTOGRAPH = "Espacio de lactancia"
KINDS = {
    "Política de igualdad laboral y no discriminación": DocumentKind.POLICY,
    "Acta de integración del comité de igualdad": DocumentKind.MINUTES,
    "Procedimiento de reclutamiento y selección": DocumentKind.POLICY,
    "Informe de auditoría interna": DocumentKind.OTHER,
    "Informe del cuestionario de clima laboral": DocumentKind.SURVEY,
    "Comparativo de percepciones por sexo y nivel": DocumentKind.FIGURE,
    "Protocolo contra la violencia laboral": DocumentKind.POLICY,
    "Constancia de no incumplimiento": DocumentKind.CERTIFICATE,
    PHOTOGRAPH: DocumentKind.PHOTOGRAPH,
}


@cache
def _page(title: str) -> bytes:
    paragraphs = "".join(format_html("<p>{}</p>", text) for text in TEXTS[title])
    html = format_html("<h1>{}</h1><p><em>Documento ficticio para la demostración de Constancia</em></p>", title)
    document = HTML(string=str(html) + paragraphs).render()
    pdf: bytes = document.write_pdf(pdf_identifier=title.encode())
    return pdf


@cache
def _photograph() -> bytes:
    image = Image.new("RGB", (960, 640), "#e5f0ec")
    draw = ImageDraw.Draw(image)
    draw.rectangle((120, 160, 840, 560), outline="#0b5d57", width=8)
    draw.rectangle((400, 320, 560, 560), fill="#0b5d57")
    draw.text((140, 180), "Espacio de lactancia (imagen de ejemplo)", fill="#1d1b1a")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def upload(title: str) -> SimpleUploadedFile:
    if title == PHOTOGRAPH:
        return SimpleUploadedFile(f"{title}.png", _photograph(), "image/png")
    return SimpleUploadedFile(f"{title}.pdf", _page(title), "application/pdf")
