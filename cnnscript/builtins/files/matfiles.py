"""Variables in files: save and load (MAT-files, and tables of numbers as text)."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable
from math import prod
from typing import Any

import numpy as np

from cnnscript.builtins import absent_data
from cnnscript.builtins.files import mat5, saved_objects
from cnnscript.builtins.language.workspace import matching, words_of
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import as_array, class_of, ndarray, norm
from cnnscript.values.structs import Struct
from cnnscript.values.warn import warn

HDF5_HEADS = b"MATLAB 7.3 MAT-file", b"\x89HDF\r\n\x1a\n"
VERSIONS = {"-v6": 6, "-v7": 7, "-v7.3": 7.3}


# ----------------------------------------------------------------------------------------------------------- writing
def write_beside(path: str, write: Callable[[str], None], name: str) -> None:
    """Let `write` make a file beside `path`, then put it in its place: a fault leaves what was there before.

    A link stays one, and what it leads to is written; a device takes what is written at once.
    """
    path = os.path.realpath(path) if os.path.islink(path) else path
    there = os.path.exists(path)
    device = there and not os.path.isfile(path) and not os.path.isdir(path)
    beside = path if device else f"{path}.{os.getpid()}.part"
    try:
        if there and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if device:
            write(path)
            return
        write(beside)
        os.replace(beside, path)
    except OSError as fault:
        raise cannot_write(path, fault, name) from None
    finally:
        if not device and os.path.exists(beside):
            os.remove(beside)


def cannot_write(path: str, fault: OSError, name: str) -> ScriptError:
    if name == "save" and fault.errno == errno.ENOENT:
        folder, file = os.path.split(path)
        return ScriptError("MATLAB:save:noParentDir", f"Cannot create '{file}' because '{folder}' does not exist.")
    reason = {
        errno.ENOENT: "no such folder",
        errno.ENOSPC: "the disk is full",
        errno.EACCES: "permission denied",
        errno.EROFS: "the file system is read-only",
        errno.EISDIR: "there is a folder of that name",
    }.get(fault.errno or 0, os.strerror(fault.errno) if fault.errno else str(fault))
    identifier = "permissionDenied" if fault.errno in (errno.EACCES, errno.EROFS) else "couldNotWriteFile"
    return ScriptError(f"MATLAB:{name}:{identifier}", f"Unable to write file {path}: {reason}.")


class SaveWishes:
    """The words of a save command: a file, names, and what the flags say."""

    def __init__(self, words: list[str]):
        self.file = ""
        self.names: list[str] = []
        self.regular: list[str] = []
        self.structure: str | None = None
        self.fields: list[str] = []
        self.append = self.ascii = self.double = self.tabs = False
        self.version = 7.0
        group = self.names
        for word in words:
            if word in VERSIONS:
                self.version = VERSIONS[word]
            elif word == "-append":
                self.append = True
            elif word == "-ascii":
                self.ascii = True
            elif word == "-double":
                self.double = True
            elif word == "-tabs":
                self.tabs = True
            elif word == "-mat":
                self.ascii = False
            elif word == "-nocompression":
                self.version = 6
            elif word == "-struct":
                group = self.fields
                self.structure = ""
            elif word == "-regexp":
                group = self.regular
            elif word.startswith("-") and len(word) > 1 and self.file:
                raise ScriptError(
                    "MATLAB:save:unknownOption",
                    f"Unknown option '{word}'.",
                    notes=("known: -append -ascii -mat -regexp -struct -nocompression " + " ".join(VERSIONS),),
                )
            elif not self.file:
                self.file = word
            elif self.structure == "":
                self.structure = word
            else:
                group.append(word)


@builtin
def save(session, scope, /, *args):
    """
    save(filename)
    save(filename, variables)
    save(filename, variables, fmt)
    save(filename, '-struct', structName, fields)
    save(filename, variables, '-append')
    save filename variables

    Write variables into a file: all of them, or those named (`*` for any characters; '-regexp' expressions).

    Without an ending the file gets .mat. Formats: '-mat' (with '-v7', '-v6', '-v7.3'), '-ascii' for numbers as text.
    '-struct' writes the fields of a struct as variables, '-append' adds to a file. The file is replaced only once the
    new one is complete. Networks, layer graphs and layers are kept with their numbers. Datastores, training options
    and records, classifiers and other trained models, objects of a program's classes and function handles are kept
    too, in structs that only cnnscript reads back as what they were: datastores with the names of their files, objects
    by their properties, saveobj and loadobj being called.

    Examples
      >> x = 3; name = 'conv1';
      >> save('kept.mat', 'x', 'name')
      >> clear x
      >> load kept.mat
      >> x
      x =
           3
      >> s.a = 1; s.b = 2;
      >> save('fields.mat', '-struct', 's', 'a')
      >> save('kept.mat', 's', '-append')
      >> save('all'), save numbers.txt x -ascii
      >> save('old.mat', 'x', '-v6')

    See also load, clear, whos.
    """
    wishes = SaveWishes(words_of(args, "save"))
    path = os.path.expanduser(wishes.file or "matlab.mat")
    if not os.path.splitext(path)[1] and not wishes.ascii:
        path += ".mat"
    chosen = chosen_variables(scope, wishes)
    explicit = bool(wishes.names or wishes.regular or wishes.structure)
    if wishes.ascii:
        write_beside(path, lambda beside: write_numbers(beside, chosen, wishes), "save")
        return
    try:
        write_mat(session, path, chosen, wishes)
    except TypeError:  # a value has no format: nothing is written yet
        write_mat(session, path, with_formats(session, chosen, explicit), wishes)


def with_formats(session: Any, chosen: dict[str, Any], explicit: bool) -> dict[str, Any]:
    """Those of the variables that a MAT-file can hold; others are an error where they were asked for by name."""
    made: dict[str, Any] = {}
    for name, value in chosen.items():
        try:
            with saved_objects.keeping(saved_objects.Keeper(session)):
                mat5.element_of(value)
            made[name] = value
        except TypeError as fault:
            if explicit:
                raise ScriptError(
                    "MATLAB:save:classNotSupported",
                    f"Saving '{name}' to a MAT-file is not in cnnscript yet: it holds {fault}.",
                    notes=(f"{name} is {described(value)}",),
                ) from None
            warn("MATLAB:save:classNotSupported", f"'{name}' is not saved: no MAT-file here holds {fault}.")
    return made


def chosen_variables(scope: Any, wishes: SaveWishes) -> dict[str, Any]:
    if wishes.structure:
        value = scope.get(wishes.structure, None)
        if type(value) is not Struct:
            raise ScriptError(
                "MATLAB:save:structScalar",
                "The argument to -STRUCT must be the name of a scalar structure variable.",
                notes=(f"'{wishes.structure}' is {described(value) if value is not None else 'no variable'}",),
            )
        names = matching(wishes.fields, value.names()) if wishes.fields else value.names()
        for field in wishes.fields:
            if "*" not in field and field not in value.names():
                raise ScriptError("MATLAB:save:fieldNotFound", f"Field '{field}' not found.")
        return {name: value.fields[name] for name in names}
    present = scope.names()
    if not wishes.names and not wishes.regular:
        return {name: scope.get(name, None) for name in present}
    names = []
    for pattern in wishes.names:
        found = matching([pattern], present)
        if not found:
            raise ScriptError(
                "MATLAB:save:unableToFindVariable", f"Variable '{pattern}' not found.", hint=near_name(pattern, present)
            )
        names += found
    names += matching(wishes.regular, present, regular=True)
    return {name: scope.get(name, None) for name in dict.fromkeys(names)}


def near_name(name: str, names: Iterable[str]) -> str | None:
    from cnnscript.builtins.registry import nearest

    return nearest(name, names)


def write_mat(session: Any, path: str, made: dict[str, Any], wishes: SaveWishes) -> None:
    first, version = 1, wishes.version
    if wishes.append:
        if not os.path.exists(path):
            raise ScriptError("MATLAB:save:couldNotFindFile", f"Unable to find file {path} to append to.")
        with saved_objects.numbers_seen() as highest:
            made = read_mat(path, list) | made
        first += highest[0]
        version = 7.3 if is_hdf5(path) else version

    def write(beside: str) -> None:
        keeper = saved_objects.Keeper(session, first)
        if version == 7.3:
            from cnnscript.builtins.files import hdf5_writing

            with saved_objects.keeping(keeper):
                hdf5_writing.write(beside, made)
            return
        with open(beside, "wb") as file, saved_objects.keeping(keeper):
            too_large = mat5.write(made, version >= 7, file.write)
        for name in too_large:
            warn(
                "MATLAB:save:sizeTooBigForMATFile",
                f"Variable '{name}' was not saved. For variables larger than 2GB use MAT-file version 7.3 or later.",
            )

    write_beside(path, write, "save")


def write_numbers(path: str, chosen: dict[str, Any], wishes: SaveWishes) -> None:
    """Numbers as text: 8 digits, or all 17 with -double; a row a line."""
    digits = 16 if wishes.double else 7
    gap = "\t" if wishes.tabs else ""
    with open(path, "w", encoding="ascii") as file:
        for name, value in chosen.items():
            kind = class_of(value)
            if kind in ("cell", "struct", "string") or not (
                type(value) in (float, bool, complex, ndarray, str) or hasattr(value, "dtype")
            ):
                warn(
                    "MATLAB:save:notArray",
                    f"Attempt to write an unsupported data type to an ASCII file. Variable '{name}' not written.",
                )
                continue
            array = as_array(value).real
            for row in array.reshape((array.shape[0], prod(array.shape[1:])), order="F"):
                file.write(gap.join(f"{float(item): .{digits}e}".rjust(digits + 9) for item in row) + "\n")


# ----------------------------------------------------------------------------------------------------------- reading
def read_mat(path: str, wanted: Callable[[list[str]], list[str]]) -> dict[str, Any]:
    """The wanted variables of a MAT-file; objects of MATLAB classes are left out with a warning."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as fault:
        raise ScriptError("MATLAB:load:couldNotReadFile", f"Unable to read file '{path}': {fault.strerror}.") from None
    if data[:19] == HDF5_HEADS[0] or data[:8] == HDF5_HEADS[1]:
        from cnnscript.builtins.files import hdf5

        return hdf5.read(path, wanted)
    try:
        found = mat5.read(data)
    except mat5.Damaged as fault:
        raise ScriptError(
            "MATLAB:load:notBinaryFile",
            f"Unable to read MAT-file {path}. Not a binary MAT-file. Try load -ascii to read as text.",
            notes=(str(fault),),
        ) from None
    values = {}
    for name in wanted(list(found)):
        value = found[name]
        if type(value) is mat5.Unreadable:
            warn(
                "MATLAB:load:cannotInstantiateLoadedVariable",
                unreadable_text(name, value),
            )
        else:
            values[name] = value
    for name, class_name in saved_objects.lost_classes(values):
        warn(
            "MATLAB:load:cannotInstantiateLoadedVariable",
            f"Variable '{name}' originally saved as a {class_name} cannot be instantiated as an object and will be "
            "read in as a struct.",
        )
    return values


