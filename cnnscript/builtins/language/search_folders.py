"""The search path as programs see it: addpath, rmpath, genpath, path, which, what, run."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from cnnscript.builtins.files.places import below_matlab_root, real_path
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, one_text, patterns
from cnnscript.errors import ScriptError
from cnnscript.search_path import SCRIPT_ENDINGS
from cnnscript.values.functions import Function
from cnnscript.values.numeric import OBJECT
from cnnscript.values.structs import Struct
from cnnscript.values.text import cell_of_texts, is_text
from cnnscript.values.warn import warn

SKIPPED = ("private", "resources")


def path_text(session: Any) -> str:
    return os.pathsep.join(session.path.folders)


def folders_of(args: tuple, name: str) -> list[str]:
    return [part for arg in args for word in patterns(arg, name) for part in word.split(os.pathsep) if part]


@builtin
def addpath(session, nargout, first, /, *rest):
    """
    addpath(folderName1, ..., folderNameN)
    addpath(folderName1, ..., folderNameN, position)
    oldpath = addpath(folderName)

    Put folders at the front of the search path, or with '-end' at its end.

    Examples
      >> mkdir('nets');
      >> addpath('nets')
      >> disp(contains(path, 'nets'))
         1
      >> oldpath = addpath('nets', '-end');

    See also rmpath, path, genpath.
    """
    before = path_text(session)
    args, at_end = (first, *rest), False
    while args and (not is_text(args[-1]) or patterns(args[-1], "addpath")[:1] in (["-end"], ["-begin"], ["-frozen"])):
        last = args[-1]
        if is_text(last):
            at_end = at_end or patterns(last, "addpath") == ["-end"]
        elif type(last) in (float, bool):
            at_end = at_end or bool(last)
        else:
            break
        args = args[:-1]
    good = []
    for folder in folders_of(args, "addpath"):
        plain = real_path(folder)
        if os.path.isdir(plain):
            good.append(plain)
        elif below_matlab_root(folder) is None:
            warn("MATLAB:mpath:nameNonexistentOrNotADirectory", f"Name is nonexistent or not a directory: {folder}")
    session.path.add(good, at_end)
    session.look_again()
    return before if nargout else None


@builtin
def rmpath(session, nargout, first, /, *rest):
    """
    rmpath(folderName)
    oldpath = rmpath(folderName)

    Take folders off the search path.

    Examples
      >> mkdir('nets'); addpath('nets');
      >> rmpath('nets')
      >> disp(contains(path, 'nets'))
         0
      >> mkdir('more'); addpath('more');
      >> oldpath = rmpath('more');

    See also addpath, path.
    """
    before = path_text(session)
    for folder in folders_of((first, *rest), "rmpath"):
        plain = os.path.expanduser(folder)
        if os.path.abspath(plain) not in session.path.folders:
            warn("MATLAB:rmpath:DirNotFound", f'"{folder}" not found in path.')
        session.path.remove([plain])
    session.look_again()
    return before if nargout else None


@builtin
def genpath(folder=None, /):
    """
    p = genpath(folderName)

    A folder and all folders in it, as one text for addpath.

    Folders for packages (+), classes (@), 'private' and 'resources' are left out.

    Examples
      >> mkdir('nets/deep');
      >> p = genpath('nets');
      >> disp(numel(strsplit(p, pathsep)) - 1)
           2

    See also addpath.
    """
    if folder is None:
        return ""
    out = []
    for word in patterns(folder, "genpath"):
        for place, inner, _ in os.walk(real_path(word)):
            inner[:] = sorted(name for name in inner if name[0] not in "+@." and name not in SKIPPED)
            out.append(place)
    return "".join(place + os.pathsep for place in out)


@builtin
def path_(session, nargout, first=None, second=None, /):
    """
    path
    p = path
    path(newpath)
    path(path1, path2)

    The search path: printed, as text, or set.

    Examples
      >> old = path;
      >> mkdir('nets');
      >> path(old, fullfile(pwd, 'nets'))
      >> p = path;
      >> disp(contains(p, 'nets'))
         1
      >> path(old)

    See also addpath, rmpath, which.
    """
    if first is not None:
        given = [item for item in (first, second) if item is not None]
        fresh = folders_of(tuple(given), "path")
        session.path.folders = [os.path.abspath(folder) for folder in dict.fromkeys(fresh) if os.path.isdir(folder)]
        session.look_again()
        return None
    if nargout:
        return path_text(session)
    listed = "".join(f"\t{folder}\n" for folder in session.path.folders)
    session.out.write(f"\n\t\tMATLABPATH\n\n{listed}\n")
    return None


@builtin
def savepath(session, nargout, file="", /):
    """
    savepath
    savepath folderName/pathdef.m
    status = savepath

    MATLAB keeps the search path for later sessions; here it lasts as long as the session, so this is a warning, and the
    status 1: not saved. With a file name, a function that gives the path is written there.

    Examples
      >> status = savepath
      status =
           1
      >> savepath mypath.m
      >> disp(strcmp(mypath, path))
         1

    See also addpath, path, restoredefaultpath.
    """
    word = one_text(file, "savepath", "File name")
    if not word:
        if not nargout:
            warn("MATLAB:SavePath:PathNotSaved", "Unable to save path to file: the path is that of this session only.")
        return 1.0 if nargout else None
    from cnnscript.builtins.files.matfiles import write_beside

    path = os.path.expanduser(word)
    name = os.path.splitext(os.path.basename(path))[0]
    text = f"function p = {name}\np = '{path_text(session).replace(chr(39), chr(39) * 2)}';\nend\n"

    def write(beside: str) -> None:
        with open(beside, "w", encoding="utf-8") as stream:
            stream.write(text)

    write_beside(path, write, "savepath")
    session.look_again(surely=True)
    return 0.0 if nargout else None


@builtin
def restoredefaultpath(session, /):
    """
    restoredefaultpath

    Take every folder off the search path that was added to it.

    Examples
      >> mkdir('nets'); addpath('nets');
      >> restoredefaultpath
      >> disp(isempty(path))
         1

    See also path, rmpath, savepath.
    """
    session.path.folders = []
    session.look_again()


@builtin
def pathdef():
    """
    p = pathdef

    The search path that sessions begin with: no folder but the current one, so that it is empty.

    Examples
      >> p = pathdef; isempty(p)
      ans =
        logical
         1

    See also path, restoredefaultpath, savepath.
    """
    return ""


def places_of(session: Any, scope: Any, name: str) -> list[str]:
    """Everything that goes by a name, the one that is used first."""
    from cnnscript import builtins

    found = []
    if name in scope.names():
        found.append(f"{name} is a variable.")
    path = session.path.find_function(name) if name.isidentifier() or "." in name else None
    if path is None and (file := session.path.find_file(name)) is not None:
        path = str(file)
    if path is not None:
        found.append(os.path.abspath(path))
    topic = builtins.index().get(name)
    if topic is not None:
        found.append(f"built-in ({topic}/{name})")
    return found


@builtin
def which(session, scope, nargout, first, /, *rest):
    """
    which item
    which item -all
    str = which(item)

    Where a function, a file or a variable is.

    Examples
      >> x = 1;
      >> which x
      x is a variable.
      >> which no_such_thing
      'no_such_thing' not found.
      >> str = which('sin');
      >> disp(startsWith(str, 'built-in'))
         1
      >> all = which('sin', '-all');

    See also exist, path, what.
    """
    words = [one_text(word, "which", "Name") for word in (first, *rest)]
    everything = "-all" in words
    names = [word for word in words if not word.startswith("-")]
    found = [place for name in names for place in places_of(session, scope, name)[: None if everything else 1]]
    if nargout:
        if everything:
            return cell_of_texts(found) if found else np.empty((0, 1), OBJECT)
        plain = found[0] if found else ""
        return "variable" if plain.endswith(" is a variable.") else plain
    for place in found:
        session.out.write(place + "\n")
    if not found:
        session.out.write("".join(f"'{name}' not found.\n" for name in names))
    return None


@builtin
def what(session, nargout, folder=".", /):
    """
    what
    what folderName
    s = what(folderName)

    The scripts and MAT-files in a folder.

    Examples
      >> x = 1; save('kept.mat', 'x')
      >> s = what;
      >> disp(s.mat{1})
      kept.mat
      >> text = evalc('what');

    See also dir, which.
    """
    word = one_text(folder, "what", "Folder name")
    place = os.path.abspath(os.path.expanduser(word))
    names = sorted(os.listdir(place)) if os.path.isdir(place) else []
    scripts = [name for name in names if name.endswith(SCRIPT_ENDINGS)]
    data = [name for name in names if name.endswith(".mat")]
    packages = [name[1:] for name in names if name.startswith("+")]
    classes = [name[1:] for name in names if name.startswith("@")]
    live = [name for name in scripts if name.endswith(".mlx")]
    scripts = [name for name in scripts if name not in live]
    if nargout:
        kinds: dict[str, list[str]] = {"m": scripts, "mlapp": [], "mlx": live, "mat": data}
        kinds |= {"mex": [], "mdl": [], "slx": [], "sfx": [], "p": [], "classes": classes, "packages": packages}
        found = {kind: cell_of_texts(words) if words else np.empty((0, 1), OBJECT) for kind, words in kinds.items()}
        return Struct({"path": place, **found})
    titles = {
        "MATLAB Code files": scripts, "Live Scripts and Functions": live, "MAT-files": data, "Classes": classes,
        "Packages": packages,
    }  # fmt: skip
    for title, found in titles.items():
        if found:
            listed = "".join(f"{name}\n" for name in found)
            session.out.write(f"\n{title} in the current folder {place}\n\n{listed}\n")
    return None


@builtin
def run(session, scope, file, /):
    """
    run(scriptname)

    Run a script file, in its own folder, with the variables of the caller.

    Examples
      >> fid = fopen('three.m', 'w'); fprintf(fid, 'x = 3;\\n'); fclose(fid);
      >> run('three.m')
      >> disp(x)
           3

    See also eval, addpath.
    """
    if not is_text(file):
        raise ScriptError(
            "MATLAB:run:InvalidInput", "The script must be given as text.", notes=(f"run got {described(file)}",)
        )
    name = one_text(file, "run", "Script")
    path = None
    for candidate in (name, *(name + ending for ending in SCRIPT_ENDINGS)):
        found = session.path.find_file(candidate)
        if found is not None:
            path = os.path.abspath(str(found))
            break
    if path is None:
        raise ScriptError(
            "MATLAB:run:FileNotFound",
            f"{name} not found.",
            notes=(f"the current folder is {os.getcwd()}",),
        )
    before = os.getcwd()
    folder = os.path.dirname(path)
    os.chdir(folder)
    session.look_again()
    try:
        program = session.load_program(path)
        if type(program) is Function:
            session.call(program, 0)
        else:
            program.run(scope)
    finally:
        if os.getcwd() == folder:  # a script that changes folder itself has its way
            os.chdir(before)
            session.look_again()
