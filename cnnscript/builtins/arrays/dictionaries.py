"""Dictionaries: made, asked and changed; what keys, values, isKey and remove do with one."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dictionary_values import ABSENT, Dictionary, class_name_of, hashed, scalars, together
from cnnscript.builtins.registry import builtin, overload
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import OBJECT, norm
from cnnscript.values.structs import struct_array
from cnnscript.values.tables import Table
from cnnscript.values.take import described, unfit_inputs
from cnnscript.values.text import MISSING, String


def require(value: Any, function: str) -> Dictionary:
    if type(value) is Dictionary:
        return value
    raise unfit_inputs(function, f"{function} is for a dictionary, got {described(value)}")


@builtin
def dictionary(*args):
    """
    d = dictionary(keys, values)
    d = dictionary(k1, v1, ..., kN, vN)
    d = dictionary

    A dictionary: keys of one class, each with a value of one class. d(key) reads, d(key) = value writes.

    A dictionary is a value: a copy does not change with the original. Values of different sizes or classes go in
    cells: d(key) = {value}, d{key} reads one.

    Examples
      >> d = dictionary(["relu" "conv"], [3 5])
      d =
        dictionary (string ⟼ double) with 2 entries:
          "relu" ⟼ 3
          "conv" ⟼ 5
      >> d("pool") = 7;
      >> disp(d(["pool" "relu"]))
           7     3
      >> d = dictionary("a", 1, "b", 2);
      >> d = dictionary
      d =
        dictionary with unset key and value types.

    See also configureDictionary, keys, values, entries, isKey, lookup, insert, containers.Map.
    """
    if not args:
        return Dictionary()
    if len(args) % 2:
        raise ScriptError(
            "MATLAB:dictionary:KeysWithoutValues",
            "Keys and values must be given in pairs.",
            notes=(f"dictionary got {len(args)} arguments",),
        )
    made = Dictionary()
    for key, value in zip(args[::2], args[1::2], strict=True):
        made = made.written(key, value)
    return made


@builtin
def configureDictionary(key_type, value_type, /):
    """
    d = configureDictionary(keyType, valueType)

    A dictionary without entries whose keys and values are of given classes.

    Examples
      >> d = configureDictionary("string", "cell")
      d =
        dictionary (string ⟼ cell) with no entries.
      >> d("a") = {[1 2 3]}
      d =
        dictionary (string ⟼ cell) with 1 entry:
          "a" ⟼ {[1 2 3]}

    See also dictionary, isConfigured, types.
    """
    kinds = [take.text(kind, what) for kind, what in ((key_type, "Key type"), (value_type, "Value type"))]
    for kind in kinds:
        if not kind.replace(".", "_").isidentifier():
            raise ScriptError(
                "MATLAB:dictionary:InvalidType", f"'{kind}' is not a class.", notes=("configureDictionary",)
            )
    return Dictionary(*("string" if kind == "char" else kind for kind in kinds))


@builtin
def isConfigured(d, /):
    """
    TF = isConfigured(d)

    Whether the classes of a dictionary's keys and values are settled.

    Examples
      >> disp([isConfigured(dictionary), isConfigured(dictionary(1, 2))])
         0   1

    See also configureDictionary, types, numEntries.
    """
    return bool(require(d, "isConfigured").key_type)


@builtin
def numEntries(d, /):
    """
    n = numEntries(d)

    How many entries a dictionary has.

    Examples
      >> disp(numEntries(dictionary(["a" "b"], [1 2])))
           2

    See also dictionary, entries, keys.
    """
    return float(len(require(d, "numEntries").store))


@builtin(outputs=2)
def types(nargout, d, /):
    """
    T = types(d)
    [keyType, valueType] = types(d)

    The classes of a dictionary's keys and values.

    Examples
      >> T = types(dictionary("a", 1))
      T =
        1×2 string array
          "string"    "double"
      >> [keyType, valueType] = types(dictionary(1, {2}));
      >> disp(valueType)
      cell

    See also isConfigured, configureDictionary.
    """
    words = [kind or MISSING for kind in (require(d, "types").key_type, d.value_type)]
    if nargout > 1:
        return tuple(String(np.array([[word]], OBJECT)) for word in words)
    return (String(np.array([words], OBJECT)),)


@builtin
def entries(d, form="table", /):
    """
    E = entries(d)
    E = entries(d, format)

    The keys and values of a dictionary: as a table (default), a 'struct' or a 'cell'.

    Examples
      >> E = entries(dictionary(["a" "b"], [1 2]))
      E =
        2×2 table
          Key    Value
          ___    _____
          "a"      1
          "b"      2
      >> E = entries(dictionary("a", 1), "cell")
      E =
        1×2 cell array
          {["a"]}    {[1]}

    See also keys, values, numEntries.
    """
    word = take.choice(form, ("table", "struct", "cell"), "Format")
    store = require(d, "entries").store
    if word == "table":
        return Table.of({"Key": d.all_keys(), "Value": d.all_values()})
    pairs = list(store.values())
    if word == "cell":
        cell = np.empty((len(pairs), 2), OBJECT)
        for row, (key, value) in enumerate(pairs):
            cell[row, 0], cell[row, 1] = key, value
        return cell
    data = np.empty((len(pairs), 1), OBJECT)
    for row, (key, value) in enumerate(pairs):
        data[row, 0] = {"Key": key, "Value": value}
    return struct_array(["Key", "Value"], data)


@builtin
def insert(d, key, value, /, *, Overwrite=True):
    """
    d = insert(d, key, value)
    d = insert(d, key, value, Overwrite=false)

    A dictionary with entries put in.

    Options
      Overwrite  whether keys that are there already get the new value (true)

    Examples
      >> d = dictionary("a", 1);
      >> d = insert(d, ["a" "b"], [5 6], Overwrite=false);
      >> disp(values(d)')
           1     6
      >> d = insert(d, "a", 9);
      >> disp(d("a"))
           9

    See also dictionary, remove, lookup.
    """
    return require(d, "insert").written(key, value, take.flag(Overwrite, "Overwrite"))


@builtin
def lookup(d, key, /, *, FallbackValue=ABSENT):
    """
    value = lookup(d, key)
    value = lookup(d, key, FallbackValue=v)

    The values of keys of a dictionary.

    Options
      FallbackValue  the value of keys that are not there

    Examples
      >> d = dictionary("a", 1);
      >> value = lookup(d, "a")
      value =
           1
      >> value = lookup(d, ["a" "z"], FallbackValue=0)
      value =
           1     0

    See also dictionary, isKey, insert.
    """
    keys, shape = require(d, "lookup").keys_in(key)
    if FallbackValue is ABSENT:
        return d.values_at(keys, shape)
    return d.values_at(keys, shape, scalars(FallbackValue, d.value_type, "value")[0][0])


@builtin
def keyHash(value, /):
    """
    h = keyHash(value)

    A whole number that is the same for equal values.

    Examples
      >> disp([keyHash("a") == keyHash("a"), keyHash("a") == keyHash("b")])
         1   0

    See also dictionary, isequal.
    """
    from hashlib import blake2b

    mark = blake2b(repr((class_name_of(value), hashed(value))).encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(mark, "little"))


# ------------------------------------------------------------------------------------- what other topics' functions do
@overload("dictionary")
def keys(d, form=None, /):
    """
    k = keys(d)
    k = keys(d, "cell")

    The keys of a dictionary, in the order they were put in.

    Examples
      >> k = keys(dictionary(["b" "a"], [1 2]))
      k =
        2×1 string array
          "b"
          "a"

    See also values, entries, dictionary.
    """
    require(d, "keys")
    if form is None:
        return d.all_keys()
    take.choice(form, ("cell",), "Format")
    return cell_of([key for key, _ in d.store.values()], (len(d.store), 1))


def cell_of(items: list, shape: tuple[int, ...]) -> Any:
    data = np.empty(len(items), OBJECT)
    for place, item in enumerate(items):
        data[place] = item
    return data.reshape(shape, order="F")


@overload("dictionary")
def values(d, key=None, form=None, /):
    """
    v = values(d)
    v = values(d, keys)
    v = values(..., "cell")

    The values of a dictionary, or those of given keys.

    Examples
      >> v = values(dictionary(["b" "a"], [1 2]))
      v =
           1
           2
      >> disp(values(dictionary(["b" "a"], [1 2]), "a"))
           2

    See also keys, lookup, dictionary.
    """
    require(d, "values")
    if form is None and key is not None and class_name_of(key) == "string" and means_a_form(d, key):
        key, form = None, key
    if form is not None:
        take.choice(form, ("cell",), "Format")
    if key is None:
        names, shape = [name for name, _ in d.store.values()], (len(d.store), 1)
    else:
        names, shape = d.keys_in(key)
    found = [d.find(name) for name in names]
    return together(found, shape, d.value_type) if form is None else cell_of(found, shape)


def means_a_form(d: Dictionary, key: Any) -> bool:
    """Is a text the wish for a cell, not a key?"""
    if d.key_type != "string":
        return True
    names, _ = d.keys_in(key)
    return len(names) == 1 and hashed(names[0]) == "cell" and "cell" not in d.store


@overload("dictionary")
def isKey(d, key, /):
    """
    TF = isKey(d, key)

    Which keys a dictionary has.

    Examples
      >> disp(isKey(dictionary("a", 1), ["a" "z"]))
         1   0

    See also keys, lookup, dictionary.
    """
    if not require(d, "isKey").key_type:
        return False
    try:
        names, shape = d.keys_in(key)
    except ScriptError as fault:
        if fault.identifier == "MATLAB:dictionary:UnableToConvertKey":
            return False  # a key of another class is in no dictionary
        raise
    return norm(np.array([hashed(name) in d.store for name in names], bool).reshape(shape, order="F"))


@overload("dictionary")
def remove(d, key, /):
    """
    d = remove(d, key)

    A dictionary without the entries of some keys.

    Examples
      >> d = remove(dictionary(["a" "b"], [1 2]), "a");
      >> disp(keys(d))
      b

    See also insert, isKey, dictionary.
    """
    return require(d, "remove").without(key)


