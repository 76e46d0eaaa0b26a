"""The computer and the process: variables of the environment, attributes of files, facts that old scripts ask for."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import map_texts_to, one_text
from cnnscript.errors import ScriptError
from cnnscript.values.structs import Struct


@builtin
def isenv(name, /):
    """
    tf = isenv(varname)

    Whether there is an environment variable of that name (or of each name).

    Examples
      >> setenv('CNN_EXAMPLE', 'on'); tf = isenv('CNN_EXAMPLE')
      tf =
        logical
         1

    See also getenv, setenv, unsetenv.
    """
    return map_texts_to(name, lambda word: word in os.environ, np.bool_, "isenv", False)


@builtin
def unsetenv(name, /):
    """
    unsetenv(varname)

    Take an environment variable away.

    Examples
      >> setenv('CNN_EXAMPLE', 'on'); unsetenv('CNN_EXAMPLE')
      >> disp(isenv('CNN_EXAMPLE'))
         0

    See also setenv, isenv.
    """
    os.environ.pop(one_text(name, "unsetenv", "Name"), None)


@builtin
def mexext():
    """
    ext = mexext

    The ending of MATLAB's compiled functions on this system. None of them runs here.

    Examples
      >> disp(startsWith(mexext, 'mex'))
         1

    See also computer.
    """
    return {"linux": "mexa64", "darwin": "mexmaca64", "win32": "mexw64"}.get(sys.platform, "mexa64")


@builtin
def isstudent():
    """
    tf = isstudent

    Whether this is a student version: never here.

    Examples
      >> disp(isstudent)
         0

    See also version, license.
    """
    return False


@builtin
def memory(nargout, /):
    """
    memory

    MATLAB tells of memory on Windows only; here it is the error it is elsewhere.

    Examples
      >> try, memory, catch e, disp(e.message), end
      Function MEMORY is not available on this platform.

    See also computer, whos.
    """
    raise ScriptError("MATLAB:memory:unsupported", "Function MEMORY is not available on this platform.")


@builtin
def recycle(state="", /):
    """
    stat = recycle
    recycle off

    Whether delete moves files to a bin: it does not here, so only 'off' can be set.

    Examples
      >> disp(recycle)
      off
      >> recycle off
      >> stat = recycle;

    See also delete.
    """
    word = one_text(state, "recycle", "State").lower()
    if word not in ("", "off"):
        raise ScriptError("MATLAB:recycle:NotAvailable", "Deleted files cannot be kept in a bin here.")
    return None if word else "off"


WHO = {"u": 0o700, "g": 0o070, "o": 0o007, "a": 0o777}
WHAT = {"r": 0o444, "w": 0o222, "x": 0o111}


def below(folder: str) -> Iterator[str]:
    """Everything in a folder, its own folders after what is in them."""
    for parent, folders, files in os.walk(folder, topdown=False):
        for name in (*files, *folders):
            yield os.path.join(parent, name)


@builtin(outputs=3)
def fileattrib(nargout, name=".", change=None, users="u", option=None, /):
    """
    fileattrib(filename)
    [status, values] = fileattrib(filename)
    fileattrib(filename, attribs)
    fileattrib(filename, attribs, users)
    fileattrib(filename, attribs, users, 's')
    [status, msg, msgID] = fileattrib(filename, attribs)

    What may be done with a file or folder, as a struct; or change that: '+w', '-w', '+x', '-x', for the users 'u',
    'g', 'o' or 'a'; with 's' that of everything in the folder too.

    Examples
      >> fid = fopen('a.txt', 'w'); fclose(fid);
      >> fileattrib('a.txt', '-w')
      >> [status, values] = fileattrib('a.txt'); disp(values.UserWrite)
           0
      >> fileattrib('a.txt', '+w', 'u')
      >> fileattrib('.', '+w', 'u', 's')
      >> [status, msg, msgID] = fileattrib('none.txt'); disp(status)
         0
      >> fileattrib('a.txt');

    See also dir, isfile, delete.
    """
    if option is not None and one_text(option, "fileattrib", "The option") != "s":
        raise ScriptError("MATLAB:FILEATTRIB:InvalidOption", "The fourth argument of fileattrib can be 's' only.")
    path = os.path.abspath(os.path.expanduser(one_text(name, "fileattrib", "File name")))
    try:
        mode = os.stat(path).st_mode
        if change is not None:
            words = one_text(change, "fileattrib", "Attributes").split()
            who = one_text(users, "fileattrib", "Users")
            for place in (*(below(path) if option is not None else ()), path):
                mode = os.stat(place).st_mode
                for word in words:
                    mode = changed_mode(mode, word, who)
                os.chmod(place, stat.S_IMODE(mode))
            return (True, "", "") if nargout else None
    except OSError:
        failed = "MATLAB:FILEATTRIB:CannotFindFile", "No such file or directory."
        if not nargout:
            raise ScriptError(*failed) from None
        return False, failed[1], failed[0]
    values = {"Name": path, "archive": np.nan, "system": np.nan, "hidden": np.nan, "directory": stat.S_ISDIR(mode)}
    for who, bits in (("User", 0o700), ("Group", 0o070), ("Other", 0o007)):
        for what, part in (("Read", 0o444), ("Write", 0o222), ("Execute", 0o111)):
            values[who + what] = bool(mode & bits & part)
    found = Struct({key: float(item) if type(item) is bool else item for key, item in values.items()})
    return (True, found, "") if nargout > 1 else found if nargout == 0 else (True,)


def changed_mode(mode: int, word: str, users: str) -> int:
    if len(word) != 2 or word[0] not in "+-" or word[1] not in "wxrash":
        raise ScriptError("MATLAB:FILEATTRIB:InvalidAttribute", f"'{word}' is no attribute of files.")
    if word[1] in "ash":
        raise ScriptError("MATLAB:FILEATTRIB:InvalidAttribute", f"'{word}' is an attribute on Windows only.")
    who = 0
    for letter in users.split():
        if letter not in WHO:
            raise ScriptError("MATLAB:FILEATTRIB:InvalidUsers", f"'{letter}' is not one of 'u', 'g', 'o', 'a'.")
        who |= WHO[letter]
    bits = who & WHAT[word[1]]
    return mode | bits if word[0] == "+" else mode & ~bits
