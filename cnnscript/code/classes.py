"""Classes of a program: a `classdef` file as the definition that its objects and the calls of its methods ask.

Methods are functions of the file's unit under names such as 'Point/area', generated when first called.  Property
defaults are evaluated once, when the first object is made, as functions of no arguments.  A constructor finds its
object waiting: `construct` puts it there, the function's first statement takes it (see `Generator`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from cnnscript.code import members
from cnnscript.code.arguments import Declaration
from cnnscript.code.class_bases import base_named, delete_objects
from cnnscript.code.members import PUBLIC, Method, Property, access_of, attributes_of
from cnnscript.errors import ScriptError
from cnnscript.syntax import tree
from cnnscript.values.functions import Function
from cnnscript.values.instances import KINDS, Deleted, Instance, InstanceArray
from cnnscript.values.numeric import EMPTY
from cnnscript.values.warn import warn

NOT_YET = ("subsref", "subsasgn", "subsindex")


class ClassDefinition:
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

    # ---------------------------------------------------------------------------------------------------- reading
    def _derive(self) -> None:
        """Take over what the superclasses have."""
        known: dict[str, None] = {}
        for word in self.node.superclasses:
            base = self.find_base(word)
            if isinstance(base, ClassDefinition) and base.attributes.get("Sealed") is True:
                raise self.fault(
                    "MATLAB:class:sealed", f"Class '{self.name}' cannot derive from '{base.name}', which is sealed."
                )
            self.bases.append(base)
            known.update(dict.fromkeys((base.name, *base.ancestors)))
            self.is_handle = self.is_handle or base.is_handle
        self.ancestors = tuple(known)
        if self.is_handle:
            plain = [base.name for base in self.bases if not base.is_handle and not base.handle_compatible]
            if plain:
                raise self.fault(
                    "MATLAB:class:valueAndHandle",
                    f"Class '{self.name}' derives from handle classes and from the value class '{plain[0]}'.",
                    hint=f"'{plain[0]}' needs the attribute HandleCompatible",
                )
        for base in reversed(self.bases):
            for name, method in base.methods.items():
                if not (method.abstract and name in self.methods):
                    self.methods[name] = method
            self.events.update(base.events)

    @property
    def handle_compatible(self) -> bool:
        return self.is_handle or bool(self.attributes.get("HandleCompatible"))

    def find_base(self, word: str) -> Any:
        """A superclass by its name as written."""
        base = base_named(word)
        if base is not None:
            return base
        found = self.unit.find_class(word)
        if found is self:
            raise self.fault("MATLAB:class:recursion", f"Class '{self.name}' derives from itself.")
        if found is None:
            raise self.fault(
                "MATLAB:class:InvalidSuperClass",
                f"The specified superclass '{word}' contains a parse error, cannot be found on MATLAB's search path, "
                "or is shadowed by another file with the same name.",
            )
        return found

    def fault(self, identifier: str, message: str, hint: str | None = None) -> ScriptError:
        return self.unit.fault(tree.Node(self.node.start, self.node.start + len("classdef")), identifier, message, hint)

    def key(self, name: str) -> str:
        """The name of a method's function in the unit."""
        return f"{self.short_name}/{name}"

    def _read_blocks(self) -> None:
        accessors: list[tree.Function] = []
        declared: list[tuple[tree.Methods, dict[str, Any]]] = []
        for block in self.node.blocks:
            kind = type(block)
            if kind is tree.Properties:
                self._read_properties(block)
            elif kind is tree.Methods:
                given = attributes_of(self.unit, block.attributes, members.METHOD_ATTRIBUTES, "method")
                declared.append((block, given))
            elif kind is tree.Events:
                given = attributes_of(self.unit, block.attributes, members.EVENT_ATTRIBUTES, "event")
                self.events.update(dict.fromkeys(block.names, given))
            elif kind is tree.Enumeration:
                self.members.update(block.members)
        inherited = {
            name: item
            for base in reversed(self.bases)
            for name, item in base.properties.items()
            if name not in self.properties or self.properties[name] is item
        }
        self.properties = {**self.properties, **{n: p for n, p in inherited.items() if n not in self.properties}}
        for block, given in declared:
            for function in block.methods:
                if function.name.startswith(("get.", "set.")):
                    accessors.append(function)
                else:
                    self._add_method(function, given)
            for function in block.declared:
                self._declare(function, given)
        for function in accessors:
            self._add_accessor(function)

    def _read_properties(self, block: tree.Properties) -> None:
        given = attributes_of(self.unit, block.attributes, members.PROPERTY_ATTRIBUTES, "property")
        watched = {"SetObservable": ("PreSet", "PostSet"), "GetObservable": ("PreGet", "PostGet")}
        observable = frozenset(event for word, names in watched.items() if given.get(word) is True for event in names)
        for node in block.properties:
            made = Property(
                node.name,
                self,
                node,
                access_of(self.unit, node, given, "Access", "GetAccess"),
                access_of(self.unit, node, given, "Access", "SetAccess"),
                is_constant=given.get("Constant") is True,
                is_dependent=given.get("Dependent") is True,
                is_abstract=given.get("Abstract") is True,
                is_hidden=given.get("Hidden") is True,
                observable=observable,
                abort_set=given.get("AbortSet") is True,
                copied=given.get("NonCopyable") is not True,
            )
            self._declare_type(made, node)
            self.properties[node.name] = made

    def _declare_type(self, made: Property, node: tree.Argument) -> None:
        """Size, class and validators of a property, as functions of the unit."""
        if node.sizes is not None or node.class_name is not None:
            sizes = None
            if node.sizes is not None:
                sizes = tuple(None if type(size) is tree.Colon else int(size.value) for size in node.sizes)
            where = f"Error setting property '{node.name}' of class '{self.name}'. "
            made.declaration = Declaration(node.name, where, sizes, node.class_name)
        if node.validators:
            place = node.start, node.stop
            body: list[tree.Node] = []
            for validator in node.validators:
                if type(validator) is not tree.Call:
                    validator = tree.Call(*place, validator, [tree.Name(*place, node.name)])
                body.append(tree.Expression(validator.start, validator.stop, validator, True))
            parameter = tree.Parameter(*place, node.name)
            made.checks = self.function_of(f"check.{node.name}", [parameter], [], body, node)

    def function_of(self, name: str, parameters: list, outputs: list, body: list, node: tree.Node) -> Any:
        """A function of the unit that nobody wrote."""
        key = self.key(name)
        self.unit.functions[key] = tree.Function(node.start, node.stop, key, parameters, outputs, [], body, [])
        return self._caller(key)

    def _caller(self, key: str) -> Any:
        return lambda nargout, *args: self.unit.resolve(key)(nargout, *args)

    def _add_method(self, node: tree.Function, given: dict[str, Any]) -> None:
        inherited = self.methods.get(node.name)
        if inherited is not None and inherited.sealed:
            raise self.unit.fault(
                node,
                "MATLAB:class:sealedMethod",
                f"Method '{node.name}' in class '{self.name}' conflicts with the sealed method of class "
                f"'{inherited.definer.name}'.",
            )
        if node.name in NOT_YET:
            raise self.unit.fault(
                node, "MATLAB:cnnscript:classesNotYet", f"Classes with their own {node.name} are not in cnnscript yet."
            )
        key = self.key(node.name)
        self.unit.functions[key] = tree.Function(
            node.start, node.stop, key, node.parameters, node.outputs, node.arguments, node.body, node.nested
        )
        method = self._method(node, given, key)
        if node.name == self.short_name:
            if not node.outputs:
                raise self.unit.fault(
                    node,
                    "MATLAB:class:constructorOutput",
                    f"The constructor of class '{self.name}' must return the object.",
                )
            self.constructor = method
            self.unit.constructors[key] = self._waiting.pop
        elif node.name == "delete" and self.is_handle and not method.static:
            self.destructor = method
            self.methods[node.name] = Method(node.name, self, delete_objects, None, method.access)
        else:
            self.methods[node.name] = method

    def _method(self, node: tree.Function, given: dict[str, Any], key: str) -> Method:
        method = Method(
            node.name,
            self,
            self._caller(key),
            node,
            access_of(self.unit, node, given, "Access"),
            given.get("Static") is True,
            hidden=given.get("Hidden") is True,
            sealed=given.get("Sealed") is True,
        )

        def first(nargout: int, *args: Any) -> Any:
            method.call = self.unit.resolve(key)
            return method.call(nargout, *args)

        method.call = first
        return method

    def _declare(self, node: tree.Function, given: dict[str, Any]) -> None:
        """A signature: abstract, or a method that a file of the class's folder defines."""
        if given.get("Abstract") is True:
            known = self.methods.get(node.name)
            if known is None or known.abstract:
                self.methods[node.name] = Method(node.name, self, _abstract(self, node.name), None, abstract=True)
            return
        method = Method(
            node.name,
            self,
            _missing_file(self, node.name),
            None,
            access_of(self.unit, node, given, "Access"),
            given.get("Static") is True,
            hidden=given.get("Hidden") is True,
            sealed=given.get("Sealed") is True,
        )
        self.methods[node.name] = method

    def _add_accessor(self, node: tree.Function) -> None:
        """function value = get.Name(obj), function obj = set.Name(obj, value)"""
        kind, _, name = node.name.partition(".")
        found = self.properties.get(name)
        if found is None or found.definer is not self:
            raise self.unit.fault(
                node,
                "MATLAB:class:noPropertyForAccessor",
                f"Class '{self.name}' has a method '{node.name}' but defines no property '{name}'.",
            )
        key = self.key(node.name)
        self.unit.functions[key] = tree.Function(
            node.start, node.stop, key, node.parameters, node.outputs, node.arguments, node.body, node.nested
        )
        method = self._method(node, {}, key)
        if kind == "get":
            found.getter = method
        else:
            found.setter = method

    def _read_folder(self) -> None:
        """Methods in files of their own, in the folder @Name."""
        origin = self.unit.origin
        folder = os.path.dirname(os.path.abspath(origin)) if origin else ""
        if os.path.basename(folder) != "@" + self.short_name:
            return
        for entry in sorted(os.listdir(folder)):
            name, ending = os.path.splitext(entry)
            if ending not in (".m", ".cnns") or name == self.short_name or not name.isidentifier():
                continue
            known = self.methods.get(name)
            if known is None or known.definer is not self:
                known = Method(name, self, _missing_file(self, name))
                self.methods[name] = known
            if name in NOT_YET:
                raise self.fault(
                    "MATLAB:cnnscript:classesNotYet", f"Classes with their own {name} are not in cnnscript yet."
                )
            known.call = _from_file(self, known, os.path.join(folder, entry))

    def _finish(self) -> None:
        for item in self.properties.values():
            item.settle()
        if self.members:
            from cnnscript.code.enumerations import methods_of

            self.methods = {**methods_of(self), **self.methods}
        public = [m.name for m in self.methods.values() if m.access == PUBLIC and not m.hidden]
        self.public_methods = frozenset((*public, self.short_name))
        lacking = [name for name, method in self.methods.items() if method.abstract]
        lacking += [name for name, item in self.properties.items() if item.is_abstract]
        self.lacking = lacking
        self.is_abstract = bool(lacking) or self.attributes.get("Abstract") is True
        for base in self.bases:
            base.require(self)
        explicit = explicit_bases(self.constructor.node) if self.constructor is not None else set()
        self.implicit_bases = [base for base in self.bases if base.name not in explicit]
        self.has_destructor = any(one.destructor is not None for one in (self, *self.all_bases()))
        self.unit.namespace["_construct_base"] = self.construct_base
        self.unit.namespace["_call_base"] = self.call_base

    def require(self, derived: ClassDefinition) -> None:
        """What this class wants of one that derives from it: nothing."""

    # ------------------------------------------------------------------------------------------------ what is asked
    def find_method(self, name: str) -> Method | None:
        return self.methods.get(name)

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
        """Run the destructors of an object that nobody names any more; a fault in them is a warning."""
        try:
            delete_objects(0, instance)
        except ScriptError as fault:
            warn(
                "MATLAB:class:DestructorError",
                f"The following error was caught while executing '{self.name}' class destructor:\n{fault.message}",
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
        takers = [base for base in self.bases if isinstance(base, ClassDefinition)]
        if args and not any(base.takes_arguments() for base in takers):
            raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.", notes=(f"{self.name} takes none",))
        for base in self.bases:
            instance = base.construct(instance, args if base in takers and base.takes_arguments() else ())
        return instance

    def takes_arguments(self) -> bool:
        if self.constructor is not None:
            return bool(self.constructor.node.parameters)
        return any(isinstance(base, ClassDefinition) and base.takes_arguments() for base in self.bases)

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
        raise ScriptError("MATLAB:class:NotASuperclass", f"'{word}' is not a superclass of class '{self.name}'.")

    def default_element(self) -> Any:
        """The object that fills an array's gaps: made without arguments."""
        if self.members:
            from cnnscript.code.enumerations import first_member

            return first_member(self)
        return self(1)

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
        if method is not None and method.static:

            def call(nargout: int, *args: Any) -> Any:
                method.require_access()
                return method.call(nargout, *args)

            return Function(call, f"{self.name}.{name}")
        if name in self.members:
            from cnnscript.code.enumerations import member

            return Function(_value_of(lambda: member(self, name)), f"{self.name}.{name}")
        item = self.properties.get(name)
        if item is not None and item.is_constant:
            return Function(_value_of(lambda: item.read(Instance(self, Deleted()))), f"{self.name}.{name}")
        if name == "empty":
            return Function(self.empty, f"{self.name}.empty")
        return Function(_not_static(self, name), f"{self.name}.{name}")


def _value_of(value: Any) -> Any:
    """A function that gives a value, or the part of it that its arguments name as indices."""

    def call(nargout: int, *args: Any) -> Any:
        from cnnscript.values.indexing import index

        found = value()
        return index(found, args) if args else found

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


def _abstract(definition: ClassDefinition, name: str) -> Any:
    def call(nargout: int, *args: Any) -> Any:
        raise ScriptError(
            "MATLAB:class:AbstractMethodCall", f"Method '{name}' of class '{definition.name}' is abstract."
        )

    return call


def _missing_file(definition: ClassDefinition, name: str) -> Any:
    def call(nargout: int, *args: Any) -> Any:
        raise ScriptError(
            "MATLAB:class:MissingMethodFile",
            f"Method '{name}' of class '{definition.name}' is declared, but no file @{definition.short_name}/{name}.m "
            "defines it.",
        )

    return call


def _from_file(definition: ClassDefinition, method: Method, path: str) -> Any:
    def first(nargout: int, *args: Any) -> Any:
        found = definition.unit.host.load_program(path)
        if not isinstance(found, Function):
            return _missing_file(definition, method.name)(nargout, *args)
        generated = getattr(found.call, "generated", None)
        method.call = generated() if generated is not None else found.call
        method.call.__globals__["_unit"].definition = definition
        return method.call(nargout, *args)

    return first


def explicit_bases(constructor: tree.Function) -> set[str]:
    """The superclasses whose constructors a constructor calls itself."""
    name = constructor.outputs[0].name
    return {node.superclass for node in tree.walk(constructor) if type(node) is tree.SuperCall and node.method == name}


def full_name(name: str, origin: str | None) -> str:
    """The class's name with the packages its file lies in."""
    packages: list[str] = []
    folder = os.path.dirname(os.path.abspath(origin)) if origin else ""
    if os.path.basename(folder).startswith("@"):
        folder = os.path.dirname(folder)
    while os.path.basename(folder).startswith("+"):
        packages.insert(0, os.path.basename(folder)[1:])
        folder = os.path.dirname(folder)
    return ".".join([*packages, name])
