"""A corpus of files, good and bad, each made here as bytes."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BODY = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def save_pdf(document, **options):
    out = io.BytesIO()
    # Otherwise the identifier holds the time, and the same document of a second later is another content.
    document.save(out, deterministic_id="encryption" not in options, **options)
    return out.getvalue()


def blank(pages=1):
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(300, 200))
    return document


def pdf(pages=1):
    return save_pdf(blank(pages))


def pdf_encrypted(user="secreta"):
    return save_pdf(blank(), encryption=pikepdf.Encryption(owner="dueña", user=user))


def pdf_with(**root):
    """A PDF with those entries in its root, all packed in compressed object streams."""
    document = blank()
    for key, value in root.items():
        document.Root[f"/{key}"] = document.make_indirect(value)
    return save_pdf(document, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def pdf_javascript():
    return pdf_with(OpenAction=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def pdf_launch():
    return pdf_with(AA=Dictionary(WC=Array([Dictionary(S=Name.Launch, F=String("cmd.exe"))])))


def pdf_action(kind):
    return pdf_with(Names=Dictionary(A=Dictionary(S=Name(f"/{kind}"), F=String("https://example.org"))))


def pdf_xfa():
    return pdf_with(AcroForm=Dictionary(Fields=Array([]), XFA=String("<xdp/>")))


def pdf_attachment():
    document = blank()
    document.attachments["anexo.txt"] = b"hola"
    return save_pdf(document)


def image(kind="PNG", size=(40, 30), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "#126b5c").save(out, kind, **options)
    return out.getvalue()


def png_header(width, height):
    """A PNG that says it is huge and holds almost nothing."""
    start = image(size=(1, 1))
    head = b"IHDR" + struct.pack(">II", width, height) + start[24:29]
    return start[:12] + head + struct.pack(">I", zlib.crc32(head)) + start[33:]


def xlsx(rows=3):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in range(rows):
        book.active.append([f"Puesto {row}", 12_000 + row])
    book.save(out)
    return out.getvalue()


def docx(extra=None, stated=WORD, text="Política de igualdad"):
    override = f'<Override PartName="/word/document.xml" ContentType="{stated}"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{override}</Types>',
        "word/document.xml": f'<document xmlns="{BODY}"><body><p><r><t>{text}</t></r></p></body></document>',
        **(extra or {}),
    }
    return archive(parts)


def relation(kind, mode="External"):
    """A part of a document of Word that stands outside it."""
    row = f'<Relationship Id="r1" Type="{RELATION}/{kind}" Target="https://example.org/a" TargetMode="{mode}"/>'
    return {"word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{row}</Relationships>'}


def archive(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def odt():
    kind = "application/vnd.oasis.opendocument.text"
    return archive({"mimetype": kind, "content.xml": "<document>Hola</document>"})


def box(kind, content=b""):
    return struct.pack(">I", 8 + len(content)) + kind + content


def mp4():
    return box(b"ftyp", b"isom\0\0\2\0isom") + box(b"moov", b"\0" * 20) + box(b"mdat", b"\0" * 50)
