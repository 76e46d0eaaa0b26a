"""Objects of classes that programs define with `classdef`.

An `Instance` is one object: its class's definition (`code.classes.ClassDefinition`) and the values of its properties.
Objects of a value class are copied when they are written while shared, as structs are; those of a handle class are
written in place.  An `InstanceArray` holds any other number of them.

A definition answers what an instance asks: `name`, `ancestors`, `is_handle`, `properties` (by name, with `read`,
`write`, `plain` and `stored`), `find_method(name)`, `public_methods`, `shown_properties()`, `default_element()`.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT, is_cell, ndarray, numel_of, size_of, size_text
from cnnscript.values.objects import Object
from cnnscript.values.placing import place, without
from cnnscript.values.selecting import bad_index, select


class Deleted(dict):
    """The properties of a handle object that was deleted: none is to be had."""

    def __missing__(self, name: str) -> Any:
        raise deleted_handle()

    def __setitem__(self, name: str, value: Any) -> None:
        raise deleted_handle()


def deleted_handle() -> ScriptError:
    return ScriptError("MATLAB:class:InvalidHandle", "Invalid or deleted object.")


class Instance(Object):
    """One object of a class.

    definition  its class
    values      the stored properties by name
    listeners   of a handle object: what `addlistener` made for it, or None
    member      its name in an enumeration, ''
    """

    member = ""

    def __init__(self, definition: Any, values: dict[str, Any]):
        self.definition = definition
        self.values = values
        self.listeners: list[Any] | None = None

    # --------------------------------------------------------------------------------------------------- its class
    @property
    def class_name(self) -> str:  # type: ignore[override]
        return self.definition.name

    @property
    def ancestors(self) -> tuple[str, ...]:  # type: ignore[override]
        return self.definition.ancestors

    @property
    def is_handle(self) -> bool:  # type: ignore[override]
        return self.definition.is_handle

    @property
    def methods(self) -> frozenset[str]:  # type: ignore[override]
        return self.definition.public_methods

    @property
    def deleted(self) -> bool:
        return type(self.values) is Deleted

    def brief(self, form: Any) -> str:
        """Its text as a field of a struct: the name of a member of an enumeration, '' for any other object."""
        return self.member

    def __del__(self) -> None:
        # the last name of a handle object went: its class's destructor runs, as after delete(object)
        definition = getattr(self, "definition", None)
        if definition is not None and definition.has_destructor and not self.deleted and not sys.is_finalizing():
            definition.destroy(self)

    # -------------------------------------------------------------------------------------------------- properties
    def property_names(self) -> list[str]:
        """The properties shown: public to get, not hidden."""
        return self.definition.shown_properties()

    def get(self, name: str) -> Any:
        found = self.definition.properties.get(name)
        if found is None:
            if self.deleted:
                raise deleted_handle()
            raise self.no_property(name)
        if found.plain:
            return self.values[name]
        return found.read(self)

    def set(self, name: str, value: Any) -> Any:
        return self.put(name, value, False)

    def put(self, name: str, value: Any, own: bool) -> Any:
        """The object with a property written: itself for a handle, or where nobody else holds it (`own`)."""
        found = self.definition.properties.get(name)
        if found is None:
            raise self.no_property(name, setting=True)
        if found.plain:
            return self.store(name, value, own)
        return found.write(self, value, own)

    def store(self, name: str, value: Any, own: bool) -> Any:
        """The object with the value of a stored property, nothing asked."""
        target = self if own or self.definition.is_handle else self.copied()
        target.values[name] = value
        return target

    def copied(self) -> Instance:
        """Another object of the same class with the same values."""
        made = Instance(self.definition, dict(self.values))
        if self.member:
            made.member = self.member
        return made

    # ------------------------------------------------------------------------------------------------- as an array
    def data(self) -> ndarray:
        """Itself as a 1-by-1 array of objects."""
        data = np.empty((1, 1), OBJECT)
        data[0, 0] = self
        return data

    def index(self, args: tuple) -> Any:
        if self.definition.indexes:
            found = self.definition.reference(self, ("(", args), 1)
            if found is not NotImplemented:
                return found[0] if found else None
        if type(self) is Instance:
            if self.definition.number_class is not None and not self.definition.members:
                return self._some_numbers(args)
            if all(type(arg) is float and arg == 1.0 for arg in args):
                return self
        return chosen(self, args)

    def _some_numbers(self, args: tuple) -> Any:
        from cnnscript.values.indexing import index
        from cnnscript.values.number_objects import numbers_of, with_numbers

        return with_numbers(self, index(numbers_of(self), args))

    def size(self) -> tuple[int, ...]:
        if self.definition.number_class is not None and not self.definition.members:
            from cnnscript.values.number_objects import numbers_of

            return size_of(numbers_of(self))
        return (1, 1)

    def brace(self, args: tuple) -> tuple:
        if self.definition.indexes:
            found = self.definition.reference(self, ("{", args), None)
            if found is not NotImplemented:
                return found
        return Object.brace(self, args)

    def assign_brace(self, args: tuple, value: Any) -> Any:
        if self.definition.indexes:
            result = self.definition.write(self, (("{", args),), value)
            if result is not NotImplemented:
                return result
        return Object.assign_brace(self, args, value)

    def element(self, args: tuple) -> Any:
        """The element that a write goes through: a new one where there is none yet."""
        return element_or_new(self, args)

    def assign(self, args: tuple, value: Any) -> Any:
        if self.definition.indexes:
            result = self.definition.write(self, (("(", args),), value)
            if result is not NotImplemented:
                return result
        if type(self) is Instance and self.definition.number_class is not None and not self.definition.members:
            from cnnscript.values.number_objects import as_numbers, numbers_of, with_numbers
            from cnnscript.values.writing import write

            return with_numbers(self, write(numbers_of(self), args, *as_numbers((value,)), False))
        return assigned(self, args, value)

    def delete_elements(self, args: tuple) -> Any:
        if self.definition.indexes:
            result = self.definition.remove(self, args)
            if result is not NotImplemented:
                return result
        return array_of(self.definition, without(self.data(), args))

    def parts(self) -> tuple:
        definition = self.definition
        return self.data(), lambda data: array_of(definition, np.asfortranarray(data))

    def no_elements(self) -> InstanceArray:
        return InstanceArray(self.definition, np.empty((0, 0), OBJECT))

    def concatenate(self, parts: tuple, axis: int) -> Any:
        for part in parts:
            if isinstance(part, Object) and part.joins_others:
                return part.concatenate(parts, axis)
        return joined(parts, axis)

    def converted(self, class_name: str) -> Any:
        """The object as a value of another class, by the class's method of that name or the numbers that it holds;
        None where there is no way."""
        method = self.definition.find_method(class_name)
        if method is not None and not method.static:
            return method.call(1, self)
        if self.definition.number_class is None:
            return None
        from cnnscript.values.convert import to_class
        from cnnscript.values.number_objects import numbers_of

        return to_class(numbers_of(self), class_name)

    def subscript(self) -> Any:
        method = self.definition.find_method("subsindex")
        if method is None:
            if self.definition.number_class is None:
                return None
            from cnnscript.values.number_objects import numbers_of

            return numbers_of(self)
        from cnnscript.values.operators import plus

        return plus(method.call(1, self), 1.0)  # subsindex counts from 0

    def end(self, position: int, count: int) -> int:
        return end_in(self, position, count)

    # ---------------------------------------------------------------------------------------- operators, comparison
    def operator(self, name: str, args: tuple) -> Any:
        return operate(name, args)

    def components(self) -> Any:
        """What isequal compares: the class and the stored values."""
        from cnnscript.values.structs import Struct

        return Struct({"class": self.definition.name, "values": Struct(dict(self.values))})

    def equals(self, other: Any) -> bool:
        return self is other


class InstanceArray(Object):
    """Objects of one class, in an array of any size but 1-by-1.

    elements  object array, at least 2-D, of Instances
    """

    def __init__(self, definition: Any, elements: ndarray):
        self.definition = definition
        self.elements = elements

    class_name = Instance.class_name
    ancestors = Instance.ancestors
    is_handle = Instance.is_handle
    methods = Instance.methods
    property_names = Instance.property_names
    element = Instance.element
    assign = Instance.assign
    no_elements = Instance.no_elements
    parts = Instance.parts
    concatenate = Instance.concatenate
    end = Instance.end
    subscript = Instance.subscript
    converted = Instance.converted
    operator = Instance.operator

    def data(self) -> ndarray:
        return self.elements

    index = Instance.index
    brace = Instance.brace
    assign_brace = Instance.assign_brace
    delete_elements = Instance.delete_elements

    def size(self) -> tuple[int, ...]:
        return self.elements.shape

    def objects(self) -> list[Instance]:
        return self.elements.ravel("F").tolist()

    def get(self, name: str) -> Any:
        """The property of each element, as a list."""
        if name not in self.definition.properties:
            raise self.no_property(name)
        return tuple(element.get(name) for element in self.objects())

    def set(self, name: str, value: Any) -> Any:
        if name not in self.definition.properties:
            raise self.no_property(name, setting=True)
        raise ScriptError(
            "MATLAB:class:ScalarRequired",
            "Unable to set a property of an array of objects at once.",
            notes=(f"this is a {size_text(self.elements.shape)} {self.definition.name}",),
            hint=f"x(k).{name} = value writes one, [x.{name}] = deal(value) all",
        )

    def components(self) -> Any:
        parts = np.empty(self.elements.shape, OBJECT)
        for place_of, element in np.ndenumerate(self.elements):
            parts[place_of] = element
        return parts

    def equals(self, other: Any) -> bool:
        return self is other

    @property
    def deleted(self) -> bool:
        return False


KINDS = (Instance, InstanceArray)


# ------------------------------------------------------------------------------------------------------------ arrays
def array_of(definition: Any, elements: ndarray) -> Any:
    """Elements as a value: one object, or an array of them."""
    if elements.size == 1:
        return elements.reshape(-1)[0]
    while elements.ndim > 2 and elements.shape[-1] == 1:
        elements = elements.reshape(elements.shape[:-1], order="F")
    if definition.mixes and elements.size:
        definition = nearest_common(elements.ravel("F").tolist())
    return InstanceArray(definition, elements)


def nearest_common(elements: list[Instance]) -> Any:
    """The most specific class that all elements of an array belong to."""
    definition = elements[0].definition
    for element in elements[1:]:
        if element.definition is not definition:
            definition = common(definition, element)
    return definition


def chosen(value: Any, args: tuple) -> Any:
    """value(args)"""
    if not args:
        return value
    return array_of(value.definition, select(value.data(), args))


def element_or_new(value: Any, args: tuple) -> Any:
    if all(type(arg) is float for arg in args):
        shape = value.data().shape
        beyond = (
            args[0] > value.data().size
            if len(args) == 1
            else any(arg > (shape[at] if at < len(shape) else 1) for at, arg in enumerate(args))
        )
        if beyond:
            if any(arg != int(arg) for arg in args):
                raise bad_index(args[0], 0, len(args))
            return value.definition.filling_element()
    found = chosen(value, args)
    if type(found) is not Instance:
        raise ScriptError(
            "MATLAB:index:expected_one_output_for_assignment",
            "Expected one output from a curly brace or dot indexing expression, "
            f"but there were {numel_of(found)} results.",
        )
    return found


def assigned(value: Any, args: tuple, rhs: Any) -> Any:
    """value(args) = rhs"""
    if isinstance(rhs, ndarray) and rhs.size == 0 and not is_cell(rhs):
        raise unlike(value.definition, rhs)
    rhs = as_element(value.definition, rhs)
    definition = common(value.definition, rhs)
    before, given = value.data(), rhs.data()
    placed = place(before, args, given, False, _nothing)
    if placed.size > before.size + 1 or given.size > 1:  # one element more is the one assigned
        _fill(placed, value.definition)
    return array_of(definition, placed)


def _nothing(count: int) -> ndarray:
    return np.full(count, None, OBJECT)


def _fill(elements: ndarray, definition: Any) -> None:
    """The elements, those between old and new ones made without arguments: one object; of a handle class, a copy of
    it for each place."""
    missing = [at for at in np.ndindex(elements.shape) if elements[at] is None]
    if missing:
        first = definition.filling_element()
        for at in missing:
            elements[at] = first if at is missing[0] or not first.is_handle else first.copied()


def common(definition: Any, value: Any) -> Any:
    """The class of an array that takes in `value`; raises ScriptError where there is none."""
    other = value.definition
    if other is definition or other.name == definition.name:
        return definition
    shared = definition.shared_root(other)
    if shared is not None:
        return shared
    raise unlike(definition, value)


def as_element(definition: Any, value: Any) -> Any:
    """A value as it goes into an array of objects of a class: an object of a class that shares arrays with it, else
    what a converter method of its own or the class's constructor makes of it."""
    if isinstance(value, KINDS):
        other = value.definition
        if other.name == definition.name or definition.shared_root(other) is not None:
            return value
        method = other.find_method(definition.short_name)
        if method is not None and not method.static:
            return method.call(1, value)
    if definition.constructor is None and not definition.members and definition.number_class is None:
        raise unlike(definition, value)
    try:
        made = definition.made_of(value)
    except ScriptError as fault:
        problem = unlike(definition, value)
        problem.notes = (f"{definition.name}(...) says: {fault.message}",)
        raise problem from None
    return made


