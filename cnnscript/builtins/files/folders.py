"""Folders and files as a whole: dir, ls, mkdir, rmdir, delete, copyfile, movefile, isfile, isfolder."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable
from datetime import datetime
from glob import glob
from typing import Any

import numpy as np

from cnnscript.builtins.files.places import real_path
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import map_texts_to, one_text, patterns, shaped
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT, is_cell
from cnnscript.values.objects import Object
from cnnscript.values.structs import StructArray, struct_array
from cnnscript.values.text import is_text
from cnnscript.values.warn import warn

DAY_ZERO = 366  # MATLAB counts days from the year 0, Python from the year 1


def serial_date(moment: datetime) -> float:
    """Days since the year 0, as datenum gives them."""
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return moment.toordinal() + DAY_ZERO + seconds / 86400


@builtin
def isfile(name, /):
    """
    tf = isfile(fileName)

    Whether a file of that name exists (a folder is none).

    Examples
      >> disp(isfile('no_such_file.mat'))
         0

    See also isfolder, exist.
    """
    if not (is_text(name) or is_cell(name)):
        return False
    return map_texts_to(name, lambda word: os.path.isfile(real_path(word)), np.bool_, "isfile", False)


@builtin
def isfolder(name, /):
    """
    tf = isfolder(folderName)

    Whether a folder of that name exists.

    Examples
      >> disp(isfolder(pwd))
         1

    See also isfile, exist, mkdir.
    """
    if not (is_text(name) or is_cell(name)):
        return False
    return map_texts_to(name, lambda word: os.path.isdir(real_path(word)), np.bool_, "isfolder", False)


@builtin
def isdir(name, /):
    """
    tf = isdir(folderName)

    Whether a folder of that name exists: the old name of isfolder.

    Examples
      >> disp(isdir(pwd))
         1

    See also isfolder.
    """
    return isfolder(name)


# ------------------------------------------------------------------------------------------------------------ listing
def entries(name: str) -> tuple[str, list[str]]:
    """The folder that a dir argument lists, and the names in it that fit, sorted."""
    name = real_path(name) or "."
    if "*" in os.path.dirname(name) or "**" in name:  # in several folders: each entry with its own
        folder = os.path.dirname(name.split("*")[0]) or "."
        found = [os.path.relpath(path, folder) for path in glob(name, recursive=True)]
        return folder, sorted(found)
    if "*" in name or "?" in name:
        folder = os.path.dirname(name) or "."
        found = [os.path.basename(path) for path in glob(name)]
        return folder, sorted(found)
    if os.path.isdir(name):
        return name, [".", "..", *sorted(os.listdir(name))]
    if os.path.exists(name):
        return os.path.dirname(name) or ".", [os.path.basename(name)]
    return name, []


FIELDS = ["name", "folder", "date", "bytes", "isdir", "datenum"]


@builtin
def dir_(session, nargout, name=".", /):
    """
    dir
    dir name
    listing = dir(name)

    What is in a folder: printed, or as structs with the fields name, folder, date, bytes, isdir and datenum.

    The name may hold `*`, in its folders too; `**` is any number of folders.

    Examples
      >> fid = fopen('a.txt', 'w'); fclose(fid);
      >> listing = dir('*.txt');
      >> disp(listing(1).name)
      a.txt
      >> dir('*.txt')
      a.txt
      >> dir nothing.here
      'nothing.here' not found.

    See also ls, isfile, isfolder, what.
    """
    word = one_text(name, "dir", "Name")
    folder, found = entries(word)
    if not nargout:
        if not found:
            session.out.write(f"\n'{word}' not found.\n\n")
        else:
            write_names(session, found)
        return None
    parts = []
    for entry in found:
        path = os.path.join(folder, entry)
        try:
            status = os.stat(path)
        except OSError:
            continue  # gone meanwhile, or a link to nowhere
        changed = datetime.fromtimestamp(status.st_mtime)
        is_folder = os.path.isdir(path)
        parts.append(
            {
                "name": os.path.basename(entry) if entry not in (".", "..") else entry,
                "folder": os.path.abspath(os.path.dirname(path) if entry not in (".", "..") else folder),
                "date": changed.strftime("%d-%b-%Y %H:%M:%S"),
                "bytes": 0.0 if is_folder else float(status.st_size),
                "isdir": is_folder,
                "datenum": serial_date(changed.replace(microsecond=0)),
            }
        )
    if not parts:
        return StructArray(FIELDS, np.empty((0, 1), OBJECT))
    return struct_array(FIELDS, shaped(parts, (len(parts), 1)))


def write_names(session: Any, names: list[str]) -> None:
    """Names in columns over 80 characters."""
    width = max(map(len, names)) + 2
    columns = max(1, 80 // width)
    rows = -(-len(names) // columns)
    session.out.write("\n")
    for row in range(rows):
        line = "".join(name.ljust(width) for name in names[row::rows])
        session.out.write(line.rstrip() + "\n")
    session.out.write("\n")


@builtin
def ls(session, nargout, name=".", /):
    """
    ls
    ls name
    list = ls(name)

    The names in a folder: printed, or as text.

    Examples
      >> mkdir('figures');
      >> list = ls('fig*');
      >> disp(strtrim(list))
      figures
      >> ls fig*
      figures

    See also dir, pwd, cd.
    """
    word = one_text(name, "ls", "Name")
    _, found = entries(word)
    found = [entry for entry in found if not entry.startswith(".")]
    if not found and not os.path.isdir(real_path(word)):
        raise ScriptError("MATLAB:ls:OSError", f"ls: cannot access '{word}': No such file or directory")
    if nargout:
        return "".join(f"{entry}\n" for entry in found)
    if found:
        write_names(session, found)
    return None


# ----------------------------------------------------------------------------------------------------------- changing
def attempt(nargout: int, task: Callable[[], None], identifier: str, sentence: Callable[[OSError], str]) -> tuple:
    """Do something to files: an error, or where outputs are asked for [status, message, identifier]."""
    try:
        task()
    except OSError as fault:
        if nargout:
            return False, sentence(fault), identifier
        raise ScriptError(identifier, sentence(fault)) from None
    except ScriptError as fault:
        if nargout:
            return False, fault.message, fault.identifier
        raise
    return (True, "", "") if nargout else ()


def why(fault: OSError) -> str:
    return os.strerror(fault.errno) if fault.errno else str(fault)


@builtin(outputs=3)
def mkdir(nargout, parent, name=None, /):
    """
    mkdir folderName
    mkdir(parentFolder, folderName)
    status = mkdir(folderName)
    [status, msg, msgID] = mkdir(folderName)

    Make a folder, and those above it that are missing. One that is there already is a warning.

    Examples
      >> mkdir nets
      >> status = mkdir('nets', 'deep')
      status =
        logical
         1
      >> [status, msg, msgID] = mkdir('nets');
      >> disp(msg)
      Directory already exists.

    See also rmdir, isfolder, cd.
    """
    first = one_text(parent, "mkdir", "Folder name")
    path = first if name is None else os.path.join(first, one_text(name, "mkdir", "Folder name"))
    path = real_path(path)
    if os.path.isdir(path):
        if not nargout:
            warn("MATLAB:MKDIR:DirectoryExists", "Directory already exists.")
            return None
        return True, "Directory already exists.", "MATLAB:MKDIR:DirectoryExists"

    def sentence(fault: OSError) -> str:
        return "A file of that name exists." if fault.errno in (errno.EEXIST, errno.ENOTDIR) else f"{why(fault)}."

    result = attempt(nargout, lambda: os.makedirs(path), "MATLAB:MKDIR:OSError", sentence)
    return result if nargout else None


@builtin(outputs=3)
def rmdir(session, nargout, name, kind=None, /):
    """
    rmdir folderName
    rmdir(folderName, 's')
    status = rmdir(folderName)
    [status, msg, msgID] = rmdir(folderName)

    Remove an empty folder, or with 's' a folder and all in it.

    Examples
      >> mkdir('nets/deep');
      >> [status, msg, msgID] = rmdir('nets');
      >> disp(status)
         0
      >> rmdir('nets', 's')
      >> disp(isfolder('nets'))
         0

    See also mkdir, delete.
    """
    word = one_text(name, "rmdir", "Folder name")
    path = real_path(word)
    everything = kind is not None and one_text(kind, "rmdir", "Option").lower() == "s"
    if kind is not None and not everything:
        raise ScriptError("MATLAB:RMDIR:InvalidOption", "The second argument of rmdir must be 's'.")

    def task() -> None:
        if not os.path.isdir(path):
            raise ScriptError("MATLAB:RMDIR:NoDirectoriesRemoved", "No directories were removed.")
        if everything:
            shutil.rmtree(path)
        else:
            os.rmdir(path)
        session.look_again()

    def sentence(fault: OSError) -> str:
        if fault.errno in (errno.ENOTEMPTY, errno.EEXIST):
            return "The directory is not empty."
        return f"{why(fault)}."

    return attempt(nargout, task, "MATLAB:RMDIR:DirectoryNotRemoved", sentence) or None


@builtin
def delete(session, first, /, *rest):
    """
    delete(filename)
    delete file1 file2
    delete(obj)

    Delete files (`*` for any characters), or a graphics object. A file that is not there is a warning.

    Examples
      >> fid = fopen('a.txt', 'w'); fclose(fid);
      >> delete('a.txt')
      >> disp(isfile('a.txt'))
         0
      >> fid = fopen('b.log', 'w'); fclose(fid);
      >> delete *.log b.*

    See also rmdir, isfile, clear.
    """
    for value in (first, *rest):
        if isinstance(value, Object):
            remover = getattr(value, "delete", None)
            if remover is not None:
                remover()
            continue
        if type(value) is float or isinstance(value, np.ndarray) and value.dtype.kind == "f":
            from cnnscript.builtins.figures.graphics_objects import targets
            from cnnscript.builtins.language.handles import remove

            for graphic in targets(session, value, "delete"):
                graphic.alive()
                remove(graphic)
            continue
        for word in patterns(value, "delete"):
            name = real_path(word)
            found = glob(name) if "*" in name or "?" in name else [name] if os.path.lexists(name) else []
            found = [path for path in found if not os.path.isdir(path)]
            if not found and not ("*" in name or rest):
                warn("MATLAB:DELETE:FileNotFound", f"File '{word}' not found.")
            for path in found:
                try:
                    os.remove(path)
                except OSError as fault:
                    warn("MATLAB:DELETE:Permission", f"File '{path}' was not deleted: {why(fault)}.")
    session.look_again()


def transfer(
    session: Any, nargout: int, source: Any, target: Any, force: Any, name: str, work: Callable[[str, str], Any]
) -> Any:
    if force is not None and one_text(force, name, "The last argument") != "f":
        raise ScriptError(f"MATLAB:{name.upper()}:InvalidFlag", f"The last argument of {name} can be 'f' only.")
    given = one_text(source, name, "Source")
    goal = real_path(one_text(target, name, "Destination"))
    path = real_path(given)
    found = glob(path) if "*" in path or "?" in path else [path] if os.path.exists(path) else []

    def task() -> None:
        if not found:
            raise ScriptError(
                f"MATLAB:{name.upper()}:FileDoesNotExist", f"No matching files named '{given}' were found."
            )
        if len(found) > 1 and not os.path.isdir(goal):
            os.makedirs(goal)
        for item in found:
            place = os.path.join(goal, os.path.basename(item)) if os.path.isdir(goal) else goal
            if os.path.isfile(place) and not os.stat(place).st_mode & stat.S_IWUSR:
                if force is None:
                    raise PermissionError(errno.EACCES, "Permission denied", place)
                os.chmod(place, os.stat(place).st_mode | stat.S_IWUSR)
            work(item, place)
        session.look_again()

    return attempt(nargout, task, f"MATLAB:{name.upper()}:OSError", lambda fault: f"{why(fault)}.") or None


@builtin(outputs=3)
def copyfile(session, nargout, source, destination=".", force=None, /):
    """
    copyfile(source, destination)
    copyfile(source, destination, 'f')
    status = copyfile(source, destination)
    [status, msg, msgID] = copyfile(source, destination)

    Copy files (`*` for any characters) or a folder; with 'f' also over a file that may not be written.

    Examples
      >> fid = fopen('a.txt', 'w'); fclose(fid);
      >> copyfile('a.txt', 'b.txt')
      >> copyfile('a.txt', 'b.txt', 'f')
      >> disp(isfile('b.txt'))
         1
      >> [status, msg, msgID] = copyfile('none.txt', 'c.txt');
      >> disp(status)
         0

    See also movefile, delete.
    """

    def work(path: str, place: str) -> None:
        if os.path.isdir(path):
            shutil.copytree(path, place, dirs_exist_ok=True)
        elif not (os.path.exists(place) and os.path.samefile(path, place)):
            shutil.copy2(path, place)

    return transfer(session, nargout, source, destination, force, "copyfile", work)


@builtin(outputs=3)
def movefile(session, nargout, source, destination=".", force=None, /):
    """
    movefile(source, destination)
    movefile(source, destination, 'f')
    status = movefile(source, destination)
    [status, msg, msgID] = movefile(source, destination)

    Move or rename files (`*` for any characters) or a folder; with 'f' also over a file that may not be written.

    Examples
      >> fid = fopen('a.txt', 'w'); fclose(fid);
      >> movefile('a.txt', 'b.txt')
      >> disp([isfile('a.txt') isfile('b.txt')])
         0   1
      >> movefile('b.txt', 'c.txt', 'f')
      >> [status, msg, msgID] = movefile('none.txt', 'c.txt');

    See also copyfile, delete.
    """
    return transfer(session, nargout, source, destination, force, "movefile", shutil.move)
