"""Dictionaries: keys of one class, each with a value of one class; in the order they were put in.

A Dictionary never changes for its holder: writing gives another one.  So that a loop that fills one does not copy it
each time, the newest of a line of dictionaries holds the entries, and an older one knows what to take back.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.display.containers import cell_column, field_text
from cnnscript.display.formats import Format
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.concatenate import vertcat
from cnnscript.values.convert import to_class
from cnnscript.values.indexing import index
from cnnscript.values.numeric import (
    DTYPE_OF_CLASS,
    OBJECT,
    class_of,
    is_cell,
    ndarray,
    norm,
    numel_of,
    size_of,
    size_text,
)
from cnnscript.values.objects import Object
from cnnscript.values.operators import eq
from cnnscript.values.structs import Struct
from cnnscript.values.text import CharArray, String, texts_or_none

ABSENT = object()


def hashed(value: Any) -> Any:
    """What tells one key from another, for a key of any class."""
    kind = type(value)
    if kind in (float, bool, str, complex, int) or isinstance(value, np.generic):
        return ("NaN",) if value != value else value
    if kind is String:
        return tuple(value.data.ravel("F").tolist()) if value.data.size != 1 else value.data.item()
    if kind is ndarray:
        items = value.ravel("F").tolist()
        return (value.shape, value.dtype.kind, *(map(hashed, items)))
    if kind is CharArray:
        return (value.codes.shape, *value.codes.ravel("F").tolist())
    if kind is Categorical:
        return (value.codes.shape, *value.texts())
    if kind is Struct:
        return tuple((name, hashed(item)) for name, item in sorted(value.fields.items()))
    data = getattr(value, "data", None)
    if type(data) is ndarray and data.dtype != OBJECT:
        return (value.class_name, data.shape, *data.ravel("F").tolist())
    parts = value.components() if isinstance(value, Object) else None
    return id(value) if parts is None else (class_of(value), hashed(parts))


def class_name_of(value: Any) -> str:
    """The class of keys or values: text is string."""
    name = class_of(value)
    return "string" if name == "char" else name


class Dictionary(Object):
    """A dictionary; `key_type` and `value_type` are '' as long as it is not configured."""

    class_name: ClassVar[str] = "dictionary"
    methods = frozenset(
        ("keys", "values", "entries", "isKey", "isConfigured", "numEntries", "types", "insert", "lookup", "remove")
    )

    def __init__(self, key_type: str = "", value_type: str = "", store: dict | None = None):
        self.key_type = key_type
        self.value_type = value_type
        self._store: dict[Any, tuple[Any, Any]] | None = {} if store is None else store
        self._newer: Dictionary | None = None
        self._undo: tuple[Any, Any] | None = None

    @property
    def store(self) -> dict[Any, tuple[Any, Any]]:
        """The entries: what tells the key, then the key and its value."""
        if self._store is None:
            line: list[Dictionary] = [self]
            while line[-1]._store is None:
                line.append(line[-1]._newer)  # type: ignore[arg-type]
            data = dict(line[-1]._store)
            for older in reversed(line[:-1]):
                key, old = older._undo  # type: ignore[misc]
                if old is ABSENT:
                    del data[key]
                else:
                    data[key] = old
            self._store, self._newer, self._undo = data, None, None
        return self._store

    def put(self, key: Any, value: Any) -> Dictionary:
        """The dictionary with one entry (both of the right class) written."""
        store = self.store
        made = Dictionary(self.key_type, self.value_type, store)
        name = hashed(key)
        old = store.get(name, ABSENT)
        self._store, self._newer, self._undo = None, made, (name, old)
        store[name] = (key, value) if old is ABSENT else (old[0], value)
        return made

    # ------------------------------------------------------------------------------------------------ keys and values
    def keys_in(self, value: Any) -> tuple[list, tuple[int, ...]]:
        """The keys that a subscript names, each of the class of the keys, and their shape."""
        if not self.key_type:
            raise ScriptError(
                "MATLAB:dictionary:UnconfiguredLookupNotSupported",
                "Unable to perform a dictionary lookup when the key type and value type are not set.",
                hint='configureDictionary("string", "double") sets them, and so does the first entry',
            )
        return scalars(value, self.key_type, "key")

    def find(self, key: Any) -> Any:
        entry = self.store.get(hashed(key))
        if entry is None:
            raise ScriptError(
                "MATLAB:dictionary:ScalarKeyNotFound",
                "Key not found.",
                notes=(f"the key is {in_words(key, Format())}", f"there are {len(self.store)} entries"),
                hint=near(key, self.store),
            )
        return entry[1]

    def values_at(self, keys: list, shape: tuple[int, ...], fallback: Any = ABSENT) -> Any:
        """The values of keys, in the shape of the keys."""
        if fallback is ABSENT:
            found = [self.find(key) for key in keys]
        else:
            store = self.store
            found = [store.get(hashed(key), (None, fallback))[1] for key in keys]
        return together(found, shape, self.value_type)

    def written(self, keys: Any, values: Any, overwrite: bool = True) -> Dictionary:
        """The dictionary with entries written; the first ones settle the classes."""
        made = self
        if not made.key_type:
            made = Dictionary(class_name_of(keys), class_name_of(values))
        names, shape = made.keys_in(keys)
        items, _ = scalars(values, made.value_type, "value")
        if len(items) == 1 != len(names):
            items = items * len(names)
        if len(items) != len(names):
            raise ScriptError(
                "MATLAB:dictionary:SizeMismatch",
                "The number of keys and values must be the same, or there must be a single value.",
                notes=(f"{len(names)} keys, {len(items)} values",),
                hint="values of other sizes go in a cell: d(key) = {[1 2 3]}",
            )
        for key, value in zip(names, items, strict=True):
            if overwrite or hashed(key) not in made.store:
                made = made.put(key, value)
        return made

    def without(self, keys: Any) -> Dictionary:
        names, _ = self.keys_in(keys)
        store = dict(self.store)
        for key in names:
            self.find(key)
            store.pop(hashed(key), None)
        return Dictionary(self.key_type, self.value_type, store)

    def all_keys(self) -> Any:
        return together([key for key, _ in self.store.values()], (len(self.store), 1), self.key_type)

    def all_values(self) -> Any:
        return together([value for _, value in self.store.values()], (len(self.store), 1), self.value_type)

    # ---------------------------------------------------------------------------------------------------- as an array
    def one(self, args: tuple) -> Any:
        if len(args) != 1:
            raise ScriptError(
                "MATLAB:dictionary:OnlyOneSubscript",
                "A dictionary takes one subscript: its keys.",
                notes=(f"got {len(args)}",),
            )
        return args[0]

    def index(self, args: tuple) -> Any:
        return self.values_at(*self.keys_in(self.one(args)))

    def assign(self, args: tuple, value: Any) -> Dictionary:
        return self.written(self.one(args), value)

    def delete_elements(self, args: tuple) -> Dictionary:
        return self.without(self.one(args))

    def brace(self, args: tuple) -> tuple:
        if self.value_type != "cell":
            raise ScriptError(
                "MATLAB:dictionary:CurlyBraceNotSupported",
                "Brace indexing is only supported for dictionaries whose values are cells.",
                notes=(f"the values are {self.value_type or 'not set'}",),
            )
        keys, _ = self.keys_in(self.one(args))
        return tuple(self.find(key).item() for key in keys)

    def assign_brace(self, args: tuple, value: Any) -> Dictionary:
        cell = np.empty((1, 1), OBJECT)
        cell[0, 0] = value
        if self.value_type not in ("", "cell"):
            raise ScriptError(
                "MATLAB:dictionary:CurlyBraceNotSupported",
                "Brace indexing is only supported for dictionaries whose values are cells.",
                notes=(f"the values are {self.value_type}",),
            )
        return self.written(self.one(args), cell)

    def concatenate(self, parts: tuple, axis: int) -> Any:
        raise ScriptError(
            "MATLAB:dictionary:ConcatenationNotSupported",
            "Concatenation of dictionaries is not supported.",
            hint="insert(d1, keys(d2), values(d2)) joins them",
        )

    def equals(self, other: Any) -> bool:
        if type(other) is not Dictionary or self.store.keys() != other.store.keys():
            return False
        pairs = [(value, other.store[name][1]) for name, (_, value) in self.store.items()]
        if self.value_type in (*DTYPE_OF_CLASS, "string") and other.value_type in (*DTYPE_OF_CLASS, "string"):
            return all(bool(eq(one, two)) for one, two in pairs)
        return all(hashed(one) == hashed(two) for one, two in pairs)

    # -------------------------------------------------------------------------------------------------------- as text
    def show(self, name: str, form: Any) -> str:
        gap = form.blank
        return f"{name} =\n{gap}{self.disp(form)}"

    def disp(self, form: Any) -> str:
        gap = form.blank
        if not self.key_type:
            return f"  dictionary with unset key and value types.\n{gap}"
        count = len(self.store)
        entries = "no entries." if not count else f"{count} {'entry' if count == 1 else 'entries'}:"
        head = f"  dictionary ({self.key_type} ⟼ {self.value_type}) with {entries}\n{gap}"
        if not count:
            return head
        names = [in_words(key, form) for key, _ in self.store.values()]
        width = max(map(len, names))
        rows = zip(names, self.store.values(), strict=True)
        return head + "".join(f"    {name:<{width}} ⟼ {in_words(value, form)}\n" for name, (_, value) in rows) + gap


def scalars(value: Any, kind: str, what: str) -> tuple[list, tuple[int, ...]]:
    """The elements of keys or values, converted to their class, and their shape."""
    given = class_of(value)
    if given == "char":
        texts = texts_or_none(value) or [""]
        value = String(np.array(texts, OBJECT).reshape(-1, 1))
        given = "string"
    if given != kind:
        value = converted(value, kind, what)
    shape = size_of(value)
    if type(value) is ndarray and value.dtype != OBJECT:
        flat = value.ravel("F")
        return flat.tolist() if value.dtype in (bool, float) else list(flat), shape
    if numel_of(value) == 1:
        return [value], shape
    if type(value) is String:
        return [String(np.array([[text]], OBJECT)) for text in value.data.ravel("F").tolist()], shape
    return [index(value, (float(place),)) for place in range(1, numel_of(value) + 1)], shape


def converted(value: Any, kind: str, what: str) -> Any:
    try:
        if kind in DTYPE_OF_CLASS or kind == "string" and not is_cell(value):
            return to_class(value, kind)
        problem: tuple[ScriptError, ...] = ()
    except ScriptError as fault:
        problem = (fault,)
    raise ScriptError(
        f"MATLAB:dictionary:UnableToConvert{what.capitalize()}",
        f"Unable to use '{class_of(value)}' as {what} for dictionary with '{kind}' {what} type.",
        notes=(f"got a {size_text(size_of(value))} {class_of(value)}",),
        hint="{...} puts any value into a cell" if kind == "cell" else None,
        causes=list(problem),
    )


def together(items: list, shape: tuple[int, ...], kind: str) -> Any:
    """Elements of one class as one array."""
    if len(items) == 1 and shape == (1, 1):
        return items[0]
    if kind in DTYPE_OF_CLASS and items:
        return norm(np.array(items).reshape(shape, order="F"))
    if kind == "string":
        data = np.empty(len(items), OBJECT)
        data[:] = [item.data.item() for item in items]
        return String(data.reshape(shape, order="F"))
    if kind == "cell":
        data = np.empty(len(items), OBJECT)
        for place, item in enumerate(items):
            data[place] = item.item()
        return data.reshape(shape, order="F")
    if not items:
        return to_class(norm(np.zeros(shape)), kind) if kind in DTYPE_OF_CLASS else np.zeros(shape)
    column = vertcat(*items)
    if shape == size_of(column):
        return column
    places = np.arange(1.0, len(items) + 1).reshape(shape, order="F")
    return index(column, (norm(places),))


def in_words(value: Any, form: Format) -> str:
    """A key or value in a line of the display."""
    if is_cell(value):
        return cell_column([value.item()], form)[0].strip()
    text = field_text(value, form)
    return text[1:-1] if text.startswith("[") and text.endswith("]") else text


def near(key: Any, store: dict) -> str | None:
    import difflib

    word = hashed(key)
    if type(word) is not str:
        return None
    found = difflib.get_close_matches(word, [name for name in store if type(name) is str], 1, 0.6)
    return f'did you mean "{found[0]}"?' if found else None
