"""containers.Map: values found by key."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.builtins.language.mapping import elements_of
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, flag_of, shaped
from cnnscript.errors import ScriptError
from cnnscript.values.convert import to_class
from cnnscript.values.numeric import EMPTY, INTEGER_CLASSES, class_of, is_cell, is_numeric, norm, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import String, is_char, text_or_none, texts_or_none

NUMERIC = ("double", "single", "int32", "uint32", "int64", "uint64")
KEY_TYPES = ("char", *NUMERIC)
VALUE_TYPES = ("any", "char", "logical", *NUMERIC, "int8", "uint8", "int16", "uint16")


class Map(Object):
    """Keys (all text, or all numbers) and the value of each; shared, not copied, as MATLAB's is."""

    class_name = "containers.Map"
    ancestors: ClassVar[tuple[str, ...]] = ("handle",)
    is_handle = True
    methods = frozenset(("keys", "values", "isKey", "remove", "length", "numel", "isobject", "size", "isempty"))

    def __init__(self, key_type: str = "char", value_type: str = "any"):
        self.key_type = key_type
        self.value_type = value_type
        self.items: dict[Any, Any] = {}

    def property_names(self) -> list[str]:
        return ["Count", "KeyType", "ValueType"]

    def get(self, name: str) -> Any:
        if name == "Count":
            return np.uint64(len(self.items))
        if name == "KeyType":
            return self.key_type
        if name == "ValueType":
            return self.value_type
        raise self.no_property(name)

    def size(self) -> tuple[int, ...]:
        return (len(self.items), 1)

    def sorted_keys(self) -> list:
        return sorted(self.items)

    # ------------------------------------------------------------------------------------------------------- keys
    def key(self, value: Any) -> Any:
        """A key as it is stored: text, or a float."""
        if self.key_type == "char":
            text = text_or_none(value)
            if text is None:
                raise self.wrong_key(value)
            return text
        number = to_class(value, "double") if is_numeric(value) or type(value) is bool else None
        if type(number) is not float:
            raise self.wrong_key(value)
        return number

    def wrong_key(self, value: Any) -> ScriptError:
        return ScriptError(
            "MATLAB:Containers:TypeMismatch",
            "Specified key type does not match the type expected for this container.",
            notes=(f"keys are {self.key_type}, got {described(value)}",),
        )

    def shown_key(self, key: Any) -> Any:
        return key if self.key_type in ("char", "double") else to_class(key, self.key_type)

    def find(self, value: Any) -> Any:
        key = self.key(value)
        if key not in self.items:
            from cnnscript.builtins.registry import nearest

            shown = f"'{key}'" if type(key) is str else f"{key:g}"
            raise ScriptError(
                "MATLAB:Containers:Map:NoKey",
                "The specified key is not present in this container.",
                notes=(f"the key is {shown}", f"there are {len(self.items)} keys"),
                hint=nearest(key, self.items) if type(key) is str else None,
            )
        return key

    def put(self, key: Any, value: Any) -> None:
        if (
            self.value_type == "char"
            and not is_char(value)
            or (self.value_type not in ("any", "char") and (numel_of(value) != 1 or is_cell(value) or is_char(value)))
        ):
            raise ScriptError(
                "MATLAB:Containers:Map:TypeMismatch",
                "Specified value type does not match the type expected for this container.",
                notes=(f"values are {self.value_type}, got {described(value)}",),
            )
        self.items[self.key(key)] = value if self.value_type in ("any", "char") else to_class(value, self.value_type)

    # ------------------------------------------------------------------------------------------------- as an array
    def index(self, args: tuple) -> Any:
        self.one(args)
        return self.items[self.find(args[0])]

    def assign(self, args: tuple, value: Any) -> Map:
        self.one(args)
        self.put(args[0], value)
        return self

    def delete_elements(self, args: tuple) -> Map:
        """m(key) = []: an empty value, for `remove` is what takes keys away."""
        return self.assign(args, EMPTY)

    def one(self, args: tuple) -> None:
        if len(args) != 1:
            raise ScriptError(
                "MATLAB:Containers:Map:OnlyOneKey",
                "Only one level of indexing is supported by a containers.Map: one key in parentheses.",
                notes=(f"got {len(args)} keys",),
            )

    def concatenate(self, parts: tuple, axis: int) -> Any:
        if axis or not all(type(part) is Map for part in parts):
            raise ScriptError(
                "MATLAB:Containers:Map:HorzcatNotSupported",
                "Horizontal concatenation is not supported by containers.Map.",
                hint="[map1; map2] joins maps",
            )
        joined = Map(parts[0].key_type, parts[0].value_type)
        for part in parts:
            joined.items.update(part.items)
        return joined

    def disp(self, form: Any) -> str:
        blank = "\n" if form.spacing == "loose" else ""
        return (
            f"  Map with properties:\n{blank}        Count: {len(self.items)}\n      KeyType: {self.key_type}\n"
            f"    ValueType: {self.value_type}\n{blank}"
        )


