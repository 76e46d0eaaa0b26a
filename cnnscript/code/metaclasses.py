"""`?Name`: what is known of a class, as the objects that MATLAB calls meta.class, meta.property, meta.method, ..."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from cnnscript.code.arguments import PLAIN_CLASSES
from cnnscript.code.class_bases import BASES, Base
from cnnscript.code.finding import fitting
from cnnscript.code.members import UNSET
from cnnscript.errors import ScriptError
from cnnscript.values.named_values import NamedValues
from cnnscript.values.numeric import EMPTY, OBJECT, norm, numel_of, size_text
from cnnscript.values.objects import Object
from cnnscript.values.selecting import select
from cnnscript.values.text import cell_of_texts


class Meta(NamedValues):
    """A description that is only read: properties by name.  `same` tells two of one thing."""

    is_handle: ClassVar[bool] = True
    ancestors: ClassVar[tuple[str, ...]] = ("meta.MetaData", "handle")
    methods: ClassVar[frozenset[str]] = frozenset(["findobj", "isvalid"])

    def __init__(self, class_name: str, values: dict[str, Any], same: Any):
        super().__init__(values)
        self.class_name = class_name  # type: ignore[misc]
        self.same = same

    def get(self, name: str) -> Any:
        value = super().get(name)
        return value() if callable(value) else value

    def equals(self, other: Any) -> bool:
        return isinstance(other, Meta) and other.class_name == self.class_name and other.same is self.same

    def items(self) -> np.ndarray:
        cell = np.empty((1, 1), OBJECT)
        cell[0, 0] = self
        return cell

    def index(self, args: tuple) -> Any:
        return meta_array(self.class_name, select(self.items(), args)) if args else self

    def concatenate(self, parts: tuple, axis: int) -> Any:
        return joined(parts, axis)

    def operator(self, name: str, args: tuple) -> Any:
        """== and ~= compare what is described; < asks whether one class derives from the other."""
        return operated(name, args)


class MetaArray(Object):
    """Descriptions, as MATLAB's lists are: a column, or what indexing makes of one."""

    is_handle: ClassVar[bool] = True
    ancestors: ClassVar[tuple[str, ...]] = Meta.ancestors
    methods: ClassVar[frozenset[str]] = Meta.methods
    concatenate = Meta.concatenate
    operator = Meta.operator

    def __init__(self, class_name: str, elements: np.ndarray):
        self.class_name = class_name  # type: ignore[misc]
        self.elements = elements

    def size(self) -> tuple[int, ...]:
        return self.elements.shape

    def items(self) -> np.ndarray:
        return self.elements

    def property_names(self) -> list[str]:
        return self.elements.flat[0].property_names() if self.elements.size else []

    def get(self, name: str) -> Any:
        return tuple(item.get(name) for item in self.elements.ravel("F").tolist())

    def index(self, args: tuple) -> Any:
        return meta_array(self.class_name, select(self.elements, args)) if args else self

    def equals(self, other: Any) -> bool:
        return self is other

    def disp(self, form: Any) -> str:
        title = f"  {size_text(self.size(), '×')} {self.class_name.rpartition('.')[2]} array"
        names = self.property_names()
        if not names:
            return f"{title} with no properties.\n{form.blank}"
        return f"{title} with properties:\n{form.blank}" + "".join(f"    {name}\n" for name in names) + form.blank


def meta_array(class_name: str, elements: np.ndarray) -> Any:
    return elements.reshape(-1)[0] if elements.size == 1 else MetaArray(class_name, elements)


def listed(class_name: str, items: list[Meta]) -> Any:
    column = np.empty((len(items), 1), OBJECT)
    for at, item in enumerate(items):
        column[at, 0] = item
    return meta_array(class_name, column)


def joined(parts: tuple, axis: int) -> Any:
    kept = [part for part in parts if numel_of(part)]
    if not all(isinstance(part, Meta | MetaArray) for part in kept):
        raise ScriptError("MATLAB:UnableToConvert", "Descriptions of classes are joined with their like only.")
    return meta_array(kept[0].class_name, np.concatenate([part.items() for part in kept], axis=axis))


