"""Where things are: MATLAB's own folder, the current folder, names of files taken apart and put together."""

from __future__ import annotations

import os
from typing import Any

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, one_text, shaped, text_items
from cnnscript.errors import ScriptError
from cnnscript.syntax.table import cache_folder
from cnnscript.values.numeric import ndarray
from cnnscript.values.text import MISSING, String

DIGITS, TRIANGLES, PICTURES = "DigitDataset", "triangleImages", "imdata"  # folders of example data that can be made


def matlab_root() -> str:
    """What `matlabroot` answers: a folder of the cache, where example data is made when it is first asked for; example
    pictures under it are met by bundled look-alikes."""
    return os.path.join(cache_folder(), "MATLAB", "R2024b")


def below_matlab_root(path: str) -> str | None:
    """The part of a path below `matlabroot`, or None for a path elsewhere."""
    plain = path.replace("\\", "/")
    root = matlab_root().replace("\\", "/") + "/"
    return plain[len(root) :] if plain.startswith(root) else None


def real_path(name: str, session: Any = None) -> str:
    """A path as the system knows it: ~ is the home folder, and example data below `matlabroot` is there.

    session  whom to tell once whose data it is, where it is read
    """
    path = os.path.expanduser(name)
    if DIGITS in path and below_matlab_root(path) is not None:
        from cnnscript.builtins.data import digit_data

        digit_data.folder()
        if session is not None:
            digit_data.tell(session)
    elif TRIANGLES in path and below_matlab_root(path) is not None:
        from cnnscript.builtins.data import triangle_data

        triangle_data.make_folder(matlab_root())
        if session is not None:
            triangle_data.tell(session)
    elif PICTURES in path and below_matlab_root(path) is not None:
        from cnnscript.builtins.data import example_pictures

        if example_pictures.WHOLE.search(path):
            example_pictures.make_folder(matlab_root())
            if session is not None:
                example_pictures.tell(session)
    return path


@builtin
def matlabroot():
    """
    matlabroot
    folder = matlabroot

    The folder MATLAB is installed in.

    Here it is a folder in the cache folder. Example pictures asked for below it are met by the pictures that come with
    cnnscript; the folder of digits, toolbox/nnet/nndemos/nndatasets/DigitDataset, that of triangles,
    toolbox/vision/visiondata/triangleImages, and that of pictures, toolbox/images/imdata, are made when they are first
    asked for.

    Examples
      >> disp(endsWith(matlabroot, 'R2024b'))
         1

    See also toolboxdir, fullfile.
    """
    return matlab_root()


@builtin
def toolboxdir(name, /):
    """
    folder = toolboxdir(name)

    The folder of a toolbox, below matlabroot.

    Examples
      >> folder = toolboxdir('nnet');
      >> disp(strcmp(folder, fullfile(matlabroot, 'toolbox', 'nnet')))
         1

    See also matlabroot.
    """
    word = one_text(name, "toolboxdir", "Toolbox name")
    return os.path.join(matlab_root(), "toolbox", *word.replace("\\", "/").split("/"))


@builtin
def userpath():
    """
    folder = userpath

    The folder of the user's own functions: Documents/MATLAB in the home folder.

    Examples
      >> disp(endsWith(userpath, 'MATLAB'))
         1

    See also path, addpath.
    """
    return os.path.join(os.path.expanduser("~"), "Documents", "MATLAB")


@builtin
def filesep():
    """
    c = filesep

    The character between the folders of a path.

    Examples
      >> disp(strcmp(['a' filesep 'b'], fullfile('a', 'b')))
         1

    See also fullfile, pathsep.
    """
    return os.sep


@builtin
def pathsep():
    """
    c = pathsep

    The character between the folders of a search path.

    Examples
      >> disp(length(pathsep))
           1

    See also filesep, path.
    """
    return os.pathsep