def key_list(value: Any) -> tuple[list, bool]:
    """The keys of a constructor's argument, and whether it was a single one."""
    if is_cell(value):
        return value.ravel("F").tolist(), False
    if is_char(value):
        return [value], True
    if type(value) is String:
        return texts_or_none(value) or [], numel_of(value) == 1
    items = elements_of(value)
    return items, len(items) == 1


def value_type(values: list) -> str:
    classes = {class_of(value) for value in values}
    if classes == {"char"}:
        return "char" if all(type(value) is str for value in values) else "any"
    if all(numel_of(value) == 1 for value in values) and len(classes) == 1:
        word = classes.pop()
        if word in ("double", "single", "logical") or word in INTEGER_CLASSES:
            return word
    return "any"


def key_type(keys: list) -> str:
    if all(text_or_none(key) is not None for key in keys):
        return "char"
    for key in keys:
        if (
            is_char(key)
            or class_of(key) not in (*NUMERIC, "int8", "uint8", "int16", "uint16", "logical")
            or numel_of(key) != 1
        ):
            raise ScriptError(
                "MATLAB:Containers:Map:InvalidKeyType",
                "All keys must be text, or all real numeric scalars.",
                notes=(f"one is {described(key)}",),
            )
    classes = {class_of(key) for key in keys}
    return classes.pop() if len(classes) == 1 and classes <= set(NUMERIC) else "double"


@builtin(name="containers.Map")
def containers_map(*args):
    """
    M = containers.Map
    M = containers.Map(keySet, valueSet)
    M = containers.Map(keySet, valueSet, 'UniformValues', false)
    M = containers.Map('KeyType', kType, 'ValueType', vType)

    A map from keys (text, or numbers) to values.

    M(key) reads, M(key) = value writes. A map is a handle: copies share what they hold.

    Examples
      >> M = containers.Map({'relu', 'conv'}, [3 5])
      M =
        Map with properties:
              Count: 2
            KeyType: char
          ValueType: double
      >> M('conv')
      ans =
           5
      >> M = containers.Map('KeyType', 'double', 'ValueType', 'any');
      >> M(3) = 'three';
      >> keys(M)
      ans =
        1×1 cell array
          {[3]}
      >> M = containers.Map({'a'}, {[1 2]}, 'UniformValues', false);
      >> M = containers.Map;

    See also keys, values, isKey, remove, struct.
    """
    words = [text_or_none(arg) for arg in args]
    if not args:
        return Map()
    if len(args) % 2 == 0 and all(word is not None and word.lower() in ("keytype", "valuetype") for word in words[::2]):
        made = Map()
        for word, kind in zip(words[::2], words[1::2], strict=True):
            allowed = KEY_TYPES if word.lower() == "keytype" else VALUE_TYPES
            if kind not in allowed:
                raise ScriptError(
                    "MATLAB:Containers:Map:InvalidType",
                    f"'{kind}' is not a valid {word}.",
                    notes=("known: " + ", ".join(allowed),),
                )
            if word.lower() == "keytype":
                made.key_type = kind
            else:
                made.value_type = kind
        return made
    uniform = True
    if len(args) == 2 and words[0] is not None and words[0].lower() == "uniformvalues":
        flag_of(args[1], "containers.Map", "UniformValues")
        return Map()
    if len(args) >= 4 and words[-2] is not None and words[-2].lower() == "uniformvalues":
        uniform = flag_of(args[-1], "containers.Map", "UniformValues")
        args = args[:-2]
    if len(args) > 2:
        raise ScriptError("MATLAB:Containers:Map:InvalidArguments", "Too many input arguments.")
    keys, single = key_list(args[0])
    if len(args) == 1:
        values: list = [np.zeros((0, 0))] * len(keys)
        uniform = False
    elif single and not (is_cell(args[1]) and args[1].size == 1 and is_cell(args[0])):
        values = [args[1]]
    else:
        values = args[1].ravel("F").tolist() if is_cell(args[1]) else key_list(args[1])[0]
        if is_char(args[1]) and len(keys) != 1:
            values = [args[1]]
    if len(keys) != len(values):
        raise ScriptError(
            "MATLAB:Containers:Map:KeyValueMismatch",
            "The number of keys and values must be the same.",
            notes=(f"{len(keys)} keys, {len(values)} values",),
        )
    made = Map(key_type(keys) if keys else "char", value_type(values) if uniform and values else "any")
    for key, value in zip(keys, values, strict=True):
        made.put(key, value)
    return made


