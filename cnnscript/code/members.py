"""Members of classes: properties and methods, their attributes, and who may use them.

Who may is asked of the code that runs: the class in whose file it is written.  Public members are never asked about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cnnscript.code.arguments import Declaration, as_declared
from cnnscript.code.comments import comment_beside, comment_of
from cnnscript.errors import ScriptError
from cnnscript.syntax import tree
from cnnscript.values.instances import Instance, running
from cnnscript.values.numeric import DTYPE_OF_CLASS, EMPTY, norm

PUBLIC = "public"
LEVELS = (PUBLIC, "protected", "private", "immutable")
UNSET = object()

# attributes that change nothing here: of saving, of being watched in tools, of graphics
PROPERTY_ATTRIBUTES = frozenset(
    [
        "Access",
        "GetAccess",
        "SetAccess",
        "Constant",
        "Dependent",
        "Hidden",
        "Transient",
        "Abstract",
        "AbortSet",
        "NonCopyable",
        "GetObservable",
        "SetObservable",
        "Learnable",
        "State",
        "PartialMatchPriority",
        "WeakHandle",
        "NoUndo",
        "DiscreteState",
        "Nontunable",
        "Logical",
        "PositiveInteger",
        "TestParameter",
        "MethodSetupParameter",
        "ClassSetupParameter",
    ]
)
METHOD_ATTRIBUTES = frozenset(
    [
        "Access",
        "Static",
        "Abstract",
        "Hidden",
        "Sealed",
        "Test",
        "TestMethodSetup",
        "TestClassSetup",
        "TestParameterDefinition",
        "ParameterCombination",
        "TestMethodTeardown",
        "TestClassTeardown",
        "TestTags",
    ]
)
CLASS_ATTRIBUTES = frozenset(
    [
        "Abstract",
        "AllowedSubclasses",
        "ConstructOnLoad",
        "HandleCompatible",
        "Hidden",
        "InferiorClasses",
        "Sealed",
        "Enumeration",
        "SharedTestFixtures",
        "TestTags",
    ]
)
EVENT_ATTRIBUTES = frozenset(["Hidden", "ListenAccess", "NotifyAccess"])


# -------------------------------------------------------------------------------------------------------- attributes
def attributes_of(unit: Any, nodes: list[tree.Attribute], known: frozenset[str], what: str) -> dict[str, Any]:
    """Attributes as written: True, False, a word, or class names (a tuple)."""
    given: dict[str, Any] = {}
    for node in nodes:
        if node.name not in known:
            raise unit.fault(
                node,
                "MATLAB:class:UnknownAttribute",
                f"The {what} attribute '{node.name}' is not known.",
                hint="known are " + ", ".join(sorted(known)),
            )
        given[node.name] = _attribute_value(unit, node)
    return given


def _attribute_value(unit: Any, node: tree.Attribute) -> Any:
    value = node.value
    kind = type(value)
    if value is None:
        return True
    if kind is tree.Name:
        return {"true": True, "false": False}.get(value.id, value.id)
    if kind is tree.Text:
        return value.value
    if kind is tree.Metaclass:
        return (value.name,)
    if kind is tree.Number:
        return bool(value.value)
    if kind is tree.Unary and value.operator in "~!" and type(value.operand) is tree.Name:
        return value.operand.id != "true"
    if kind is tree.Cell and all(type(item) is tree.Metaclass for row in value.rows for item in row):
        return tuple(item.name for row in value.rows for item in row)
    if kind is tree.Cell:
        return ()
    raise unit.fault(
        node, "MATLAB:class:InvalidAttributeValue", f"The value of the attribute '{node.name}' is not understood."
    )


def access_of(unit: Any, node: tree.Node, given: dict[str, Any], *names: str) -> Any:
    """The access that the last given of some attributes states: a level, or names of classes."""
    access: Any = PUBLIC
    for name in names:
        if name in given:
            access = given[name].lower() if type(given[name]) is str else given[name]
    if type(access) is not tuple and access not in LEVELS:
        raise unit.fault(node, "MATLAB:class:InvalidAttributeValue", f"'{access}' is no level of access.")
    return access


def allowed(access: Any, definer: Any) -> bool:
    """May the code that runs now use a member of `definer` with this access?"""
    if access == PUBLIC:
        return True
    asking, function = running()
    if asking is None:
        return False
    if asking is definer or asking.name == definer.name:
        return access != "immutable" or function == f"_f_{definer.key(definer.short_name)}"
    if type(access) is tuple:
        return any(name == asking.name or name in asking.ancestors for name in access)
    if access == "protected":
        return definer.name in asking.ancestors or asking.name in definer.ancestors
    return False


# -------------------------------------------------------------------------------------------------------- properties
@dataclass
class Property:
    """One property of a class.

    definer   the class that defines it
    node      its line in the properties block (None for those of classes that are ours)
    getter, setter   methods get.X and set.X
    constant  its value once evaluated, UNSET before
    """

    name: str
    definer: Any
    node: tree.Argument | None = None
    get_access: Any = PUBLIC
    set_access: Any = PUBLIC
    is_constant: bool = False
    is_dependent: bool = False
    is_abstract: bool = False
    is_hidden: bool = False
    observable: frozenset[str] = frozenset()
    abort_set: bool = False
    copied: bool = True
    is_transient: bool = False
    attributes: frozenset[str] = frozenset()
    default: Any = UNSET
    getter: Method | None = None
    setter: Method | None = None
    constant: Any = UNSET
    checks: Callable[..., Any] | None = None
    declaration: Declaration | None = None

    @property
    def comment(self) -> str:
        """What the class's text says of it."""
        if self.node is None:
            return ""
        return comment_beside(self.definer.unit.source.text, self.node.start, self.node.stop)

    def settle(self) -> None:
        """Know the fast ways: `plain` is read and written as it lies there; `stored` is kept as it is given."""
        self.stored = not (self.is_constant or self.is_dependent or self.setter or self.getter)
        self.stored = self.stored and self.declaration is None and self.checks is None and not self.observable
        self.stored = self.stored and not self.abort_set
        self.plain = self.stored and self.get_access == PUBLIC == self.set_access
        # read as it lies there, by anybody (`open`) or by the class's own code (`kept`)
        self.kept = not (self.is_constant or self.is_dependent or self.getter or "PreGet" in self.observable)
        self.open = self.kept and self.get_access == PUBLIC
        self.own = self.stored and self.set_access != "immutable"  # written as it is given by the class's own code

    # ---------------------------------------------------------------------------------------------------- reading
    def read(self, instance: Instance) -> Any:
        """The value that `object.name` gives."""
        if self.get_access != PUBLIC and not allowed(self.get_access, self.definer):
            raise self.not_to_get(instance)
        if self.is_constant:
            return self.constant_value()
        if "PreGet" not in self.observable:
            return self._value(instance)
        instance.definition.announce(instance, self.name, "PreGet")
        value = self._value(instance)
        instance.definition.announce(instance, self.name, "PostGet")
        return value

    def _value(self, instance: Instance) -> Any:
        """What the get method gives, or what is stored."""
        if self.getter is not None and running()[1] != self.getter.python_name:
            return instance.values[self.name] if instance.deleted else self.getter.call(1, instance)
        if self.is_dependent:
            raise ScriptError(
                "MATLAB:class:noGetMethod",
                f"In class '{self.definer.name}', no get method is defined for Dependent property '{self.name}'. "
                "A Dependent property needs a get method to retrieve its value.",
            )
        return instance.values[self.name]

    def not_to_get(self, instance: Instance) -> ScriptError:
        name = instance.definition.name
        if self.set_access == PUBLIC:
            return ScriptError("MATLAB:class:GetProhibited", f"You cannot get the '{self.name}' property of '{name}'.")
        return ScriptError(
            "MATLAB:class:GetProhibited",
            f"No public property '{self.name}' for class '{name}'.",
            notes=(f"its access is {_access_text(self.get_access)}",),
        )

    def constant_value(self) -> Any:
        if self.constant is UNSET:
            self.constant = self.definer.default_of(self)
        return self.constant

    # ---------------------------------------------------------------------------------------------------- writing
    def write(self, instance: Instance, value: Any, own: bool) -> Any:
        """The object after `object.name = value`."""
        self.require_writable(instance)
        value = self.checked(value)
        if self.abort_set and self.name in instance.values and instance.definition.same(self.read(instance), value):
            return instance
        inside = self.setter is not None and running()[1] == self.setter.python_name
        if self.observable and not inside and "PreSet" in self.observable:
            instance.definition.announce(instance, self.name, "PreSet")
        if self.setter is not None and not inside:
            result = self.by_setter(instance, value)
        elif self.is_dependent:
            raise ScriptError(
                "MATLAB:class:noSetMethod",
                f"In class '{self.definer.name}', no set method is defined for Dependent property '{self.name}'. "
                "A Dependent property needs a set method to assign its value.",
            )
        else:
            result = instance.store(self.name, value, own)
        if self.observable and not inside and "PostSet" in self.observable:
            instance.definition.announce(result, self.name, "PostSet")
        return result

    def by_setter(self, instance: Instance, value: Any) -> Any:
        if self.setter.node is not None and not self.setter.node.outputs:
            self.setter.call(0, instance, value)
            if instance.is_handle:
                return instance
            raise ScriptError(
                "MATLAB:class:setMethodOutput",
                f"The set method for property '{self.name}' of value class '{self.definer.name}' must return the "
                "object.",
            )
        return self.setter.call(1, instance, value)

    def require_writable(self, instance: Instance) -> None:
        """Raise the ScriptError where the code that runs must not write this property."""
        if self.is_constant or self.set_access != PUBLIC and not allowed(self.set_access, self.definer):
            if self.get_access != PUBLIC and not allowed(self.get_access, self.definer):
                raise instance.no_property(self.name, setting=True)
            raise ScriptError(
                "MATLAB:class:SetProhibited",
                f"Unable to set the '{self.name}' property of class '{instance.definition.name}' because it is "
                "read-only.",
            )

    def checked(self, value: Any) -> Any:
        """The value converted and checked as the property declares."""
        if self.declaration is not None:
            value = as_declared(value, self.declaration)
        if self.checks is not None:
            try:
                self.checks(0, value)
            except ScriptError as fault:
                raise ScriptError(
                    fault.identifier,
                    f"Error setting property '{self.name}' of class '{self.definer.name}'. {fault.message}",
                    notes=fault.notes,
                    hint=fault.hint,
                ) from None
        return value