def operated(name: str, args: tuple) -> Any:
    if name in ("transpose", "ctranspose") and len(args) == 1:
        return meta_array(args[0].class_name, args[0].items().T)
    if len(args) != 2 or not all(isinstance(arg, Meta | MetaArray) for arg in args):
        return NotImplemented
    test = _TESTS.get(name)
    if test is None:
        return NotImplemented
    first, second = args[0].items(), args[1].items()
    if first.size != 1 and second.size != 1 and first.shape != second.shape:
        raise ScriptError("MATLAB:sizeDimensionsMustMatch", "Arrays have incompatible sizes for this operation.")
    first, second = np.broadcast_arrays(first, second)
    result = np.zeros(first.shape, bool, order="F")
    for at in np.ndindex(first.shape):
        result[at] = test(first[at], second[at])
    return norm(result)


def _derives(first: Meta, second: Meta) -> bool:
    return hasattr(first.same, "ancestors") and second.same.name in first.same.ancestors


_TESTS: dict[str, Callable[[Meta, Meta], bool]] = {
    "eq": lambda a, b: a.equals(b),
    "ne": lambda a, b: not a.equals(b),
    "lt": _derives,
    "le": lambda a, b: a.equals(b) or _derives(a, b),
    "gt": lambda a, b: _derives(b, a),
    "ge": lambda a, b: a.equals(b) or _derives(b, a),
}


def found_among(value: Meta | MetaArray, args: tuple, same: Callable[[Any, Any], bool]) -> Any:
    """findobj(list, 'Name', value, ...)"""
    return listed(value.class_name, fitting(value.items().ravel("F").tolist(), args, same))


# ----------------------------------------------------------------------------------------------------------- classes
def metaclass_named(unit: Any, name: str) -> Meta | Any:
    """?Name; [] for a name that is no class."""
    found = unit.find_class(name) or BASES.get(name)
    if found is None and name in PLAIN_CLASSES:
        found = Base(name)
    return EMPTY if found is None else metaclass(found)


def metaclass(definition: Any) -> Meta:
    """The description of a class."""
    attributes = definition.attributes
    package = definition.name.rpartition(".")[0]
    return Meta(
        "meta.class",
        {
            "Name": definition.name,
            "Description": lambda: described(definition)[0],
            "DetailedDescription": lambda: described(definition)[1],
            "Hidden": attributes.get("Hidden") is True,
            "Sealed": attributes.get("Sealed") is True,
            "Abstract": bool(getattr(definition, "is_abstract", False)),
            "Enumeration": bool(getattr(definition, "members", {})),
            "ConstructOnLoad": attributes.get("ConstructOnLoad") is True,
            "HandleCompatible": bool(definition.handle_compatible),
            "InferiorClasses": lambda: _inferior(definition),
            "ContainingPackage": lambda: (
                Meta("meta.package", {"Name": package}, package) if package else MetaArray("meta.package", _none(0, 0))
            ),
            "RestrictsSubclassing": "AllowedSubclasses" in attributes,
            "PropertyList": lambda: listed(
                "meta.property", [property_description(p) for p in definition.properties.values()]
            ),
            "MethodList": lambda: listed("meta.method", [method_description(m) for m in _methods(definition)]),
            "EventList": lambda: listed(
                "meta.event", [_event(definition, name, given) for name, given in definition.events.items()]
            ),
            "EnumerationMemberList": lambda: listed(
                "meta.EnumeratedValue",
                [
                    Meta("meta.EnumeratedValue", {"Name": name, "Description": ""}, name)
                    for name in getattr(definition, "members", {})
                ],
            ),
            "SuperclassList": lambda: listed("meta.class", [metaclass(base) for base in _bases(definition)]),
        },
        definition,
    )


def described(definition: Any) -> tuple[str, str]:
    """The first line of a class's comment, and the others."""
    text = getattr(definition, "comment", "")
    first, _, rest = text.strip().partition("\n")
    return first.strip(), rest.strip()


def _none(rows: int, columns: int) -> np.ndarray:
    return np.empty((rows, columns), OBJECT)