def require_map(value: Any, function: str) -> Map:
    if type(value) is not Map:
        raise unfit_inputs(function, f"{function} is for a containers.Map, got {described(value)}")
    return value


@builtin
def keys(M, /):
    """
    keySet = keys(M)

    The keys of a containers.Map, sorted.

    Examples
      >> keySet = keys(containers.Map({'b', 'a'}, [1 2]))
      keySet =
        1×2 cell array
          {'a'}    {'b'}

    See also values, isKey, containers.Map.
    """
    found = [M.shown_key(key) for key in require_map(M, "keys").sorted_keys()]
    return shaped(found, (1, len(found)))


@builtin
def values(M, keySet=None, /):
    """
    valueSet = values(M)
    valueSet = values(M, keySet)

    The values of a containers.Map in the order of its sorted keys, or those of given keys.

    Examples
      >> M = containers.Map({'b', 'a'}, [1 2]);
      >> valueSet = values(M)
      valueSet =
        1×2 cell array
          {[2]}    {[1]}
      >> valueSet = values(M, {'b'})
      valueSet =
        1×1 cell array
          {[1]}

    See also keys, isKey, containers.Map.
    """
    require_map(M, "values")
    if keySet is None:
        found = [M.items[key] for key in M.sorted_keys()]
        return shaped(found, (1, len(found)))
    if not is_cell(keySet):
        raise ScriptError(
            "MATLAB:Containers:Map:CellKeysOnly",
            "Specified keys must be a cell array.",
            notes=(f"got {described(keySet)}",),
        )
    return shaped([M.items[M.find(key)] for key in keySet.ravel("F").tolist()], keySet.shape)


@builtin
def isKey(M, keySet, /):
    """
    tf = isKey(M, keySet)

    Whether a containers.Map has a key, or which of a cell of keys it has.

    Examples
      >> M = containers.Map({'a', 'b'}, [1 2]);
      >> disp(isKey(M, 'a'))
         1
      >> disp(isKey(M, {'a', 'z'}))
         1   0

    See also keys, values, containers.Map.
    """
    require_map(M, "isKey")

    def has(value: Any) -> bool:
        try:
            return M.key(value) in M.items
        except ScriptError:
            return False  # a key of the other type is in no map

    if is_cell(keySet):
        return norm(np.array([has(key) for key in keySet.ravel("F").tolist()], bool).reshape(keySet.shape, order="F"))
    if type(keySet) is String and numel_of(keySet) != 1:
        return norm(
            np.array([has(t) for t in keySet.data.ravel("F").tolist()], bool).reshape(keySet.data.shape, order="F")
        )
    return has(keySet)


@builtin
def remove(M, keySet, /):
    """
    newM = remove(M, keySet)

    Take a key, or a cell of keys, out of a containers.Map.

    Examples
      >> M = containers.Map({'a', 'b'}, [1 2]);
      >> newM = remove(M, 'a');
      >> disp(M.Count)
         1

    See also isKey, keys, containers.Map.
    """
    require_map(M, "remove")
    given = keySet.ravel("F").tolist() if is_cell(keySet) else [keySet]
    for key in [M.find(key) for key in given]:
        M.items.pop(key, None)
    return M
