"""Archives unpacked: unzip, untar, gunzip; of files here or at web addresses."""

from __future__ import annotations

import gzip
import lzma
import os
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

import numpy as np

from cnnscript.builtins import absent_data
from cnnscript.builtins.files.matfiles import write_beside
from cnnscript.builtins.language.web import MARKS, fetched, opened
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT
from cnnscript.values.text import cell_of_texts

DIGITS = "DigitsData.zip"  # of MATLAB's examples


class Unreadable(Exception):
    """An archive that is locked, or whose check sum is wrong."""


# and what Python raises for archives that are none, are broken, or are packed in a way it knows nothing of
DAMAGED = (Unreadable, zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, EOFError,
           NotImplementedError)  # fmt: skip


def local_copy(session: Any, name: str, function: str) -> tuple[str, bool]:
    """The path of an archive; one named by a web address is fetched first (True: its folder is to be removed
    afterwards)."""
    if name.startswith(MARKS):
        last = os.path.basename(unquote(urlsplit(name).path)) or "archive"
        answer = opened(name, file=f"what {last} holds")
        folder = tempfile.mkdtemp()
        path = os.path.join(folder, last)
        try:
            fetched(answer, path, name)
        except BaseException:
            shutil.rmtree(folder)
            raise
        return path, True
    found = session.path.find_file(name)
    if found is None and not os.path.splitext(name)[1]:
        found = session.path.find_file(name + ".zip")
    if found is None:
        sentence = absent_data.sentence(name)
        raise ScriptError(
            f"MATLAB:{function}:invalidZipFile" if function == "unzip" else f"MATLAB:{function}:invalidFile",
            f'Invalid {"zip" if function == "unzip" else "archive"} file "{name}". File does not exist.',
            notes=(sentence,) if sentence else (),
            hint=absent_data.hint(name) if sentence else None,
        )
    return str(found), False


def safe(folder: str, name: str, function: str) -> str:
    """Where a member of an archive goes.  Raises for one that would leave the folder."""
    target = os.path.abspath(os.path.join(folder, name))
    root = os.path.abspath(folder)
    if target != root and not target.startswith(root + os.sep):
        raise ScriptError(
            f"MATLAB:{function}:unsafePath",
            f"The archive holds a file outside of its own folder: '{name}'.",
            notes=("nothing was unpacked",),
        )
    return target


def unpacked(session: Any, archive: Any, folder: Any, function: str, work: Callable[[str, str], list[str]]) -> Any:
    name = one_text(archive, function, "File name")
    goal = os.path.expanduser(one_text(folder, function, "Folder name")) if folder is not None else "."
    path, temporary = local_copy(session, name, function)
    try:
        made = work(path, goal if folder is not None or temporary else "")
    except DAMAGED as fault:
        raise ScriptError(
            f"MATLAB:{function}:invalidZipFile" if function == "unzip" else f"MATLAB:{function}:invalidFile",
            f'Invalid {"zip" if function == "unzip" else "archive"} file "{name}".',
            notes=(str(fault).partition(":\n")[0],),
        ) from None
    except OSError as fault:
        raise ScriptError(
            f"MATLAB:{function}:OSError", f"Unable to unpack '{name}': {fault.strerror or fault}."
        ) from None
    finally:
        if temporary:
            shutil.rmtree(os.path.dirname(path))
    session.look_again()
    return cell_of_texts(made, column=False) if made else np.empty((1, 0), OBJECT)