# ----------------------------------------------------------------------------------------------------- file names
def join_parts(parts: list[str]) -> str:
    """Parts with one separator between them: empty parts go, doubled separators collapse (but for a network root)."""
    kept = [part for part in parts if part]
    if not kept:
        return ""
    separators = ("/", "\\") if os.sep == "\\" else ("/",)
    out = kept[0]
    for part in kept[1:]:
        out += part if out.endswith(separators) or part.startswith(separators) else os.sep + part
    lead = 2 if os.sep == "\\" and out[:2] == "\\\\" else 0
    result = list(out[:lead])
    for letter in out[lead:]:
        if letter in separators:
            if len(result) > lead and result[-1] == os.sep:
                continue
            letter = os.sep
        result.append(letter)
    return "".join(result)


@builtin
def fullfile(first, /, *rest):
    """
    f = fullfile(folder1, folder2, ..., file)

    A file name from its parts, with a file separator between them.

    A part may be a string array or cell of names; the result then has as many.

    Examples
      >> f = fullfile('data', 'nets', 'alexnet.mat');
      >> disp(strrep(f, filesep, '/'))
      data/nets/alexnet.mat

    See also fileparts, filesep.
    """
    parts = (first, *rest)
    read = [text_items(part, "fullfile", "Each") for part in parts]
    kind = (
        "string"
        if any(kind == "string" for *_, kind in read)
        else "cell"
        if any(k == "cell" for *_, k in read)
        else "char"
    )
    many = [shape for texts, shape, _ in read if len(texts) != 1]
    if any(shape != many[0] for shape in many):
        raise ScriptError(
            "MATLAB:fullfile:NumCellsMustMatch",
            "All cell array or string array inputs must be the same size or scalars.",
        )
    shape = many[0] if many else (1, 1)
    count = len(next((texts for texts, *_ in read if len(texts) != 1), [""]))
    names = []
    for i in range(count):
        row = [texts[i] if len(texts) != 1 else texts[0] for texts, *_ in read]
        names.append(MISSING if any(text is MISSING for text in row) else join_parts(row))
    if kind == "char":
        return names[0]
    return String(shaped(names, shape)) if kind == "string" else shaped(names, shape)


def split_name(path: str) -> tuple[str, str, str]:
    """Folder, name and ending of a path, as `fileparts` gives them."""
    cut = max(path.rfind("/"), path.rfind("\\") if os.sep == "\\" else -1)
    folder, last = path[: cut + 1], path[cut + 1 :]
    if len(folder) > 1 and not folder.endswith(":" + folder[-1]):
        folder = folder[:-1]
    dot = last.rfind(".")
    return (folder, last, "") if dot < 0 else (folder, last[:dot], last[dot:])


@builtin(outputs=3)
def fileparts(nargout, filename, /):
    """
    filepath = fileparts(filename)
    [filepath, name] = fileparts(filename)
    [filepath, name, ext] = fileparts(filename)

    The folder, the name and the ending of a file name.

    The ending keeps its dot.

    Examples
      >> [filepath, name, ext] = fileparts('nets/alexnet.mat')
      filepath =
          'nets'
      name =
          'alexnet'
      ext =
          '.mat'
      >> [filepath, name] = fileparts('nets/alexnet.mat');

    See also fullfile, filesep.
    """
    if type(filename) is str:
        return split_name(filename)
    texts, shape, kind = text_items(filename, "fileparts")
    pieces = [(MISSING,) * 3 if text is MISSING else split_name(text) for text in texts]
    return tuple(
        String(shaped(list(part), shape)) if kind == "string" else shaped(list(part), shape)
        for part in zip(*pieces, strict=True)
    )


def temporary_folder() -> str:
    import tempfile

    return tempfile.gettempdir()


@builtin
def tempdir():
    """
    folder = tempdir

    The folder for files that nobody keeps, with a file separator at its end.

    Examples
      >> disp(endsWith(tempdir, filesep))
         1

    See also tempname.
    """
    folder = temporary_folder()
    return folder if folder.endswith(os.sep) else folder + os.sep


