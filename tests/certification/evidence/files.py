"""A corpus of files, good and bad, each made here as bytes."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pikepdf
import weasyprint
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Every antivirus takes it for a virus, and it does nothing (eicar.org). In two halves: this file is none.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + rb"-ANTIVIRUS-TEST-FILE!$H+H*"
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


def pdf_attachment(content=b"hola"):
    document = blank()
    document.attachments["anexo.txt"] = content
    return save_pdf(document)


def pdf_stream(content):
    """A PDF that holds a content deflated in a stream that no page shows."""
    document = blank()
    document.Root.Held = pikepdf.Stream(document, content)
    return save_pdf(document, compress_streams=True)


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


def odt(extra=None):
    kind = "application/vnd.oasis.opendocument.text"
    return archive({"mimetype": kind, "content.xml": "<document>Hola</document>", **(extra or {})})


def docx_that_lies():
    """Its directory says ten bytes of a part that unpacks to nine million."""
    return docx({"word/media/a.xml": b"0" * 9_000_000}).replace(struct.pack("<I", 9_000_000), struct.pack("<I", 10))


def box(kind, content=b""):
    return struct.pack(">I", 8 + len(content)) + kind + content


def mp4():
    return box(b"ftyp", b"isom\0\0\2\0isom") + box(b"moov", b"\0" * 20) + box(b"mdat", b"\0" * 50)


def pdf_saying(*pages, css=""):
    """A PDF with these words on its pages, in a font with Spanish letters."""
    body = "".join(f'<div style="break-after:page">{page}</div>' for page in pages)
    style = "@page{size:Letter;margin:2cm} div:last-child{break-after:auto!important}"
    return weasyprint.HTML(string=f"<meta charset=utf-8><style>{style}{css}</style>{body}").write_pdf()


def pdf_with_form(value, note):
    """A PDF with a form that somebody filled in, and a note that opens at a click."""
    document = pikepdf.open(io.BytesIO(pdf_saying("Formato")))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    look = document.make_stream(f"/Tx BMC BT /F1 12 Tf 2 5 Td ({value}) Tj ET EMC".encode("cp1252"))
    look.Subtype, look.BBox, look.Resources = Name.Form, [0, 0, 200, 20], Dictionary(Font={"/F1": font})
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="campo", V=value, Rect=[100, 600, 300, 620],
        F=4, DA="/F1 12 Tf 0 g", AP={"/N": look},
    )  # fmt: skip
    said = Dictionary(Type=Name.Annot, Subtype=Name.Text, Contents=note, Rect=[400, 600, 420, 620])
    field, said = document.make_indirect(field), document.make_indirect(said)
    document.pages[0].Annots = Array([field, said])
    document.Root.AcroForm = Dictionary(Fields=Array([field]), DR={"/Font": {"/F1": font}})
    return save_pdf(document)


def pptx(slides, notes=None):
    """A presentation whose slides are stored in another order than they are shown in."""
    drawing = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    kind = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    override = f'<Override PartName="/ppt/presentation.xml" ContentType="{kind}"/>'
    last = len(slides)
    listed = "".join(f'<p:sldId id="{n}" r:id="r{n}"/>' for n in range(last))
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{RELATION}/slide" Target="slides/slide{last - n}.xml"/>' for n in range(last)
    )
    names = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{override}</Types>',
        "ppt/presentation.xml": f'<p:presentation {names} xmlns:r="{RELATION}">{listed}</p:presentation>',
        "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>',
    }
    for n, said in enumerate(slides):
        parts[f"ppt/slides/slide{last - n}.xml"] = f"<sld {drawing}><a:p><a:r><a:t>{said}</a:t></a:r></a:p></sld>"
    for n, said in (notes or {}).items():
        row = f'<Relationship Id="n" Type="{RELATION}/notesSlide" Target="../notesSlides/notes{n}.xml"/>'
        parts[f"ppt/slides/_rels/slide{last - n}.xml.rels"] = (
            f'<Relationships xmlns="{RELATIONS}">{row}</Relationships>'
        )
        parts[f"ppt/notesSlides/notes{n}.xml"] = f"<notes {drawing}><a:p><a:r><a:t>{said}</a:t></a:r></a:p></notes>"
    return archive(parts)


def pdf_endless(step=1e-5):
    """A page of one kilobyte that is filled with a pattern of some 10 ** 14 tiles."""
    document = blank()
    says = {"Type": Name.Pattern, "PatternType": 1, "PaintType": 1, "TilingType": 1, "BBox": [0, 0, 9, 9]}
    tile = document.make_stream(b"1 0 0 rg 0 0 1 1 re f", XStep=step, YStep=step, Resources=Dictionary(), **says)
    document.pages[0].Resources = Dictionary(Pattern=Dictionary({"/P": tile}))
    document.pages[0].Contents = document.make_stream(b"/Pattern cs /P scn 0 0 300 200 re f")
    return save_pdf(document)


def pdf_hungry(lines=20_000_000):
    """A page with millions of lines, which take many gigabytes once it is read, and 400 kB in the file."""
    line, block = b"0 0 m 9 9 l S\n", 20_000
    packer = zlib.compressobj(9, wbits=-15)
    repeated = packer.compress(line * block) + packer.flush(
        zlib.Z_FULL_FLUSH
    )  # stands for itself, as often as it is said
    document = blank()
    content = document.make_stream(b"x\xda" + repeated * (lines // block) + b"\x03\x00")
    content.Filter = Name.FlateDecode
    document.pages[0].Contents = content
    return save_pdf(document)


def photograph(kind="JPEG"):
    """A picture that lies on its side and says which camera took it, when, and where: in the Zócalo."""
    exif = Image.Exif()
    exif[Base.Orientation], exif[Base.Make] = 6, "Camera"
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2026:03:04 10:00:00"
    place = {GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (19.0, 25.0, 57.5)}
    place |= {GPS.GPSLongitudeRef: "W", GPS.GPSLongitude: (99.0, 7.0, 59.0)}
    exif.get_ifd(IFD.GPSInfo).update(place)
    return image(kind, exif=exif)


def pdf_bomb(size=3 * 2**30):
    """A PDF of a few megabytes whose catalogue lies in an object stream that unpacks to so many bytes."""
    objects = [b"<</Type/Catalog/Pages 3 0 R>>", b"<</Type/Pages/Count 1/Kids[4 0 R]>>"]
    objects.append(b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 300 200]>>")
    places = [sum(len(one) + 1 for one in objects[:n]) for n in range(3)]
    head = b" ".join(b"%d %d" % pair for pair in zip((2, 3, 4), places, strict=True)) + b" "
    block, packer = b" " * 2**20, zlib.compressobj(9, wbits=-15)
    start = packer.compress(head + b" ".join(objects)) + packer.flush(zlib.Z_FULL_FLUSH)
    repeated = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)  # stands for itself, as often as it is said
    packed = b"x\xda" + start + repeated * (size // len(block)) + b"\x03\x00"
    out = b"%PDF-1.5\n"
    said = b"/Type/ObjStm/N 3/First %d/Length %d/Filter/FlateDecode" % (len(head), len(packed))
    bomb = len(out)
    out += b"1 0 obj\n<<" + said + b">>stream\n" + packed + b"\nendstream\nendobj\n"
    table = len(out)
    rows = [(0, 0, 0), (1, bomb, 0), (2, 1, 0), (2, 1, 1), (2, 1, 2), (1, table, 0)]
    listed = b"".join(struct.pack(">BIH", *row) for row in rows)
    said = b"/Type/XRef/W[1 4 2]/Size 6/Root 2 0 R/Length %d" % len(listed)
    return (
        out + b"5 0 obj\n<<" + said + b">>stream\n" + listed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % table
    )
