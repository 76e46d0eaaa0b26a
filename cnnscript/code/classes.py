"""Classes of a program: a `classdef` file as the definition that its objects and the calls of its methods ask.

Methods are functions of the file's unit under names such as 'Point/area', generated when first called.  Property
defaults are evaluated once, when the first object is made, as functions of no arguments.  A constructor finds its
object waiting: `construct` puts it there, the function's first statement takes it (see `Generator`).
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from typing import Any

from cnnscript.code import members
from cnnscript.code.class_bases import base_named, delete_objects
from cnnscript.code.class_reading import ClassReading, full_name
from cnnscript.code.comments import comment_of
from cnnscript.code.members import PUBLIC, Method, Property, attributes_of
from cnnscript.code.traces import last_fault
from cnnscript.errors import ScriptError
from cnnscript.syntax import tree
from cnnscript.values.functions import Function
from cnnscript.values.instances import KINDS, Deleted, Instance, InstanceArray
from cnnscript.values.numeric import EMPTY
from cnnscript.values.warn import warn


class ClassDefinition(ClassReading):
    """One class: called as its constructor.

    name        with its packages, 'shapes.Point'
    bases       the superclasses, ClassDefinitions or Bases
    ancestors   names of all classes it derives from
    properties  by name, its own first
    methods     by name, its own before inherited ones
    inferior    names of classes whose methods give way to this one's
    members     of an enumeration: names to the arguments they are made with
    """

    def __init__(self, unit: Any):
        self.unit = unit
        self._host = weakref.ref(unit.host)
        self.node: tree.Class = unit.program.classes[0]
        self.short_name = self.node.name
        self.name = full_name(self.node.name, unit.origin)
        self.properties: dict[str, Property] = {}
        self.methods: dict[str, Method] = {}
        self.events: dict[str, dict[str, Any]] = {}
        self.members: dict[str, list[tree.Node]] = {}
        self.bases: list[Any] = []
        self.ancestors: tuple[str, ...] = ()
        self.is_handle = False
        self.number_class: str | None = None  # the class of numbers that it derives from
        self.constructor: Method | None = None
        self.destructor: Method | None = None
        self._waiting: list[Instance] = []
        self._initial: dict[str, Any] | None = None
        self.enumerated: dict[str, Any] = {}
        self.attributes = attributes_of(unit, self.node.attributes, members.CLASS_ATTRIBUTES, "class")
        inferior = self.attributes.get("InferiorClasses", ())
        self.inferior: tuple[str, ...] = inferior if type(inferior) is tuple else ()
        self._derive()
        self._read_blocks()
        self._read_folder()
        self._finish()

    # ------------------------------------------------------------------------------------------------ what is asked
    def find_method(self, name: str) -> Method | None:
        return self.methods.get(name)

    @property
    def comment(self) -> str:
        """What its text says of it."""
        return comment_of(self.unit.source.text, self.node.start)

    def property_names(self) -> list[str]:
        return self.shown_properties()

    def shown_properties(self) -> list[str]:
        return [
            name
            for name, item in self.properties.items()
            if item.get_access == PUBLIC and not item.is_hidden and not item.is_abstract
        ]

    def all_bases(self) -> Iterator[Any]:
        for base in self.bases:
            yield base
            if isinstance(base, ClassDefinition):
                yield from base.all_bases()

    def shared_root(self, other: Any) -> Any:
        """The class of an array of objects of this class and another: the nearest both derive from that mixes."""
        mixing = "matlab.mixin.Heterogeneous"
        for candidate in (self, *self.all_bases()):
            mixes = isinstance(candidate, ClassDefinition) and mixing in candidate.ancestors
            if mixes and (candidate.name == other.name or candidate.name in other.ancestors):
                return candidate
        return None

    def same(self, first: Any, second: Any) -> bool:
        """isequal, as AbortSet asks it."""
        return bool(self.unit.host.builtin("isequal").call(1, first, second))

    def destroy(self, instance: Instance) -> None:
        """Run the destructors of an object that nobody names any more; a fault in them is a warning.

        Nothing is run for a session that is gone too (Python's collector clears weak references first) or closed.
        """
        host = self._host()
        if host is None or host.closed:
            return
        fault = last_fault(lambda: delete_objects(0, instance))
        if fault:
            warn(
                "MATLAB:class:DestructorError",
                f"The following error was caught while executing '{self.name}' class destructor:\n{fault}",
            )

    def announce(self, instance: Instance, name: str, event: str) -> None:
        """Tell the listeners of a property."""
        from cnnscript.code.listeners import property_event

        property_event(instance, name, event)

    # ---------------------------------------------------------------------------------------------- making objects
    def __call__(self, nargout: int, *args: Any) -> Any:
        """The constructor."""
        if nargout > 1:
            raise ScriptError("MATLAB:maxlhs", "Too many output arguments.")
        if self.members:
            from cnnscript.code.enumerations import member_of

            return member_of(self, args)
        self.require_concrete()
        if self.constructor is not None:
            self.constructor.require_access()
        return self.construct(self.blank(), args)

    def require_concrete(self) -> None:
        if self.is_abstract:
            what = "defines abstract methods and/or properties" if self.lacking else "is abstract"
            raise ScriptError(
                "MATLAB:class:abstract",
                f"Abstract classes cannot be instantiated. Class '{self.name}' {what}.",
                notes=("abstract: " + ", ".join(self.lacking[:6]),) if self.lacking else (),
            )

    def blank(self) -> Instance:
        """An object before its constructor ran: the defaults."""
        if self._initial is None:
            self._initial = {
                name: item.definer.default_of(item)
                for name, item in self.properties.items()
                if not (item.is_constant or item.is_dependent or item.is_abstract)
            }
        return Instance(self, dict(self._initial))

    def construct(self, instance: Instance, args: tuple) -> Any:
        """Run the constructors of this class on an object (of it, or of a class that derives from it)."""
        if self.constructor is None:
            return self._construct_implicitly(instance, args)
        for base in self.implicit_bases:
            instance = base.construct(instance, ())
        depth = len(self._waiting)
        self._waiting.append(instance)
        del instance
        try:
            made = self.constructor.call(1, *args)
        finally:
            del self._waiting[depth:]
        if not isinstance(made, KINDS):
            raise ScriptError(
                "MATLAB:class:constructorOutput", f"The constructor of class '{self.name}' did not return an object."
            )
        return made

    def _construct_implicitly(self, instance: Instance, args: tuple) -> Any:
        """Without a constructor of its own: the arguments go to the superclasses' constructors."""
        takers = [base for base in self.bases if base.takes_arguments()]
        if args and not takers:
            raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.", notes=(f"{self.name} takes none",))
        for base in self.bases:
            instance = base.construct(instance, args if base in takers else ())
        return instance

    def takes_arguments(self) -> bool:
        if self.constructor is not None:
            return bool(self.constructor.node.parameters)
        return any(base.takes_arguments() for base in self.bases)

    def construct_base(self, word: str, instance: Any, *args: Any) -> Any:
        """obj@Super(args) in the constructor."""
        return self._base(word).construct(instance, args)

    def call_base(self, method: str, word: str, nargout: int, *args: Any) -> Any:
        """method@Super(obj, args) in a method."""
        base = self._base(word)
        found = base.destructor if method == "delete" and base.destructor is not None else base.find_method(method)
        if found is None or found.abstract:
            raise ScriptError(
                "MATLAB:class:UndefinedSuperclassMethod",
                f"Method '{method}' is not defined for superclass '{base.name}' of class '{self.name}'.",
            )
        result = found.call(nargout, *args)
        if result is None and nargout == 1:
            from cnnscript.values.indexing import no_value

            raise no_value(method)
        return result

    def _base(self, word: str) -> Any:
        for base in (*self.bases, *self.all_bases()):
            if base.name == word:
                return base
        if any(word in base.ancestors for base in self.all_bases()) and (ours := base_named(word)) is not None:
            return ours
        raise ScriptError("MATLAB:class:NotASuperclass", f"'{word}' is not a superclass of class '{self.name}'.")

    def default_element(self) -> Any:
        """The object that fills an array's gaps: made without arguments."""
        if self.members:
            from cnnscript.code.enumerations import first_member

            return first_member(self)
        return self(1)

    @property
    def mixes(self) -> bool:
        """May arrays hold objects of several classes derived from this one?"""
        return "matlab.mixin.Heterogeneous" in self.ancestors

    def filling_element(self) -> Any:
        """The object that fills an array's gaps: what getDefaultScalarElement gives in a hierarchy that mixes."""
        method = self.find_method("getDefaultScalarElement") if self.mixes else None
        return method.call(1) if method is not None else self.default_element()

    def made_of(self, value: Any) -> Any:
        """What the constructor makes of a value of another class; its fault is a ScriptError."""
        from cnnscript.code.traces import explained

        try:
            return self(1, value)
        except Exception as fault:
            raise explained(fault).with_traceback(None) from None

    def empty(self, nargout: int, *sizes: Any) -> InstanceArray:
        """Class.empty, Class.empty(0, 3)"""
        import numpy as np

        zeros = np.asarray(self.unit.host.builtin("zeros").call(1, *sizes)) if sizes else EMPTY
        if zeros.size:
            raise ScriptError("MATLAB:class:emptyMustBeZero", "At least one dimension must be zero.")
        return InstanceArray(self, np.empty(zeros.shape, object, order="F"))

    def default_of(self, item: Property) -> Any:
        """What a property begins with: evaluated now, converted and checked."""
        node = item.node
        if node is None:
            return item.default
        if node.default is None:
            if item.declaration is None:
                return EMPTY
            value = members.declared_default(item.declaration)
            return self._default_object(item) if value is None else value
        place = node.default.start, node.default.stop
        output = tree.Parameter(*place, "value")
        assign = tree.Assign(*place, tree.Name(*place, "value"), node.default, True)
        value = self.function_of(f"default.{node.name}", [], [output], [assign], node.default)(1)
        return item.checked(value)

    def _default_object(self, item: Property) -> Any:
        """A property declared as of a class of objects: an empty array of it, or one object for size (1,1)."""
        found = self.unit.find_class(item.declaration.class_name)
        if found is None:
            return EMPTY
        return found.default_element() if item.declaration.sizes == (1, 1) else found.empty(1)

    # ----------------------------------------------------------------------------------------------------- by name
    def static(self, name: str) -> Function:
        """What `Class.name` means: a static method, a constant property, a member of the enumeration."""
        method = self.methods.get(name)
        if method is not None and method.static and method.access == PUBLIC:
            return Function(lambda nargout, *args: method.call(nargout, *args), f"{self.name}.{name}")
        if method is not None and method.static:

            def call(nargout: int, *args: Any) -> Any:
                method.require_access()
                return method.call(nargout, *args)

            return Function(call, f"{self.name}.{name}")
        if name in self.members:
            from cnnscript.code.enumerations import member

            return Function(_value_of(lambda: member(self, name)), f"{self.name}.{name}")
        item = self.properties.get(name)
        if item is not None and item.is_constant and item.get_access == PUBLIC and item.getter is None:
            return Function(_value_of(item.constant_value), f"{self.name}.{name}")
        if item is not None and item.is_constant:
            return Function(_value_of(lambda: item.read(Instance(self, Deleted()))), f"{self.name}.{name}")
        if name == "empty":
            return Function(self.empty, f"{self.name}.empty")
        return Function(_not_static(self, name), f"{self.name}.{name}")


def _value_of(value: Any) -> Any:
    """A function that gives a value, or the part of it that its arguments name as indices."""

    def call(nargout: int, *args: Any) -> Any:
        found = value()
        if not args:
            return found
        from cnnscript.values.indexing import index

        return index(found, args)

    return call


def _not_static(definition: ClassDefinition, name: str) -> Any:
    """What raises where `Class.name` is nothing that a class has without an object."""

    def call(nargout: int, *args: Any) -> Any:
        if name in definition.properties:
            raise ScriptError(
                "MATLAB:class:NonConstantProperty",
                f"The property '{name}' in class '{definition.name}' must be accessed from a class instance because it "
                "is not a Constant property.",
            )
        raise ScriptError(
            "MATLAB:subscripting:classHasNoPropertyOrMethod",
            f"The class {definition.name} has no Constant property or Static method named '{name}'.",
        )

    return call