def unreadable_text(name: str, value: mat5.Unreadable) -> str:
    """What is said of a variable that cannot be read."""
    way_out = f"\n{value.way_out[0].upper()}{value.way_out[1:]}." if value.way_out else ""
    return f"Variable '{name}' is {value.what}: reading these from MAT-files is not in cnnscript yet.{way_out}"


def read_numbers(path: str) -> Any:
    """A table of numbers in a text file: blanks, tabs, commas or semicolons between, % for comments."""
    rows = []
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file, 1):
                words = re.split(r"[,;\s]+", re.split("[%#]", line)[0].strip())
                if words != [""]:
                    try:
                        rows.append([float(word.lower().replace("d", "e")) for word in words if word])
                    except ValueError:
                        raise ScriptError(
                            "MATLAB:load:unableToReadAsciiFile",
                            f"Unable to read file '{path}'. Input must be a MAT-file or an ASCII file containing "
                            "numeric data with same number of columns in each row.",
                            notes=(f"line {number}: {line.strip()[:60]}",),
                        ) from None
    except IsADirectoryError:
        raise ScriptError("MATLAB:load:couldNotReadFile", f"Unable to read '{path}': it is a folder.") from None
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        odd = next(number for number, row in enumerate(rows, 1) if len(row) != len(rows[0]))
        raise ScriptError(
            "MATLAB:load:numColumnsNotSame",
            f"Unable to read file '{path}'. Number of columns on line {odd} must be the same as previous lines.",
            notes=(f"line 1 has {len(rows[0])} columns",),
        )
    return norm(np.array(rows, float, order="F")) if rows else np.zeros((0, 0))


