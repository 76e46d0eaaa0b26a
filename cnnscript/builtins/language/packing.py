"""Archives made: zip, tar, gzip; bytes as text: base64."""

from __future__ import annotations

import base64
import gzip as gzip_module
import os
import shutil
import tarfile
import zipfile
from glob import glob
from typing import Any

import numpy as np

from cnnscript.builtins.files.matfiles import write_beside
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text, patterns, real_numbers
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import norm
from cnnscript.values.text import cell_of_texts, is_text


def members(files: Any, folder: Any, name: str) -> tuple[str, list[str]]:
    """The folder that names are relative to, and every file that is meant (folders with all in them)."""
    root = os.path.expanduser(one_text(folder, name, "Root folder"))
    found = []
    for word in patterns(files, name):
        path = os.path.join(root, os.path.expanduser(word))
        places = sorted(glob(path)) if "*" in word else [path] if os.path.exists(path) else []
        if not places:
            raise ScriptError(f"MATLAB:{name}:noEntries", f"Nothing to archive: file '{word}' does not exist.")
        for place in places:
            if os.path.isdir(place):
                found += [os.path.join(where, item) for where, _, items in os.walk(place) for item in sorted(items)]
            else:
                found.append(place)
    return root, found


def with_ending(name: Any, function: str, ending: str) -> str:
    word = os.path.expanduser(one_text(name, function, "File name"))
    return word if os.path.splitext(word)[1] else word + ending


@builtin
def zip_(target, files, folder=".", /):
    """
    zip(zipfilename, filenames)
    zip(zipfilename, filenames, rootfolder)
    entrynames = zip(zipfilename, filenames)

    Pack files, or folders with all in them, into a zip archive.

    Examples
      >> writelines("conv1", 'a.txt')
      >> entrynames = zip('kept', 'a.txt')
      entrynames =
        1×1 cell array
          {'a.txt'}
      >> disp(isfile('kept.zip'))
         1

    See also unzip, tar, gzip.
    """
    root, found = members(files, folder, "zip")
    names = [os.path.relpath(path, root) for path in found]

    def write(beside: str) -> None:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, name in zip(found, names, strict=True):
                archive.write(path, name)

    write_beside(with_ending(target, "zip", ".zip"), write, "zip")
    return cell_of_texts(names, column=False)


@builtin
def tar(target, files, folder=".", /):
    """
    tar(tarfilename, filenames)
    tar(tarfilename, filenames, rootfolder)
    entrynames = tar(tarfilename, filenames)

    Pack files, or folders with all in them, into a tar archive (compressed where the name ends in .gz or .tgz).

    Examples
      >> writelines("conv1", 'a.txt')
      >> entrynames = tar('kept.tgz', 'a.txt');
      >> disp(entrynames{1})
      a.txt

    See also untar, zip, gzip.
    """
    root, found = members(files, folder, "tar")
    names = [os.path.relpath(path, root) for path in found]
    path = with_ending(target, "tar", ".tar")
    mode = "w:gz" if path.endswith((".gz", ".tgz")) else "w"

    def write(beside: str) -> None:
        with tarfile.open(beside, mode) as archive:
            for member, name in zip(found, names, strict=True):
                archive.add(member, name, recursive=False)

    write_beside(path, write, "tar")
    return cell_of_texts(names, column=False)


@builtin
def gzip(files, folder=None, /):
    """
    gzip(files)
    gzip(files, outputdir)
    filenames = gzip(files)

    Compress each file into one with .gz at its end.

    Examples
      >> writelines("conv1", 'a.txt')
      >> filenames = gzip('a.txt');
      >> disp(filenames{1})
      a.txt.gz

    See also gunzip, zip, tar.
    """
    _, found = members(files, ".", "gzip")
    made = []
    for path in found:
        place = os.path.dirname(path) if folder is None else os.path.expanduser(one_text(folder, "gzip", "Folder"))
        target = os.path.normpath(os.path.join(place, os.path.basename(path) + ".gz"))

        def write(beside: str, path: str = path) -> None:
            with open(path, "rb") as source, gzip_module.open(beside, "wb") as packed:
                shutil.copyfileobj(source, packed)

        write_beside(target, write, "gzip")
        made.append(target)
    return cell_of_texts(made, column=False)


# ------------------------------------------------------------------------------------------------------ bytes as text
@builtin(name="matlab.net.base64encode")
def base64_encode(data, /):
    """
    base64 = matlab.net.base64encode(in)

    Bytes, or a text's UTF-8, as base64 text.

    Examples
      >> base64 = matlab.net.base64encode('relu')
      base64 =
          'cmVsdQ=='

    See also matlab.net.base64decode, unicode2native.
    """
    if is_text(data):
        raw = one_text(data, "base64encode", "Input").encode()
    else:
        raw = real_numbers(data, "base64encode", "Bytes").astype(np.uint8).tobytes("F")
    return base64.b64encode(raw).decode("ascii")


@builtin(name="matlab.net.base64decode")
def base64_decode(text, /):
    """
    out = matlab.net.base64decode(base64)

    The bytes that base64 text stands for.

    Examples
      >> out = matlab.net.base64decode('cmVsdQ==');
      >> disp(char(out))
      relu

    See also matlab.net.base64encode, native2unicode.
    """
    word = one_text(text, "base64decode", "Input")
    kept = "".join(letter for letter in word if letter.isascii() and (letter.isalnum() or letter in "+/"))
    raw = base64.b64decode(kept + "=" * (-len(kept) % 4)) if len(kept) % 4 != 1 else b""
    return norm(np.frombuffer(raw, np.uint8).reshape(1, -1).copy())
