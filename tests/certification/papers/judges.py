"""Programs that are not ours, which judge papers."""

import shutil
import subprocess

from PIL import Image

from tests.fixtures.needs import skip_or_fail


def run(*words, given=b"", check=True):
    if shutil.which(words[0]) is None:
        skip_or_fail(f"{words[0]} is not installed")
    return subprocess.run(words, input=given, capture_output=True, check=check).stdout


def text_of(content, folder):
    (folder / "c.pdf").write_bytes(content)
    return run("pdftotext", "-layout", str(folder / "c.pdf"), "-").decode()


def picture_of(content, folder, page=1):
    (folder / "c.pdf").write_bytes(content)
    run("pdftoppm", "-r", "150", "-f", str(page), "-l", str(page), "-png", str(folder / "c.pdf"), str(folder / "c"))
    return Image.open(next(folder.glob("c-*.png")))
