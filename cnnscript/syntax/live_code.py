"""Live scripts and functions (.mlx): their code as the text of a script, everything else in them left out.

A .mlx file is a zip archive in the Open Packaging Conventions; `matlab/document.xml` in it holds paragraphs in the
vocabulary of WordprocessingML: those of style `code` are code, a paragraph with `w:sectPr` ends a section, the others
are prose (titles, text, equations, pictures).  What the code printed when it was saved is in another part, which is
not read.
"""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from cnnscript.errors import ScriptError

DOCUMENT = "matlab/document.xml"
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
LARGEST = 64 << 20  # bytes of a document that are read: a larger one is no script


def code_of(content: bytes, name: str) -> str:
    """The code of a live script: its code paragraphs in order, prose as comments, `%%` where a section ends.

    Raises ScriptError where the bytes are no live script.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(DOCUMENT).file_size > LARGEST:
                raise damaged(name, f"{DOCUMENT} in it is too large")
            document = archive.read(DOCUMENT)
        if (
            b"<!DOCTYPE" in document or b"<!ENTITY" in document
        ):  # MATLAB writes none, and they may grow without end
            raise damaged(name, f"{DOCUMENT} in it declares entities")
        root = ElementTree.fromstring(document)
    except KeyError:
        raise damaged(name, f"it has no {DOCUMENT}") from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as fault:
        raise damaged(name, str(fault)) from None
    except (ElementTree.ParseError, ValueError, zlib_error()) as fault:
        raise damaged(name, f"{DOCUMENT} in it: {fault}") from None
    pieces: list[str] = []
    add_paragraphs(root, pieces)
    while pieces and pieces[-1] == "%%":
        pieces.pop()
    return "".join(piece.rstrip("\n") + "\n" for piece in pieces)


def zlib_error() -> type[Exception]:
    import zlib

    return zlib.error


def damaged(name: str, why: str) -> ScriptError:
    return ScriptError(
        "MATLAB:mlx:Damaged", f"Unable to read '{name}': it is not a live script, or it is damaged.", notes=(why,)
    )


def add_paragraphs(node: ElementTree.Element, pieces: list[str]) -> None:
    """The text of each paragraph below a node, in order."""
    for part in chosen(node):
        if part.tag != WORDS + "p":
            add_paragraphs(part, pieces)
            continue
        properties = part.find(WORDS + "pPr")
        style = properties.find(WORDS + "pStyle") if properties is not None else None
        text = text_of(part)
        if style is not None and style.get(WORDS + "val") == "code":
            pieces.append(text)
        elif text.strip():
            pieces.append("\n".join("% " + line if line else "%" for line in text.strip().splitlines()))
        if properties is not None and properties.find(WORDS + "sectPr") is not None:
            pieces.append("%%")


def chosen(node: ElementTree.Element) -> list[ElementTree.Element]:
    """The parts of a node; of alternatives (a slider, and the number it stands for) the first that has text."""
    parts: list[ElementTree.Element] = []
    for part in node:
        if part.tag == CHOICES + "AlternateContent":
            alternatives = [list(alternative) for alternative in part]
            parts += next((inner for inner in alternatives if any(text_of(one) for one in inner)), [])
        else:
            parts.append(part)
    return parts


def text_of(node: ElementTree.Element) -> str:
    """The characters of the runs in a node."""
    if node.tag == WORDS + "t":
        return node.text or ""
    if node.tag == WORDS + "br":
        return "\n"
    return "".join(map(text_of, chosen(node)))
