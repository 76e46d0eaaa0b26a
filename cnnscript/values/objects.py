"""What every object of the language answers: networks, layers, graphics, MException, containers.Map, ...

A subclass names its class and gives its properties; the rest has sensible answers for a scalar object.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from cnnscript.errors import ScriptError

# Python's classes of objects that go where arrays go: empty until there is such an object, so that those who must look
# for them among arguments lose no time before
SPARSE_KINDS: set[type] = set()
DLARRAY_KINDS: set[type] = set()
ARRAY_KINDS: set[type] = set()  # all of them


class Object:
    """Base of MATLAB objects.

    class_name   MATLAB's, such as 'nnet.cnn.layer.ReLULayer'
    ancestors    further names for which `isa` is true
    is_handle    handles share, values copy: `set` gives back self, or a changed copy
    holds_several  it is an array of objects, of whose properties `[h.name]` is a list
    joins_others it takes objects of a program's own classes into arrays of its own
    is_sparse    it is a sparse matrix (values/sparse.py), which goes where arrays go
    methods      names that `object.name(...)` calls as the function `name(object, ...)`
    """

    class_name: ClassVar[str] = "handle"
    ancestors: ClassVar[tuple[str, ...]] = ()
    is_handle: ClassVar[bool] = False
    holds_several: ClassVar[bool] = False
    joins_others: ClassVar[bool] = False
    is_sparse: ClassVar[bool] = False
    methods: ClassVar[frozenset[str]] = frozenset()

    def properties(self) -> Mapping[str, Any]:
        """Public properties and their values in the order MATLAB shows them.  A class whose values take time to make
        says `property_names` and `get` in its place."""
        return {}

    def property_names(self) -> list[str]:
        return list(self.properties())

    def get(self, name: str) -> Any:
        """The value of a property (exact name)."""
        found = self.properties()
        if name not in found:
            raise self.no_property(name)
        return found[name]

    def part(self, name: str) -> Any:
        """What `object.name(...) = value` changes a part of; None: nothing is there yet."""
        return self.get(name)

    def set(self, name: str, value: Any) -> Object:
        """The object with the property changed: self for a handle, a copy for a value."""
        if name in self.property_names():
            raise self.read_only(name)
        raise self.no_property(name, setting=True)

    def read_only(self, name: str) -> ScriptError:
        return ScriptError(
            "MATLAB:class:SetProhibited",
            f"Unable to set the '{name}' property of class '{self.class_name}' because it is read-only.",
        )

    def no_property(self, name: str, setting: bool = False) -> ScriptError:
        if setting:
            return ScriptError(
                "MATLAB:noPublicFieldForClass",
                f"Unrecognized property '{name}' for class '{self.class_name}'.",
                notes=self._near(name),
            )
        return ScriptError(
            "MATLAB:noSuchMethodOrField",
            f"Unrecognized method, property, or field '{name}' for class '{self.class_name}'.",
            notes=self._near(name),
        )

    def _near(self, name: str) -> tuple[str, ...]:
        import difflib

        near = difflib.get_close_matches(name, [*self.property_names(), *self.methods], 3, 0.5)
        return ("near names: " + ", ".join(near),) if near else ()

    # ---------------------------------------------------------------------------------------------- as an array
    def size(self) -> tuple[int, ...]:
        return (1, 1)

    def index(self, args: tuple) -> Any:
        """`object(args)`: by default the object itself for (1), (:), (end), (1,1)."""
        from cnnscript.values.numeric import OBJECT, as_array

        for arg in args:
            if getattr(arg, "dtype", None) == OBJECT:
                raise ScriptError("MATLAB:badsubscript", "Unable to use a value of type cell as an index.")
            if type(arg) in (float, bool) and arg != 1 or type(arg) not in (float, bool) and hasattr(arg, "dtype") and (
                (as_array(arg) != 1).any()
            ):
                raise ScriptError(
                    "MATLAB:badsubscript", "Index exceeds the number of array elements. Index must not exceed 1."
                )
        return self

    def element(self, args: tuple) -> Any:
        """The element that `object(args).name = value` writes into."""
        return self.index(args)

    def no_elements(self) -> Any:
        """What `x(k) = object` begins with where x is not there yet; the object itself for classes without arrays."""
        return self

    def assign(self, args: tuple, value: Any) -> Any:
        """`object(args) = value`."""
        raise ScriptError(
            "MATLAB:class:RequireClass",
            f"Assigning elements into an object of class '{self.class_name}' is not possible.",
        )

    def delete_elements(self, args: tuple) -> Any:
        """`object(args) = []`."""
        raise ScriptError(
            "MATLAB:class:RequireClass", f"Deleting elements of an object of class '{self.class_name}' is not possible."
        )

    def brace(self, args: tuple) -> tuple:
        """`object{args}`."""
        raise ScriptError(
            "MATLAB:cellRefFromNonCell",
            "Brace indexing is not supported for variables of this type.",
            notes=(f"this is a {self.class_name}",),
        )

    def assign_brace(self, args: tuple, value: Any) -> Any:
        """`object{args} = value`."""
        raise ScriptError(
            "MATLAB:cellAssToNonCell",
            "Unable to perform assignment because brace indexing is not supported for variables of this type.",
        )

    def end(self, position: int, count: int) -> int:
        """What `end` means as the index `position` (from 0) of `count`."""
        size = self.size()
        if count == 1:
            total = 1
            for length in size:
                total *= length
            return total
        if position < count - 1:
            return size[position] if position < len(size) else 1
        total = 1
        for length in size[position:]:
            total *= length
        return total

    def concatenate(self, parts: tuple, axis: int) -> Any:
        """`[a b]` (axis 1) or `[a; b]` (axis 0) where one of `parts` is this object; all parts in order."""
        raise ScriptError(
            "MATLAB:UndefinedFunction",
            f"Operator '{'horzcat' if axis else 'vertcat'}' is not supported for objects of class '{self.class_name}'.",
        )

    def own_method(self, name: str) -> Any:
        """The method, called as `call(nargout, object, *args)`, that no function of that name is there for; None."""
        return None

    def as_function(self) -> Any:
        """The function handle that stands for the object where a function is wanted; None where none does."""
        return None

    def subscript(self) -> Any:
        """The 1-based indices, as a value, that the object stands for in `x(object)`; None for an object that is no
        index."""
        return None

    def operator(self, name: str, args: tuple) -> Any:
        """An operator function (`plus`, `eq`, ...) with this object among `args`; NotImplemented when it has none."""
        if name in ("eq", "ne") and self.is_handle:
            return (args[0] is args[-1]) == (name == "eq")
        return NotImplemented

    def equals(self, other: Any) -> bool:
        """`isequal`."""
        return self is other

    def components(self) -> Any:
        """What `isequal` compares in place of an object of the same class, as a value; None: `equals` decides."""
        return None

    def parts(self) -> tuple:
        """The elements as an array that can be cut and moved about, and what makes an object of such an array; None
        twice for an object that is no array."""
        return None, None

    def blank_rows(self, count: int) -> Any:
        """An array of the object's class with `count` rows that hold nothing, for tables that grow."""
        raise ScriptError(
            "MATLAB:table:UnableToFill", f"There is no blank element of class '{self.class_name}' to fill a table with."
        )

    # ------------------------------------------------------------------------------------------------- as text
    def show(self, name: str, form: Any) -> str:
        """What a statement without `;` prints after evaluating to this object; None-like '' prints nothing."""
        loose = "" if form.spacing == "compact" else "\n"
        return f"{name} =\n{loose}{self.disp(form)}{loose}"

    def disp(self, form: Any) -> str:
        """What `disp(object)` prints, lines ended."""
        return f"  {self.class_name.rpartition('.')[2]} with no properties.\n"
