"""nnet.layer.Layer and its kind: what classes of layers inherit, and how their objects are shown."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.code.members import Method, Property
from cnnscript.display.containers import fields_body
from cnnscript.display.objects import short_name
from cnnscript.errors import ScriptError
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import OBJECT, class_of, is_cell
from cnnscript.values.structs import Struct
from cnnscript.values.text import String, cell_of_texts, text_or_none, texts_or_none

PORTS = {"NumInputs": ("InputNames", "in"), "NumOutputs": ("OutputNames", "out")}
HIDDEN_LINES = ("Name", "Description", "Type", *PORTS, "InputNames", "OutputNames")


def names_of_ports(word: str, count: int) -> np.ndarray:
    """{'in'}, or {'in1' 'in2'}."""
    names = [word] if count == 1 else [f"{word}{at + 1}" for at in range(count)]
    return cell_of_texts(names).reshape((1, -1), order="F") if names else np.empty((1, 0), OBJECT)


def _text_setter(name: str) -> Any:
    def write(nargout: int, layer: Instance, value: Any) -> Instance:
        word = text_or_none(value)
        if word is None:
            raise ScriptError(
                f"nnet_cnn:layer:{name}",
                f"Value of '{name}' must be a character vector or a string scalar.",
                notes=(f"got a {class_of(value)}",),
            )
        return layer.store(name, word, False)

    return write


def _count_setter(name: str) -> Any:
    names, word = PORTS[name]

    def write(nargout: int, layer: Instance, value: Any) -> Instance:
        count = float(np.asarray(value).item())
        layer = layer.store(name, count, False)
        return layer.store(names, names_of_ports(word, int(count)), True)

    return write


def _names_setter(name: str) -> Any:
    number = next(count for count, (names, _) in PORTS.items() if names == name)

    def write(nargout: int, layer: Instance, value: Any) -> Instance:
        texts = texts_or_none(value)
        if texts is None or not (is_cell(value) or type(value) in (str, String)):
            raise ScriptError(
                f"nnet_cnn:layer:{name}",
                f"Value of '{name}' must be a string array or a cell array of character vectors.",
                notes=(f"got a {class_of(value)}",),
            )
        layer = layer.store(name, cell_of_texts(list(texts)).reshape((1, -1), order="F"), False)
        return layer.store(number, float(len(texts)), True)

    return write


def add_properties(base: Any, ports: bool) -> None:
    """Give a base Name, Description and Type, and the names and numbers of inputs and outputs."""
    known: list[tuple[str, Any, Any]] = [(name, "", _text_setter(name)) for name in ("Name", "Description", "Type")]
    if ports:
        for number, (names, word) in PORTS.items():
            known.append((number, 1.0, _count_setter(number)))
            known.append((names, names_of_ports(word, 1), _names_setter(names)))
    for name, value, setter in known:
        item = base.properties[name] = Property(name, base, default=value)
        item.setter = Method(name, base, setter)
        item.settle()
    if ports:
        factors = "LearningFactors"  # what setLearnRateFactor and setL2Factor set of its learnables
        item = base.properties[factors] = Property(factors, base, default=Struct({}), is_hidden=True)
        item.settle()


# ----------------------------------------------------------------------------------------------------------- display
def disp(nargout: int, layer: Any) -> None:
    """disp(layer): its name, ports where there are several, its own properties, then what it learns and keeps."""
    host = layer.definition.unit.host
    form = host.format
    if type(layer) is not Instance:
        from cnnscript.display.objects import disp_instance

        host.out.write(disp_instance(layer, form))
        return
    groups = [("", _first_lines(layer))]
    learned = _with_attribute(layer, "Learnable")
    kept = _with_attribute(layer, "State")
    is_layer = "nnet.layer.Layer" in layer.ancestors
    if is_layer:
        groups += [("Learnable Parameters", learned), ("State Parameters", kept)]
    blank = form.blank
    body = _grouped(layer, groups, form)
    tail = "  Show all properties\n" + blank if is_layer else ""
    host.out.write(f"  {short_name(layer.class_name)} with properties:\n{blank}{body}{tail}")


def _first_lines(layer: Instance) -> list[str]:
    names = ["Name"]
    for number, (word, _) in PORTS.items():
        if number in layer.values and layer.values[number] != 1.0:
            names += [number, word]
    own = [name for name in layer.property_names() if name not in HIDDEN_LINES]
    apart = {*_with_attribute(layer, "Learnable"), *_with_attribute(layer, "State")}
    return names + [name for name in own if name not in apart]


def _with_attribute(layer: Instance, word: str) -> list[str]:
    properties = layer.definition.properties
    return [name for name in layer.property_names() if word in properties[name].attributes]


def _grouped(layer: Instance, groups: list[tuple[str, list[str]]], form: Any) -> str:
    """Groups under their headings, the names of all aligned."""
    names = [name for _, members in groups for name in members]
    lines = iter(fields_body([(name, layer.get(name)) for name in names], form).splitlines(keepends=True))
    text = ""
    for heading, members in groups:
        if heading:
            text += f"   {heading}\n"
        text += "".join(next(lines) for _ in members) or "    No properties.\n"
        text += form.blank
    return text