def unlike(definition: Any, value: Any) -> ScriptError:
    from cnnscript.values.numeric import class_of

    name = definition.name
    return ScriptError(
        "MATLAB:UnableToConvert",
        f"Unable to perform assignment because value of type '{class_of(value)}' is not convertible to '{name}'.",
        notes=(f"objects of {name} share an array only with their like",),
    )


def joined(parts: tuple, axis: int) -> Any:
    """[a b] or [a; b] with objects among the parts: a class's own horzcat or vertcat, else an array."""
    overloaded = operate("horzcat" if axis == 1 else "vertcat", parts)
    if overloaded is not NotImplemented:
        return overloaded
    kept = [part for part in parts if isinstance(part, KINDS) or size_of(part) != (0, 0)]
    first = next(part for part in parts if isinstance(part, KINDS))
    if any(is_cell(part) for part in kept):
        from cnnscript.values.concatenate import cell_row, horzcat, vertcat

        cells = [part if is_cell(part) else cell_row(part) for part in kept]
        return horzcat(*cells) if axis == 1 else vertcat(*cells)
    definition = ruling(tuple(kept)).definition if len(kept) > 1 else first.definition
    if definition.number_class is not None and not definition.members:
        from cnnscript.values.number_objects import joined_numbers

        return joined_numbers(kept, axis)
    for at, part in enumerate(kept):
        try:
            kept[at] = part = as_element(definition, part)
        except ScriptError as fault:
            raise ScriptError(
                "MATLAB:UnableToConvert",
                f"Unable to concatenate a value of type '{_class(part)}' with objects of class '{definition.name}'.",
                notes=fault.notes,
            ) from None
        definition = common(definition, part)
    arrays = [part.data() for part in kept if part.data().shape != (0, 0)]
    if not arrays:
        return first
    for array in arrays:
        across = [length for at, length in enumerate(array.shape) if at != axis]
        if across != [length for at, length in enumerate(arrays[0].shape) if at != axis]:
            raise ScriptError(
                "MATLAB:catenate:dimensionMismatch",
                "Dimensions of arrays being concatenated are not consistent.",
                notes=tuple(f"{size_text(item.shape)} {definition.name}" for item in arrays[:4]),
            )
    return array_of(definition, np.concatenate(arrays, axis=axis))


