"""What a `classdef` file says: its superclasses, properties, methods, events, and the methods in its folder."""

from __future__ import annotations

import os
from typing import Any

from cnnscript.code import members
from cnnscript.code.arguments import Declaration, constructor_of
from cnnscript.code.class_bases import base_named, delete_objects
from cnnscript.code.members import PUBLIC, Method, Property, access_of, attributes_of
from cnnscript.errors import ScriptError
from cnnscript.syntax import tree
from cnnscript.values.assignment import DELETED
from cnnscript.values.functions import Function


class ClassReading:
    """Reads the tree of a class into a definition (`ClassDefinition`, which makes the fields and tells of them)."""

    unit: Any
    node: tree.Class
    name: str
    short_name: str
    attributes: dict[str, Any]
    bases: list[Any]
    is_handle: bool
    number_class: str | None
    properties: dict[str, Property]
    methods: dict[str, Method]
    events: dict[str, dict[str, Any]]
    members: dict[str, list[tree.Node]]

    def _derive(self) -> None:
        """Take over what the superclasses have."""
        known: dict[str, None] = {}
        for word in self.node.superclasses:
            base = self.find_base(word)
            if isinstance(base, ClassReading) and base.attributes.get("Sealed") is True:
                raise self.fault(
                    "MATLAB:class:sealed", f"Class '{self.name}' cannot derive from '{base.name}', which is sealed."
                )
            self.bases.append(base)
            known.update(dict.fromkeys((base.name, *base.ancestors)))
            self.is_handle = self.is_handle or base.is_handle
            self.number_class = self.number_class or base.number_class
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
        own = frozenset(self.properties)
        for base in self.bases:
            for name, item in base.properties.items():
                if name not in self.properties or self.properties[name].is_abstract and name not in own:
                    self.properties[name] = item
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
                is_transient=given.get("Transient") is True,
                attributes=frozenset(word for word, value in given.items() if value is True),
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
            construct = constructor_of(self.unit, node.class_name)
            made.declaration = Declaration(node.name, where, sizes, node.class_name, construct)
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

        method.attributes = frozenset(word for word, value in given.items() if value is True)

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
            if ending not in (".m", ".cnns", ".mlx") or name == self.short_name or not name.isidentifier():
                continue
            known = self.methods.get(name)
            if known is None or known.definer is not self:
                known = Method(name, self, _missing_file(self, name))
                self.methods[name] = known
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
        explicit = explicit_bases(self.constructor.node) if self.constructor is not None else set()
        self.implicit_bases = [base for base in self.bases if base.name not in explicit]
        self.has_destructor = any(one.destructor is not None for one in (self, *self.all_bases()))
        self._find_subscripting()
        self.unit.namespace["_construct_base"] = self.construct_base
        self.unit.namespace["_call_base"] = self.call_base

    # --------------------------------------------------------------------------------------- indexing of its own
    def _find_subscripting(self) -> None:
        from cnnscript.code.subscripting import by_subsasgn, by_subsref

        reading, writing = self.methods.get("subsref"), self.methods.get("subsasgn")
        self._reads = dict.fromkeys(".({", by_subsref(reading)) if reading is not None else {}
        self._writes = dict.fromkeys(".({", by_subsasgn(writing)) if writing is not None else {}
        self.by_parts = any(name.startswith("matlab.mixin.indexing.") for name in self.ancestors)
        if self.by_parts:
            from cnnscript.code.indexing_mixins import readers, writers

            self._reads, self._writes = {**self._reads, **readers(self)}, {**self._writes, **writers(self)}
        self.indexes = bool(self._reads or self._writes)

    def referencing(self, kind: str, name: Any = None) -> Any:
        """What reads objects in steps of which the first is of this kind (for a dot: with this name), called as
        f(nargout, value, steps); None where the language does."""
        return None if self._is_member(kind, name) else self._reads.get(kind)

    def _is_member(self, kind: str, name: Any) -> bool:
        """With RedefinesDot: is the name after the dot a property or a method that the code that runs may use?"""
        if not self.by_parts or kind != "." or type(name) is not str:
            return False
        item = self.properties.get(name)
        if item is not None and members.allowed(item.get_access, item.definer):
            return True
        method = self.methods.get(name)
        return method is not None and members.allowed(method.access, method.definer)

    def passes_by(self) -> bool:
        """Does the code that runs index objects of this class as the language does?  The class's own code does where
        it has subsref or subsasgn."""
        from cnnscript.code.subscripting import inside

        return not self.by_parts and inside(self)

    def reference(self, value: Any, step: tuple[str, Any], nargout: int | None) -> Any:
        from cnnscript.code.subscripting import reference

        return reference(value, step, nargout)

    def counted(self, value: Any, steps: tuple) -> int:
        from cnnscript.code.subscripting import count_of

        return count_of(self, value, steps)

    def write(self, value: Any, steps: tuple, rhs: Any) -> Any:
        """The object after an assignment by the class's own method; NotImplemented where the language does it."""
        function = self._writes.get(steps[0][0])
        if function is None or self._is_member(*steps[0]) or self.passes_by():
            return NotImplemented
        return function(value, steps, rhs)

    def remove(self, value: Any, args: tuple) -> Any:
        """The object after `value(args) = []`."""
        return self.write(value, (("(", args),), DELETED)


def _abstract(definition: ClassReading, name: str) -> Any:
    def call(nargout: int, *args: Any) -> Any:
        raise ScriptError(
            "MATLAB:class:AbstractMethodCall", f"Method '{name}' of class '{definition.name}' is abstract."
        )

    return call


def _missing_file(definition: ClassReading, name: str) -> Any:
    def call(nargout: int, *args: Any) -> Any:
        raise ScriptError(
            "MATLAB:class:MissingMethodFile",
            f"Method '{name}' of class '{definition.name}' is declared, but no file @{definition.short_name}/{name}.m "
            "defines it.",
        )

    return call


def _from_file(definition: ClassReading, method: Method, path: str) -> Any:
    def first(nargout: int, *args: Any) -> Any:
        found = definition.unit.host.load_program(path)
        if not isinstance(found, Function):
            return _missing_file(definition, method.name)(nargout, *args)
        unit = found.call.unit()
        unit.definition = definition
        node = unit.functions.pop(unit.program.functions[0].name, None)
        key = definition.key(method.name)
        if node is not None:  # its name means the method of an object, and for other arguments what it means elsewhere
            unit.functions[key] = tree.Function(
                node.start, node.stop, key, node.parameters, node.outputs, node.arguments, node.body, node.nested
            )
            unit.namespace.pop("_f_" + node.name, None)
        method.call = unit.resolve(key)
        return method.call(nargout, *args)

    return first


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


def explicit_bases(constructor: tree.Function) -> set[str]:
    """The superclasses whose constructors a constructor calls itself."""
    name = constructor.outputs[0].name
    return {node.superclass for node in tree.walk(constructor) if type(node) is tree.SuperCall and node.method == name}