def _access_text(access: Any) -> str:
    return access if type(access) is str else "for the classes " + ", ".join(access) if access else "for nobody"


def declared_default(declaration: Declaration) -> Any:
    """The value that a property of a declared class and size begins with: zeros, no text, or an empty array."""
    import numpy as np

    from cnnscript.values.convert import to_class

    sizes = declaration.sizes or (None, None)
    shape = tuple(0 if size is None else size for size in sizes)
    if declaration.sizes is None:
        shape = (0, 0)
    name = declaration.class_name or "double"
    if name == "string":
        from cnnscript.values.text import String

        data = np.empty(shape, object, order="F")
        data.fill("")
        return String(data)
    if name == "char":
        return to_class(norm(np.zeros(shape, order="F")), "char") if 0 not in shape else ""
    if name == "cell":
        data = np.empty(shape, object, order="F")
        data.fill(EMPTY)
        return data
    if name == "struct":
        from cnnscript.values.structs import Struct, struct_array

        return Struct({}) if shape == (1, 1) else struct_array([], np.empty((0, 0), object))
    if name in DTYPE_OF_CLASS or name == "logical":
        return to_class(norm(np.zeros(shape, order="F")), name)
    if name in ("numeric", "float"):
        return norm(np.zeros(shape, order="F"))
    return _empty_of_ours(name)