def _class(value: Any) -> str:
    from cnnscript.values.numeric import class_of

    return class_of(value)


def end_in(value: Any, position: int, count: int) -> int:
    method = value.definition.find_method("end")
    if method is not None:
        return method.call(1, value, float(position + 1), float(count))
    return Object.end(value, position, count)


# --------------------------------------------------------------------------------------------------------- operators
def operate(name: str, args: tuple) -> Any:
    """The method of that name of the class that rules among the arguments; NotImplemented where it has none."""
    holder = ruling(args)
    method = holder.definition.find_method(name)
    if method is not None:
        result = method.call(1, *args)
        if result is None:
            raise ScriptError(
                "MATLAB:unassignedOutputs", f"The method '{name}' of class '{holder.class_name}' gave no value."
            )
        return result
    if name in ("transpose", "ctranspose") and type(holder) is InstanceArray:
        return array_of(holder.definition, holder.elements.T)
    if name == "plus" and any(type(arg).__name__ == "String" for arg in args):
        from cnnscript.values.operators import plus

        texts = tuple(arg.converted("string") if isinstance(arg, KINDS) else arg for arg in args)
        return NotImplemented if None in texts else plus(*texts)
    if holder.definition.number_class is not None:
        from cnnscript.values.number_objects import operated

        return operated(name, args)
    if name in ("eq", "ne") and holder.is_handle and len(args) == 2:
        return same_handles(args[0], args[1], name == "eq")
    return NotImplemented


