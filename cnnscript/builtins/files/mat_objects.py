"""matfile: variables of a MAT-file read and written one by one."""

from __future__ import annotations

import os
from typing import Any, ClassVar

import numpy as np

from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.text.texts import flag_of, one_text
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import size_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct


class MatFile(Object):
    """A MAT-file whose variables are the properties."""

    class_name = "matlab.io.MatFile"
    ancestors: ClassVar[tuple[str, ...]] = ("handle",)
    is_handle = True
    methods = frozenset(("who", "whos", "size"))

    def __init__(self, session: Any, path: str, writable: bool):
        self.session = session
        self.path = path
        self.writable = writable

    def names(self) -> list[str]:
        from cnnscript.builtins.files.matfiles import read_mat

        found: list[str] = []
        if os.path.exists(self.path):
            read_mat(self.path, lambda present: found.extend(present) or [])
        return found

    def property_names(self) -> list[str]:
        return ["Properties", *self.names()]

    def variables(self, names: list[str]) -> dict[str, Any]:
        from cnnscript.builtins.files import saved_objects
        from cnnscript.builtins.files.matfiles import read_mat

        if not os.path.exists(self.path):
            return {}
        with saved_objects.keeping(saved_objects.Keeper(self.session)):
            return read_mat(self.path, lambda present: [name for name in present if name in names])

    def get(self, name: str) -> Any:
        if name == "Properties":
            return Struct({"Source": self.path, "SupportsPartialAccess": self.is_hdf5(), "Writable": self.writable})
        found = self.variables([name])
        if name not in found:
            raise ScriptError(
                "MATLAB:MatFile:VariableNotInFile",
                f"The variable '{name}' does not exist in '{self.path}'.",
                notes=("variables: " + ", ".join(self.names()),),
            )
        return found[name]

    def part(self, name: str) -> Any:
        return self.get(name) if name == "Properties" or not self.writable else self.variables([name]).get(name)

    def is_hdf5(self) -> bool:
        from cnnscript.builtins.files.matfiles import is_hdf5

        return os.path.exists(self.path) and is_hdf5(self.path)

    def set(self, name: str, value: Any) -> MatFile:
        from cnnscript.builtins.files.matfiles import SaveWishes, write_mat

        if name == "Properties":
            if type(value) is Struct and type(value.fields.get("Writable")) in (bool, float):
                self.writable = bool(value.fields["Writable"])
            return self
        if not self.writable:
            raise ScriptError(
                "MATLAB:MatFile:NotWritable",
                f"Unable to write '{name}': '{self.path}' was opened for reading.",
                hint="matfile(filename, 'Writable', true) opens it for writing",
            )
        wishes = SaveWishes(["file", "-append"] if os.path.exists(self.path) else ["file", "-v7.3"])
        write_mat(self.session, self.path, {name: value}, wishes)
        return self

    def disp(self, form: Any) -> str:
        blank = "\n" if form.spacing == "loose" else ""
        lines = ["  matlab.io.MatFile", "", "  Properties:"]
        lines += [f"      Properties.Source: '{self.path}'", f"    Properties.Writable: {str(self.writable).lower()}"]
        for name in self.names():
            value = self.variables([name]).get(name)
            if value is not None:
                from cnnscript.values.numeric import class_of, size_text

                lines.append(f"    {name}: [{size_text(size_of(value))} {class_of(value)}]")
        return "\n".join(lines) + f"\n{blank}"


@builtin
def matfile(session, filename, /, *, Writable=None):
    """
    m = matfile(filename)
    m = matfile(filename, Writable=tf)

    A MAT-file whose variables are read and written by name: m.x, m.x(1, :), m.y = 3. A file that is not there yet is
    made with the first variable, in version 7.3.

    Options
      Writable  whether variables may be written (true for a new file, else false)

    Examples
      >> m = matfile('kept.mat', Writable=true);
      >> m.x = magic(3);
      >> disp(m.x(2, :))
           3     5     7
      >> S = load('kept.mat'); disp(size(S.x))
           3     3
      >> n = matfile('kept.mat'); disp(size(n, 'x'))
           3     3

    See also load, save, whos.
    """
    name = one_text(filename, "matfile", "File name")
    path = os.path.expanduser(name)
    if not os.path.splitext(path)[1]:
        path += ".mat"
    found = session.path.find_file(path)
    if found is not None:
        path = str(found)
    writable = found is None if Writable is None else flag_of(Writable, "matfile", "Writable")
    return MatFile(session, os.path.abspath(path), writable)


@overload("matlab.io.MatFile", name="size", outputs=None)
def size_in_file(nargout, m, /, *names):
    """
    size(m, variable)
    [m, n, ...] = size(m, variable)

    The size of a variable in a MAT-file.

    Examples
      >> a = ones(2, 3); save('f.mat', 'a'); size(matfile('f.mat'), 'a')
      ans =
           2     3
      >> [rows, columns] = size(matfile('f.mat'), 'a')
      rows =
           2
      columns =
           3

    See also matfile, whos.
    """
    if not names:
        return np.array([[1.0, 1.0]])
    shape = size_of(m.get(one_text(names[0], "size", "Variable")))
    if nargout > 1:
        return tuple(float(length) for length in (*shape, *(1,) * nargout)[:nargout])
    return np.array([shape], float)