def _empty_of_ours(name: str) -> Any:
    """An empty array of a class of MATLAB's that is not one of numbers; None for other classes."""
    import numpy as np

    if name == "datetime":
        from cnnscript.values.times import Datetime

        return Datetime(np.zeros((0, 0)))
    if name == "duration":
        from cnnscript.values.times import Duration

        return Duration(np.zeros((0, 0)))
    if name == "categorical":
        from cnnscript.values.categorical import Categorical

        return Categorical(np.zeros((0, 0), np.int64), [])
    if name == "table":
        from cnnscript.values.tables import Table

        return Table((), 0)
    return None


# ----------------------------------------------------------------------------------------------------------- methods
class Method:
    """One method of a class; `call(nargout, *args)` with the object among the arguments (a static one: without).

    node  its function (None for methods that are ours)
    """

    def __init__(
        self,
        name: str,
        definer: Any,
        call: Callable[..., Any],
        node: tree.Function | None = None,
        access: Any = PUBLIC,
        static: bool = False,
        abstract: bool = False,
        hidden: bool = False,
        sealed: bool = False,
    ):
        self.name = name
        self.definer = definer
        self.call = call
        self.node = node
        self.access = access
        self.static = static
        self.abstract = abstract
        self.hidden = hidden
        self.sealed = sealed
        self.python_name = f"_f_{definer.key(name)}" if node is not None else ""
        self.attributes: frozenset[str] = frozenset()  # those that are true, as the class has them
        self.plain = access == PUBLIC and not static  # called with the object, by anybody

    @property
    def comment(self) -> str:
        """What the class's text says of it."""
        return comment_of(self.definer.unit.source.text, self.node.start) if self.node is not None else ""

    def require_access(self) -> None:
        if self.access != PUBLIC and not allowed(self.access, self.definer):
            raise ScriptError(
                "MATLAB:class:MethodRestricted",
                f"Cannot access method '{self.name}' in class '{self.definer.name}'.",
                notes=(f"its access is {_access_text(self.access)}",),
            )
