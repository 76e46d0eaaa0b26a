"""What all objects share: properties by name, and methods that every class takes the same arguments in."""

import ast
from pathlib import Path
from typing import ClassVar

import pytest

import cnnscript
from cnnscript.display.formats import Format
from cnnscript.display.values import show
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.named_values import NamedValues


class Lamp(NamedValues):
    class_name: ClassVar[str] = "home.Lamp"

    def checked(self, name, value):
        if name == "Colour":
            raise self.read_only(name)
        return take.number(value, name)


class SharedLamp(Lamp):
    is_handle: ClassVar[bool] = True


def test_named_values_are_checked_when_they_are_set_and_values_are_copied():
    lamp = Lamp({"Power": 40.0, "Colour": "red"})
    brighter = lamp.set("Power", 60.0)
    assert (lamp.get("Power"), brighter.get("Power"), brighter.get("Colour")) == (40.0, 60.0, "red")
    with pytest.raises(ScriptError, match="Power"):
        lamp.set("Power", "much")
    with pytest.raises(ScriptError, match="read-only"):
        lamp.set("Colour", "blue")
    with pytest.raises(ScriptError, match="Unrecognized property 'Height'"):
        lamp.set("Height", 1.0)
    with pytest.raises(ScriptError, match="Unrecognized method, property, or field 'Height'"):
        lamp.get("Height")


def test_a_handle_of_named_values_is_changed_itself():
    lamp = SharedLamp({"Power": 40.0})
    assert lamp.set("Power", 60.0) is lamp
    assert lamp.get("Power") == 60.0


def test_named_values_are_shown_as_properties():
    text = show("x", Lamp({"Power": 40.0, "Colour": "red"}), Format(spacing="compact"))
    assert text == "x = \n  Lamp with properties:\n     Power: 40\n    Colour: 'red'\n"


def arity(function):
    given = function.args
    most = len(given.posonlyargs) + len(given.args)
    return most - len(given.defaults), float("inf") if given.vararg else most


def test_methods_of_all_objects_are_called_alike():
    """A class that names a method of its own as one that the language calls fails when a program gets there."""
    classes = [
        node for path in Path(cnnscript.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ClassDef)
    ]  # fmt: skip
    objects = {"Object"}
    while found := {one.name for one in classes if {ast.unparse(base) for base in one.bases} & objects} - objects:
        objects |= found
    base = next(one for one in classes if one.name == "Object")
    called = {item.name: arity(item) for item in base.body if isinstance(item, ast.FunctionDef)}
    assert {"get", "set", "part", "index"} <= called.keys()
    assert len(objects) > 60
    others = [
        (one.name, item.name) for one in classes if one.name in objects for item in one.body
        if isinstance(item, ast.FunctionDef) and item.name in called
        and not (arity(item)[0] <= called[item.name][0] and arity(item)[1] >= called[item.name][1])
    ]  # fmt: skip
    assert others == []
