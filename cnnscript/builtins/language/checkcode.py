"""Checks of program files that run nothing: checkcode and its older name mlint."""

from __future__ import annotations

import importlib.util
import os
from typing import Any

import numpy as np

from cnnscript import builtins
from cnnscript.builtins.absent import absent, missing_name_error
from cnnscript.builtins.registry import OVERLOADS, Builtin, alias, builtin
from cnnscript.builtins.topic_files import import_topic
from cnnscript.checking import check
from cnnscript.checking.files import File
from cnnscript.checking.findings import NOTE, Finding
from cnnscript.checking.reach import Table
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import EMPTY, OBJECT
from cnnscript.values.structs import StructArray, struct_array
from cnnscript.values.text import cell_of_texts, texts_or_none

KINDS = ("-struct", "-string")
FLAGS = (*KINDS, "-id", "-fullpath", "-notok", "-config=factory")
ACCEPTED_LINE = "%#ok"
NEEDS = {  # packages that functions cannot do without
    "tensorflow": (
        "activations", "minibatchpredict", "trainNetwork", "trainnet", "deepDreamImage", "gradCAM", "imageLIME",
        "occlusionSensitivity", "importKerasNetwork", "importKerasLayers", "importNetworkFromTensorFlow",
    ),
    "onnx": ("importONNXNetwork", "importONNXLayers", "importNetworkFromONNX", "exportONNXNetwork"),
}  # fmt: skip
SURGERY = frozenset((  # functions of layers besides their constructors
    "addLayers", "assembleNetwork", "connectLayers", "disconnectLayers", "dlnetwork", "getLayer", "layerGraph",
    "removeLayers", "replaceLayer", "SeriesNetwork",
))  # fmt: skip


def declarations(name: str) -> list[Builtin]:
    """The declaration of a built-in, and those of what it does with objects of some classes."""
    entry = builtins.find(name)
    if entry is None:
        return []
    for topic in entry.overloaded.values():
        import_topic(topic)
    return [entry, *(OVERLOADS[name][word] for word in entry.overloaded)]


def the_table() -> Table:
    """The built-ins, as checks are handed them."""
    return Table(
        declarations, builtins.index(), absent(), missing_name_error, network_functions(), known_network, what_it_needs,
        layer_functions(), Surgery(), frozenset(builtins.kept()["methods"]),
    )  # fmt: skip


def network_functions() -> frozenset[str]:
    """The functions that give a network by its name."""
    giving = {name for name, topic in builtins.index().items() if topic == "pretrained_networks"}
    return frozenset(giving | {"imagePretrainedNetwork"} & set(builtins.index()))


def known_network(name: str, texts: list[str]) -> Any:
    """What is known of the network that such a function gives, without making it."""
    from cnnscript.builtins.networks.known_networks import known

    return known(name, texts)


def layer_functions() -> frozenset[str]:
    """The functions that make layers, change graphs of layers, or make networks of them."""
    makers = {name for name, topic in builtins.index().items() if topic.startswith("layer_makers")}
    return frozenset(makers) | SURGERY


class Surgery:
    """What is certain of layers: networks/known_graphs.py, which is looked into where a file is about layers."""

    def applied(self, name: str, facts: list[Any]) -> Any:
        from cnnscript.builtins.networks.known_graphs import applied

        return applied(name, facts)

    def joined(self, facts: list[Any]) -> Any:
        from cnnscript.builtins.networks.known_graphs import joined

        return joined(facts)


def what_it_needs(name: str) -> ScriptError | None:
    """The error for a function that needs a Python package which is not installed."""
    package = next((package for package, names in NEEDS.items() if name in names), None)
    if package is None or importlib.util.find_spec(package) is not None:
        return None
    return ScriptError(
        "cnnscript:notInstalled", f"'{name}' needs the Python package {package}, which is not installed.",
        hint=f"python -m pip install {package}",
    )  # fmt: skip


