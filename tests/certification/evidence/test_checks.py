"""Every file of the corpus has its answer: taken with what is known of it, or refused with reason and remedy."""

import hashlib
import io

import pytest
from PIL import ImageFile

from certification.evidence.checks import UploadRefused, check_upload, clean_name
from tests.certification.evidence import files

GOOD = {
    "Tabulador.pdf": (files.pdf(3), "application/pdf", 3),
    "FOTO.JPG": (files.image("JPEG"), "image/jpeg", None),
    "foto.jpeg": (files.image("JPEG"), "image/jpeg", None),
    "captura.png": (files.image(), "image/png", None),
    "foto.webp": (files.image("WEBP"), "image/webp", None),
    "nómina.xlsx": (files.xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", None),
    "carta.docx": (files.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", None),
    "vínculo.docx": (
        files.docx(files.relation("hyperlink") | {"word/embeddings/tabla.xlsx": files.xlsx()}),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        None,
    ),
    "carta.odt": (files.odt(), "application/vnd.oasis.opendocument.text", None),
    "datos.csv": ("\ufeffpuesto;sueldo\nDirección;1\n".encode(), "text/csv", None),
    "nota.txt": ("Comité de igualdad\n".encode(), "text/plain", None),
    "curso.mp4": (files.mp4(), "video/mp4", None),
}
CUT = "dañad[oa] o incomplet[oa]"
OTHER_CONTENT = "no corresponde a la terminación"
BAD = {
    "vacío.pdf": (b"", "está vacío"),
    "programa.exe": (b"MZ" + b"\0" * 90, "No recibimos archivos de este tipo. Recibimos: pdf, docx"),
    "sin terminación": (files.pdf(), "No recibimos archivos de este tipo"),
    "viejo.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Guárdalo como .docx o como PDF"),
    "foto.heic": (b"\0\0\0\x18ftypheic", "JPEG o PNG"),
    "cerrado.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "contraseña"),
    "foto.pdf": (files.image(), OTHER_CONTENT),
    "texto.pdf": (b"Hola, soy un PDF", OTHER_CONTENT),
    "tabla.docx": (files.xlsx(), "dañado|no corresponde"),
    "imagen.jpg": (files.image(), OTHER_CONTENT),
    "programa.txt": (b"MZ" + b"\x90" * 90, OTHER_CONTENT),
    "cifrado.pdf": (files.pdf_encrypted(), "contraseña"),
    "cifrado sin clave.pdf": (files.pdf_encrypted(user=""), "cifrado"),
    "cortado.pdf": (b"%PDF-1.7\n" + b"1 0 obj <<>>", CUT),
    "javascript.pdf": (files.pdf_javascript(), "programas o acciones"),
    "launch.pdf": (files.pdf_launch(), "programas o acciones"),
    "manda.pdf": (files.pdf_action("SubmitForm"), "programas o acciones"),
    "trae.pdf": (files.pdf_action("ImportData"), "programas o acciones"),
    "otro.pdf": (files.pdf_action("GoToR"), "programas o acciones"),
    "xfa.pdf": (files.pdf_xfa(), "XFA"),
    "adjunto.pdf": (files.pdf_attachment(), "otros archivos adentro"),
    "largo.pdf": (files.pdf(2_001), "2001 páginas y el máximo es 2000"),
    "dos cosas.pdf": (files.pdf() + files.docx(), OTHER_CONTENT),
    "dos cosas.txt": (b"<!-- %PDF-1.4 -->", OTHER_CONTENT),
    "dos cosas.png": (files.image() + files.docx(), OTHER_CONTENT),
    "dos cosas.jpg": (files.image("JPEG") + files.archive({"a.txt": "hola"}), OTHER_CONTENT),
    "dos cosas.mp4": (files.mp4() + files.archive({"a.txt": "hola"}), OTHER_CONTENT),
    "página.pdf": (b"<html><script>alert(1)</script>\n" + files.pdf(), OTHER_CONTENT),
    "enorme.png": (files.png_header(60_000, 60_000), "50 millones"),
    "grande.png": (files.png_header(9_000, 6_000), "50 millones"),
    "cortada.png": (files.image(size=(400, 400))[:-40], CUT),
    "cortada.jpg": (files.image("JPEG", size=(400, 400))[:-400], CUT),
    "cortada.webp": (files.image("WEBP", size=(400, 400))[:-40], CUT),
    "bomba.docx": (files.docx({"word/media/a.xml": b"0" * 40_000_000}), "ocuparía demasiado"),
    "partes.docx": (files.docx({f"word/{n}": b"" for n in range(5_001)}), "ocuparía demasiado"),
    "anidada.docx": (files.docx({"word/media/a.zip": files.archive({"b": b"0" * 900_000})}), "otros archivos adentro"),
    "zip adentro.odt": (files.odt({"Object 1": files.archive({"b": "1"})}), "otros archivos adentro"),
    "miente.docx": (files.docx_that_lies(), CUT),
    "macros.docx": (files.docx({"word/vbaProject.bin": b"1"}), "macros"),
    "plantilla.docx": (files.docx(files.relation("attachedTemplate")), "partes de otro lugar"),
    "imagen enlazada.docx": (files.docx(files.relation("image", mode="external ")), "partes de otro lugar"),
    "objeto.docx": (files.docx({"word/embeddings/oleObject1.bin": b"1"}), "otros archivos adentro"),
    "disimulado.docx": (files.docx({"word/media/a.png": files.OLE + b"1"}), "otros archivos adentro"),
    "paquete.docx": (files.docx({"word/embeddings/programa.exe": b"MZ"}), "otros archivos adentro"),
    "vínculos rotos.docx": (files.docx({"word/_rels/document.xml.rels": "<a"}), CUT),
    "disfraz.docx": (files.docx(stated="application/vnd.ms-word.document.macroEnabled.main+xml"), OTHER_CONTENT),
    "sale.docx": (files.docx({"../../etc/passwd": b"1"}), CUT),
    "entidades.docx": (files.docx({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'}), CUT),
    "cortado.docx": (files.docx()[:-30], CUT),
    "zip.docx": (files.archive({"a.txt": "hola"}), CUT),
    "latin.csv": ("Dirección".encode("latin-1"), "CSV UTF-8"),
    "binario.txt": (b"hola\0\0\0", "no es texto"),
    "cortado.mp4": (files.mp4()[:-5], CUT),
    "sin datos.mp4": (files.box(b"ftyp", b"isom"), CUT),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_file_is_known_by_its_content(name):
    content, media_type, pages = GOOD[name]
    file = io.BytesIO(content)
    checked = check_upload(file, name)
    assert (checked.name, checked.media_type, checked.pages) == (name, media_type, pages)
    assert checked.size == len(content)
    assert checked.sha256 == hashlib.sha256(content).hexdigest()
    assert file.tell() == 0


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_with_name_reason_and_remedy(name):
    content, words = BAD[name]
    with pytest.raises(UploadRefused, match=words) as refused:
        check_upload(io.BytesIO(content), name)
    assert str(refused.value).startswith(f"«{name}»: ")
    assert refused.value.reason.endswith(".")
    assert refused.value.remedy.endswith(".")


def test_archive_that_is_large_in_all_is_refused_before_it_is_unpacked():
    parts = files.docx({f"word/media/{n}.xml": b"0" * 2**20 for n in range(301)})
    assert len(parts) < 2**20
    with pytest.raises(UploadRefused, match="ocuparía demasiado"):
        check_upload(io.BytesIO(parts), "total.docx")


def test_five_thousand_pages_are_too_many():
    with pytest.raises(UploadRefused, match="5000 páginas y el máximo es 2000"):
        check_upload(io.BytesIO(files.pdf(5_000)), "libro.pdf")


@pytest.mark.parametrize("is_lenient", [True, False])
@pytest.mark.parametrize("name", ["cortada.jpg", "cortada.png", "cortada.webp"])
def test_cut_image_is_refused_whatever_the_process_allows(name, is_lenient, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", is_lenient)
    with pytest.raises(UploadRefused, match=CUT):
        check_upload(io.BytesIO(BAD[name][0]), name)


def test_too_large_says_the_limit(settings):
    settings.MAX_UPLOAD_MB = 1
    with pytest.raises(UploadRefused, match=r"pesa 1\.5 MB y el máximo es 1 MB"):
        check_upload(io.BytesIO(b"a" * (3 * 2**19)), "nota.txt")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/política.pdf", "política.pdf"),
        ("C:\\Documentos\\acta.pdf", "acta.pdf"),
        ("acta\x00\r\n\x1b.pdf", "acta.pdf"),
        ("exe\u202efdp.pdf", "exefdp.pdf"),
        ("  dos   espacios .pdf", "dos espacios.pdf"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
        (".pdf", "archivo.pdf"),
        ("..", "archivo"),
        ("", "archivo"),
        ("Informe v1.2 final y muy largo", "Informe v1.2 final y muy largo"),
    ],
)
def test_names_are_cleaned_and_keep_their_extension(given, kept):
    assert clean_name(given) == kept