def _methods(definition: Any) -> list[Any]:
    constructor = definition.constructor
    own = [method for method in definition.methods.values() if method.definer is definition]
    inherited = [method for method in definition.methods.values() if method.definer is not definition]
    return [*([constructor] if constructor is not None else []), *own, *inherited]


def _inferior(definition: Any) -> Any:
    names = getattr(definition, "inferior", ())
    cell = np.empty((len(names), 1), OBJECT)
    for at, name in enumerate(names):
        cell[at, 0] = metaclass_named(definition.unit, name)
    return cell


def _bases(definition: Any) -> list[Any]:
    if isinstance(definition, Base):
        return [BASES[name] for name in definition.ancestors[:1]]
    return definition.bases


def _access(access: Any) -> Any:
    if type(access) is str:
        return access
    return cell_of_texts(list(access)) if access else _none(0, 0)


def _event(definition: Any, name: str, given: dict[str, Any]) -> Meta:
    values = {
        "Name": name,
        "Description": "",
        "DetailedDescription": "",
        "Hidden": given.get("Hidden") is True,
        "NotifyAccess": _access(given.get("NotifyAccess", "public")),
        "ListenAccess": _access(given.get("ListenAccess", "public")),
        "DefiningClass": lambda: metaclass(definition),
    }
    return Meta("meta.event", values, (definition.name, name))


# ----------------------------------------------------------------------------------------------------------- members
def property_description(item: Any) -> Meta:
    """One property as a meta.property."""
    has_default = (
        item.node is not None and item.node.default is not None or item.node is None and item.default is not UNSET
    )
    values = {
        "Name": item.name,
        "Description": lambda: described(item)[0],
        "DetailedDescription": lambda: described(item)[1],
        "GetAccess": lambda: _access(item.get_access),
        "SetAccess": lambda: "none" if item.is_constant else _access(item.set_access),
        "Dependent": item.is_dependent,
        "Constant": item.is_constant,
        "Abstract": item.is_abstract,
        "Transient": item.is_transient,
        "Hidden": item.is_hidden,
        "GetObservable": "PreGet" in item.observable,
        "SetObservable": "PreSet" in item.observable,
        "AbortSet": item.abort_set,
        "NonCopyable": not item.copied,
        "GetMethod": lambda: _accessor(item.getter),
        "SetMethod": lambda: _accessor(item.setter),
        "HasDefault": has_default,
        "DefaultValue": lambda: _default(item),
        "DefiningClass": lambda: metaclass(item.definer),
    }
    if not has_default:
        del values["DefaultValue"]
    for name in sorted(item.attributes & {"Learnable", "State"}):
        values[name] = True
    return Meta("meta.property", values, item)


def _accessor(method: Any) -> Any:
    from cnnscript.values.functions import Function

    return EMPTY if method is None else Function(method.call, f"{method.definer.name}.{method.name}")


def _default(item: Any) -> Any:
    if item.is_constant:
        return item.constant_value()
    if item.is_dependent or item.is_abstract or item.node is not None and item.node.default is None:
        raise ScriptError(
            "MATLAB:class:noDefault",
            f"There is no DefaultValue for property '{item.name}' of class '{item.definer.name}'.",
        )
    return item.definer.default_of(item)


def method_description(item: Any) -> Meta:
    """One method as a meta.method."""
    node = item.node
    inputs = [parameter.name for parameter in node.parameters] if node is not None else ["obj", "varargin"]
    outputs = [parameter.name for parameter in node.outputs] if node is not None else ["varargout"]
    values = {
        "Name": item.name,
        "Description": lambda: described(item)[0],
        "DetailedDescription": lambda: described(item)[1],
        "Access": lambda: _access(item.access),
        "Static": item.static,
        "Abstract": item.abstract,
        "Sealed": item.sealed,
        "Hidden": item.hidden,
        "InputNames": lambda: _column(inputs),
        "OutputNames": lambda: _column(outputs),
        "DefiningClass": lambda: metaclass(item.definer),
    }
    return Meta("meta.method", values, item)


def _column(names: list[str]) -> Any:
    return cell_of_texts(names) if names else _none(0, 1)