def ruling(args: tuple) -> Any:
    """The argument whose class's method is called: the first object, but one of a class that others are inferior to."""
    objects = [arg for arg in args if isinstance(arg, KINDS)]
    found = objects[0]
    for other in objects[1:]:
        if found.definition.name in other.definition.inferior:
            found = other
    return found


def same_handles(first: Any, second: Any, equal: bool) -> Any:
    """== and ~= of handle objects: the same object?"""
    from cnnscript.values.numeric import norm

    if not (isinstance(first, KINDS) and isinstance(second, KINDS)):
        return NotImplemented
    a, b = first.data(), second.data()
    if a.size != 1 and b.size != 1 and a.shape != b.shape:
        raise ScriptError(
            "MATLAB:sizeDimensionsMustMatch",
            "Arrays have incompatible sizes for this operation.",
            notes=(f"left is {size_text(a.shape)}", f"right is {size_text(b.shape)}"),
        )
    a, b = np.broadcast_arrays(a if a.size != 1 else a.reshape(1, 1), b if b.size != 1 else b.reshape(1, 1))
    result = np.zeros(a.shape, bool, order="F")
    for at in np.ndindex(a.shape):
        result[at] = (a[at] is b[at]) == equal
    return norm(result)


# ------------------------------------------------------------------------------------------------------ who is asking
def running() -> tuple[Any, str]:
    """The class whose code runs now (None for any other code) and the Python name of its function."""
    frame = sys._getframe(1)
    while frame is not None:
        unit = frame.f_globals.get("_unit")
        if unit is not None:
            while unit.definition is None and unit.around is not None:
                unit = unit.around
            return unit.definition, frame.f_code.co_name
        frame = frame.f_back
    return None, ""