@builtin(outputs=2)
def checkcode(session, nargout, filename, /, *rest):
    """
    checkcode(filename)
    checkcode(filename, option1, option2, ...)
    info = checkcode(filename)
    [info, paths] = checkcode(filename)

    What would fail in program files here, told without running them.

    A file is named with or without its ending; several names may be given, or a cell array of them.  The struct array
    `info` has the fields message, line, column (first and last) and fix; for several files it is a cell array.
    '-id' adds the identifier of each message, '-string' gives one text, '-struct' the struct array also without output,
    '-fullpath' takes the name as the whole path of the file, '-notok' tells notes of lines that end in %#ok too.
    The same from a shell, with the lines drawn: cnnscript check FILE.

    Examples
      >> writelines(["x = 1;" "y = x + z;"], 'small.m')
      >> checkcode('small.m')
      L 2 (C 9): Unrecognized function or variable 'z'.
      >> checkcode('small', '-id')
      L 2 (C 9): MATLAB:UndefinedFunction: Unrecognized function or variable 'z'.
      >> info = checkcode('small.m'); info.line
      ans =
           2
      >> [info, paths] = checkcode({'small.m'}); numel(paths)
      ans =
           1

    See also run, which, mlint.
    """
    words = [word for value in (filename, *rest) for word in _words(value)]
    names = [word for word in words if not word.startswith("-")]
    flags = {_flag(word) for word in words if word.startswith("-")}
    paths = [_path(session, name, "-fullpath" in flags) for name in names]
    if not paths:
        raise ScriptError("MATLAB:mlint:NoFile", "checkcode takes the name of a file.")
    found = [_found(session, path, "-notok" in flags) for path in paths]
    listed = cell_of_texts([os.path.abspath(path) for path in paths])
    if nargout or flags & {"-struct"}:
        if "-string" in flags:
            return _text(paths, found, "-id" in flags), listed
        infos = [_info(findings, "-id" in flags) for findings in found]
        many = len(paths) > 1 or any(texts_or_none(v) is not None and isinstance(v, np.ndarray) for v in (filename,))
        return (_cell(infos) if many else infos[0]), listed
    session.out.write(_text(paths, found, "-id" in flags))
    return None


def _words(value: Any) -> list[str]:
    words = texts_or_none(value)
    if words is None:
        raise ScriptError("MATLAB:checkcode:InvalidInput", "File names and options must be text.")
    return words


def _flag(word: str) -> str:
    folded = word.lower()
    if folded not in FLAGS:
        raise ScriptError(
            "MATLAB:checkcode:UnknownOption",
            f"Option '{word}' is not in cnnscript's checkcode.",
            notes=("it takes " + ", ".join(FLAGS),),
        )
    return folded


def _path(session: Any, name: str, whole: bool) -> str:
    """The file of a name; a function or script in reach may be named alone."""
    found = None if whole else session.path.find_function(name, None)
    if os.path.isfile(name):
        found = name
    elif found is None and not whole:
        place = session.path.find_file(name) or session.path.find_file(name + ".m")
        found = str(place) if place is not None else None
    if found is None:
        raise ScriptError("MATLAB:checkcode:FileNotFound", f"File '{name}' was not found.")
    return found


def _found(session: Any, path: str, all_notes: bool) -> list[Finding]:
    file = File(path)
    found = check([file], the_table(), session.path.folders)
    lines = file.source.text.split("\n")
    return [
        finding
        for finding in found
        if all_notes or finding.severity != NOTE or ACCEPTED_LINE not in lines[finding.span.line - 1]
    ]


def _text(paths: list[str], found: list[list[Finding]], identifiers: bool) -> str:
    text = ""
    for path, findings in zip(paths, found, strict=True):
        if len(paths) > 1:
            text += f"========== {os.path.abspath(path)} ==========\n"
        for finding in findings:
            record = finding.record()
            first, last = record["column"], record["end_column"]
            columns = f"{first}" if first == last else f"{first}-{last}"
            identifier = f"{record['identifier']}: " if identifiers else ""
            text += f"L {record['line']} (C {columns}): {identifier}{_message(finding)}\n"
    return text


def _message(finding: Finding) -> str:
    hint = finding.fault.hint
    return finding.fault.message + (f" ({hint})" if hint else "")


def _info(findings: list[Finding], identifiers: bool) -> Any:
    names = [*(["id"] if identifiers else []), "message", "fix", "line", "column"]
    data = np.empty((len(findings), 1), OBJECT)
    for k, finding in enumerate(findings):
        record = finding.record()
        columns = np.array([[record["column"], record["end_column"]]], float)
        fields = {"message": _message(finding), "fix": EMPTY, "line": float(record["line"]), "column": columns}
        data[k, 0] = {"id": record["identifier"], **fields} if identifiers else fields
    return struct_array(names, data) if findings else StructArray(names, data)


def _cell(items: list[Any]) -> Any:
    cell = np.empty((len(items), 1), OBJECT)
    for k, item in enumerate(items):
        cell[k, 0] = item
    return cell


alias("mlint", of="checkcode")