@builtin
def tempname(folder=None, /):
    """
    name = tempname
    name = tempname(folder)

    A file name that is not taken, in the folder for temporary files.

    Examples
      >> name = tempname;
      >> disp(isfile(name))
         0
      >> disp(startsWith(tempname('here'), 'here'))
         1

    See also tempdir.
    """
    import uuid

    where = temporary_folder() if folder is None else one_text(folder, "tempname", "Folder name")
    return os.path.join(where, "tp" + str(uuid.uuid4()).replace("-", "_"))


# -------------------------------------------------------------------------------------------------- current folder
@builtin
def pwd():
    """
    folder = pwd

    The current folder.

    Examples
      >> folder = pwd;
      >> disp(isfolder(folder))
         1

    See also cd, dir.
    """
    try:
        return os.getcwd()
    except FileNotFoundError:
        raise ScriptError("MATLAB:pwd:noCurrentFolder", "The current folder does not exist any more.") from None


@builtin
def cd(session, nargout, folder=None, /):
    """
    cd
    cd(folder)
    before = cd(folder)

    Change the current folder, or say which it is.

    Examples
      >> mkdir('inner');
      >> before = cd('inner');
      >> cd('..')
      >> disp(strcmp(before, pwd))
         1
      >> here = cd;

    See also pwd, mkdir.
    """
    before = pwd() if folder is None or nargout else None  # a folder that is gone can be left
    if folder is None:
        return before
    name = one_text(folder, "cd", "Folder name")
    target = real_path(name)
    if below_matlab_root(target) is not None and not os.path.isdir(target):
        raise no_folder(name, hint="nothing is installed below matlabroot")
    try:
        os.chdir(target)
    except PermissionError:
        raise ScriptError(
            "MATLAB:cd:PermissionDenied", f"Unable to change current folder to '{name}' (Permission denied)."
        ) from None
    except (FileNotFoundError, NotADirectoryError, OSError, ValueError):
        raise no_folder(name) from None
    session.look_again()
    return before


def no_folder(name: str, hint: str | None = None) -> ScriptError:
    return ScriptError(
        "MATLAB:cd:NonExistentFolder",
        f"Unable to change current folder to '{name}' (Name is nonexistent or not a folder).",
        hint=hint,
    )


def running_unit() -> Any:
    """The file (or text of the prompt) whose code runs now; text of `eval` belongs to the code around it."""
    from cnnscript.code import caller_scope

    scope = caller_scope()
    unit = scope.unit if scope is not None else None
    while unit is not None and unit.around is not None:
        unit = unit.around
    return unit


@builtin
def mfilename(option="", /):
    """
    name = mfilename
    name = mfilename('fullpath')
    name = mfilename('fullpathext')
    name = mfilename('class')

    The file of the code that says this, without its ending; with its folder, and its ending too; or the class that
    the file defines. '' at the prompt.

    Examples
      >> disp(isempty(mfilename))
         1
      >> disp(ischar(mfilename('fullpath')))
         1
      >> disp([mfilename('fullpathext') mfilename('class')])

    See also pwd, fileparts.
    """
    word = one_text(option, "mfilename", "Option").lower()
    unit = running_unit()
    path = unit.origin if unit is not None else None
    if word == "class":
        definition = unit.definition if unit is not None else None
        return definition.name if definition is not None else ""
    if path is None:
        return ""
    bare = os.path.splitext(path)[0]
    if word == "fullpath":
        return bare
    if word in ("", "fullpathext"):
        return os.path.basename(bare) if not word else path
    raise ScriptError(
        "MATLAB:mfilename:InvalidInput",
        "Option must be 'fullpath', 'fullpathext' or 'class'.",
        notes=(f"mfilename got {described(option) if type(option) is ndarray else repr(word)}",),
    )