@builtin
def load(session, scope, nargout, /, *args):
    """
    load(filename)
    load(filename, variables)
    S = load(filename)
    S = load(filename, variables)
    load(filename, '-ascii')
    load filename variables

    Read variables from a file into the workspace, or into the fields of a struct.

    Names may hold `*`; '-regexp' expressions choose too. A file that is no .mat is read as a table of numbers.
    Of what MATLAB itself saved, networks and their layers, strings, categorical arrays, tables, durations, maps and
    function handles are read, too; objects of other classes are left out, with a warning that names them.

    Examples
      >> x = [1 2; 3 4]; label = 'cat';
      >> save('kept.mat', 'x', 'label')
      >> S = load('kept.mat', 'label')
      S =
        struct with fields:
          label: 'cat'
      >> clear x
      >> load kept x
      >> disp(x)
           1     2
           3     4
      >> save numbers.txt x -ascii
      >> disp(load('numbers.txt', '-ascii'))
           1     2
           3     4
      >> S = load('kept');

    See also save, readmatrix, whos.
    """
    words = words_of(args, "load")
    flags = {word.lower() for word in words if word.lower() in ("-ascii", "-mat")}
    words = [word for word in words if word.lower() not in ("-ascii", "-mat")]
    name = words[0] if words else "matlab.mat"
    patterns, regular = words[1:], False
    if patterns[:1] == ["-regexp"]:
        patterns, regular = patterns[1:], True
    path = file_named(session, name)

    def wanted(present: list[str]) -> list[str]:
        if not patterns:
            return present
        for pattern in patterns:
            if not matching([pattern], present, regular):
                warn("MATLAB:load:variableNotFound", f"Variable '{pattern}' not found.")
        return matching(patterns, present, regular)

    def given(values: dict[str, Any]) -> Struct | None:
        if nargout:
            return Struct(values)
        for variable, value in values.items():
            scope.set(variable, value)
        return None

    if path is None and (example := example_variables(session, name)) is not None:
        return given({variable: example[variable] for variable in wanted(list(example))})
    if path is None:
        raise no_file(name)
    ending = os.path.splitext(path)[1].lower()
    if "-ascii" in flags or ending != ".mat" and "-mat" not in flags and not looks_binary(path):
        value = read_numbers(path)
        if nargout:
            return value
        from cnnscript.builtins.language.names import valid

        scope.set(valid(os.path.splitext(os.path.basename(path))[0], "underscore", "X"), value)
        return None
    with saved_objects.keeping(saved_objects.Keeper(session)):
        return given(read_mat(path, wanted))