@builtin
def unzip(session, nargout, filename, folder=".", /):
    """
    unzip(zipfilename)
    unzip(zipfilename, outputfolder)
    filenames = unzip(zipfilename, outputfolder)

    Unpack a zip archive into the current folder or another one. A web address is fetched first.

    'DigitsData.zip', where there is no such file, gives the folder DigitsData of cnnscript's own pictures of digits.

    Examples
      >> try, filenames = unzip('no_such.zip', 'out'); catch e, disp(e.message), end
      Invalid zip file "no_such.zip". File does not exist.

    See also untar, gunzip, websave.
    """

    def work(path: str, goal: str) -> list[str]:
        with zipfile.ZipFile(path) as archive:
            targets = {member: safe(goal, member.filename, "unzip") for member in archive.infolist()}
            locked = [member.filename for member in targets if member.flag_bits & 1]
            if locked:
                raise Unreadable(f"'{locked[0]}' is encrypted")
            os.makedirs(goal, exist_ok=True)
            made = []
            for member in targets:
                archive.extract(member, goal)
                if not member.is_dir():
                    made.append(os.path.join(goal, member.filename) if goal != "." else member.filename)
            return made

    word = one_text(filename, "unzip", "File name")
    if os.path.basename(word) == DIGITS and not word.startswith(MARKS) and session.path.find_file(word) is None:
        made = digits_unpacked(session, one_text(folder, "unzip", "Folder name"))
    else:
        made = unpacked(session, filename, folder, "unzip", work)
    return made if nargout else None


def digits_unpacked(session: Any, folder: str) -> Any:
    """The folder that MATLAB's example archive of digits holds, of our own pictures."""
    from cnnscript.builtins.data import digit_data
    from cnnscript.pictures.images.digit_pictures import write_folder

    goal = os.path.join(os.path.expanduser(folder), os.path.splitext(DIGITS)[0])
    os.makedirs(os.path.dirname(goal) or ".", exist_ok=True)
    write_folder(digit_data.digits(session), goal)
    session.look_again()
    return cell_of_texts([os.path.join(place, name) for place, _, names in os.walk(goal) for name in names], False)


@builtin
def untar(session, nargout, filename, folder=".", /):
    """
    untar(tarfilename)
    untar(tarfilename, outputfolder)
    filenames = untar(tarfilename, outputfolder)

    Unpack a tar archive (.tar, .tar.gz, .tgz) into the current folder or another one.

    Examples
      >> try, filenames = untar('no_such.tar', 'out'); catch e, disp(e.message), end
      Invalid archive file "no_such.tar". File does not exist.

    See also unzip, gunzip, websave.
    """

    def work(path: str, goal: str) -> list[str]:
        with tarfile.open(path) as archive:
            members = archive.getmembers()
            for member in members:
                safe(goal, member.name, "untar")
            os.makedirs(goal, exist_ok=True)
            archive.extractall(goal, filter="data")
            return [
                os.path.join(goal, member.name) if goal != "." else member.name for member in members if member.isfile()
            ]

    made = unpacked(session, filename, folder, "untar", work)
    return made if nargout else None


@builtin
def gunzip(session, nargout, filename, folder=None, /):
    """
    gunzip(gzipfilename)
    gunzip(gzipfilename, outputfolder)
    filenames = gunzip(gzipfilename)

    Unpack a .gz file beside itself or into another folder; one at a web address into the current folder.

    Examples
      >> try, filenames = gunzip('no_such.gz', 'out'); catch e, disp(e.message), end
      Invalid archive file "no_such.gz". File does not exist.

    See also unzip, untar.
    """

    def work(path: str, goal: str) -> list[str]:
        place = goal or os.path.dirname(path)
        last = os.path.basename(path)
        last = last[:-3] if last.endswith(".gz") else last + ".out"
        target = os.path.join(place, last) if place != "." else last
        if place:
            os.makedirs(place, exist_ok=True)
        with gzip.open(path) as source:

            def write(beside: str) -> None:
                with open(beside, "wb") as file:
                    try:
                        shutil.copyfileobj(source, file)
                    except gzip.BadGzipFile as fault:  # an OSError: it would be told as one of writing
                        raise Unreadable(str(fault)) from None

            write_beside(target, write, "gunzip")
        return [target]

    made = unpacked(session, filename, folder, "gunzip", work)
    return made if nargout else None