def is_hdf5(path: str) -> bool:
    with open(path, "rb") as file:
        head = file.read(19)
    return head.startswith(HDF5_HEADS)


def looks_binary(path: str) -> bool:
    with open(path, "rb") as file:
        head = file.read(19)
    return head.startswith((b"MATLAB 5.0 MAT-file", b"MATLAB 7.3 MAT-file", b"\x89HDF"))


def example_variables(session: Any, name: str) -> dict[str, Any] | None:
    """What a file of MATLAB's example data holds, where we have it."""
    from cnnscript.builtins.data import example_data

    return example_data.variables(session, name)


def file_named(session: Any, name: str) -> str | None:
    """The path of a file to load: as named, else with .mat; None where there is none."""
    for candidate in (name, f"{name}.mat") if not os.path.splitext(name)[1] else (name, f"{name}.mat"):
        path = session.path.find_file(candidate)
        if path is not None:
            return str(path)
    return None


def no_file(name: str) -> ScriptError:
    if os.path.isdir(os.path.expanduser(name)):
        return ScriptError("MATLAB:load:couldNotReadFile", f"Unable to read '{name}': it is a folder.")
    if (sentence := absent_data.sentence(name)) is not None:
        return ScriptError(
            "MATLAB:load:couldNotReadFile",
            f"Unable to find file or directory '{name}'.",
            notes=(sentence,),
            hint=absent_data.HINT,
        )
    folder = os.path.dirname(os.path.expanduser(name)) or "."
    present = [entry for entry in os.listdir(folder) if entry.endswith(".mat")] if os.path.isdir(folder) else []
    return ScriptError(
        "MATLAB:load:couldNotReadFile",
        f"Unable to find file or directory '{name}'.",
        hint=near_name(os.path.basename(name), present),
    )
