"""Conversions between classes: what `double(x)`, `int8(x)`, `char(x)` ... make, and what an assignment into an array of
another class does to the value assigned."""

from __future__ import annotations

import re

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.compare import logical_of
from cnnscript.values.numeric import (
    COMPLEX,
    COMPLEX_SINGLE,
    DOUBLE,
    DTYPE_OF_CLASS,
    INTEGER_CLASSES,
    OBJECT,
    SINGLE,
    class_of,
    is_cell,
    ndarray,
    norm,
    saturated,
    size_of,
)
from cnnscript.values.operands import number_of
from cnnscript.values.text import (
    MISSING,
    CharArray,
    String,
    chars,
    codes_of,
    codes_of_numbers,
    strings_of,
    texts_or_none,
)


def to_class(value, name: str):
    """`value` as class `name` ('double', 'single', 'int8' ..., 'logical', 'char', 'string', 'cell').

    Integers round half away from zero and are held at their limits, NaN becomes 0; text becomes its codes, a string
    the number it spells; a value already of the class is itself.  Raises MATLAB:invalidConversion.
    """
    kind = class_of(value)
    if kind == name:
        return value
    converted = getattr(value, "converted", None)
    if converted is not None and (result := converted(name)) is not None:
        return result
    if name in INTEGER_CLASSES:
        return _to_integer(value, name)
    converter = _CONVERTERS.get(name)
    if converter is None:
        raise no_conversion(name, kind)
    return converter(value)


def no_conversion(target: str, source: str) -> ScriptError:
    hint = None
    if source == "cell":
        hint = "c{k} is the content of a cell; cell2mat joins the contents of all"
    return ScriptError("MATLAB:invalidConversion", f"Conversion to {target} from {source} is not possible.", hint=hint)


def _number(value, target: str):
    """The number or array (logical and char as doubles) that a conversion to a numeric class starts from."""
    class_name, number = number_of(value)
    if class_name is not None:
        return number
    if type(value) is String:
        texts = value.data.ravel("F").tolist()
        numbers = [np.nan if text is MISSING else number_in_text(text) for text in texts]
        return norm(np.array(numbers).reshape(value.data.shape, order="F")) if numbers else np.zeros(value.data.shape)
    if type(value) is Categorical:
        codes = value.codes.astype(DOUBLE)
        codes[codes == 0] = np.nan
        return norm(codes)
    convert = getattr(value, "convert", None)
    if convert is not None:
        return convert(target)
    raise no_conversion(target, class_of(value))


def _to_double(value):
    number = _number(value, "double")
    if type(number) is ndarray:
        wide = COMPLEX if number.dtype.kind == "c" else DOUBLE
        return number if number.dtype == wide else norm(number.astype(wide))
    return complex(number) if isinstance(number, complex | np.complexfloating) else float(number)


def _to_single(value):
    number = _number(value, "single")
    if type(number) is ndarray:
        narrow = COMPLEX_SINGLE if number.dtype.kind == "c" else SINGLE
        return number if number.dtype == narrow else norm(number.astype(narrow))
    return np.complex64(number) if isinstance(number, complex | np.complexfloating) else np.float32(number)


def _to_integer(value, name: str):
    number = _number(value, name)
    if isinstance(number, complex | np.complexfloating) or type(number) is ndarray and number.dtype.kind == "c":
        raise ScriptError(
            "MATLAB:cnnscript:complexInteger", "Complex integers are not in cnnscript yet.", hint="use real(...)"
        )
    result = saturated(number, DTYPE_OF_CLASS[name])
    return norm(result) if result.ndim else result[()]


def _to_logical(value):
    booleans = logical_of(value)
    if booleans is None:
        raise no_conversion("logical", class_of(value))
    return norm(booleans)


def _to_char(value):
    if type(value) is float and 0.0 <= value < 65536.0:
        return chr(int(value))
    class_name, number = number_of(value)
    if class_name is not None:
        return chars(codes_of_numbers(np.atleast_2d(number)))
    if is_cell(value):
        return rows_as_char(_rows_in_cell(value))
    if type(value) is String:
        if any(text is MISSING for text in value.data.ravel().tolist()):
            raise ScriptError(
                "MATLAB:string:CannotConvertMissingElementToChar",
                "Cannot convert missing string to char.",
                hint="ismissing(s) tells where; fillmissing(s, 'constant', \"\") replaces them",
            )
        return rows_as_char(value.data.ravel("F").tolist())
    if type(value) is Categorical:
        return rows_as_char(value.texts())
    convert = getattr(value, "convert", None)
    if convert is not None:
        return convert("char")
    raise no_conversion("char", class_of(value))


def _rows_in_cell(cell: ndarray) -> list[str]:
    rows: list[str] = []
    for item in cell.ravel("F").tolist():
        if type(item) is ndarray and not item.size and item.dtype != OBJECT:
            rows.append("")
            continue
        texts = texts_or_none(item)
        if texts is None:
            if number_of(item)[0] is None:
                raise ScriptError(
                    "MATLAB:char:WrongInputCell", "Cell elements must be character arrays.", notes=(_cell_note(item),)
                )
            texts = texts_or_none(_to_char(item)) or [""]
        rows += texts
    return rows


def _cell_note(item) -> str:
    return f"one is a {class_of(item)}"


def rows_as_char(rows: list[str]):
    """Texts as the rows of a char matrix, padded with blanks."""
    if not rows:
        return ""
    width = max(map(len, rows))
    if len(rows) == 1:
        return rows[0] if width else ""
    if not width:
        return CharArray(np.zeros((len(rows), 0), np.uint32))
    return CharArray(np.asfortranarray(np.vstack([codes_of(row.ljust(width)) for row in rows])))


def _to_string(value) -> String:
    data = strings_of(value)
    if data is None:
        if is_cell(value):
            raise ScriptError(
                "MATLAB:string:MustBeConvertibleCellArray",
                "Conversion from cell failed. Element "
                + str(_unconvertible(value))
                + " must be convertible to a string "
                "scalar.",
            )
        raise no_conversion("string", class_of(value))
    return String(data)


def _unconvertible(cell: ndarray) -> int:
    for place, item in enumerate(cell.ravel("F").tolist(), 1):
        data = strings_of(item)
        if data is None or data.size != 1:
            return place
    return 1


def _to_cell(value) -> ndarray:
    if type(value) is String:
        cell = np.empty(value.data.shape, OBJECT, order="F")
        for place, text in np.ndenumerate(value.data):
            cell[place] = "" if text is MISSING else text
        return cell
    raise no_conversion("cell", class_of(value))


_CONVERTERS = {
    "double": _to_double,
    "single": _to_single,
    "logical": _to_logical,
    "char": _to_char,
    "string": _to_string,
    "cell": _to_cell,
}

# ---------------------------------------------------------------------------------------------- numbers in text
_UNSIGNED = r"(?:(?:\d[\d,]*\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?|inf(?:inity)?|nan)"
_REAL = re.compile(rf"\s*([+-]?\s*{_UNSIGNED})\s*", re.IGNORECASE)
_IMAGINARY = re.compile(
    rf"\s*([+-]?)\s*(?:((?i:{_UNSIGNED}))\s*\*?\s*[ij]|[ij](?:\s*\*\s*((?i:{_UNSIGNED})))?)\s*"
)


def number_in_text(text: str):
    """The number that a whole text spells ('3.5', '-1e3', '1,200', 'Inf', '1+2i'); NaN when it spells none.

    Commas between digits count for nothing, wherever they stand."""
    match = _REAL.fullmatch(text)
    if match:
        return _plain(match[1])
    match = _IMAGINARY.fullmatch(text)
    if match:
        return complex(0.0, _imaginary(match))
    for first, second in ((_REAL, _IMAGINARY), (_IMAGINARY, _REAL)):
        match = first.match(text)
        if match:
            rest = second.fullmatch(text, match.end())
            if rest and text[match.end() :].lstrip()[:1] in ("+", "-"):
                if first is _REAL:
                    return complex(_plain(match[1]), _imaginary(rest))
                return complex(_plain(rest[1]), _imaginary(match))
    return float("nan")


def _plain(digits: str) -> float:
    return float(re.sub(r"[\s,]", "", digits).lower().replace("d", "e"))


def _imaginary(match: re.Match) -> float:
    size = _plain(match[2] or match[3] or "1")
    return -size if match[1] == "-" else size


# ------------------------------------------------------------------------------------------------- assignment
def convert_for_assignment(target: str, value):
    """`value` as it goes into `x(...) = value` where x has the class `target`, which is kept.

    A double or single array takes complex numbers as they are.  Cells, structs and handles are never converted, nor is
    logical to char.  For a categorical x see `categorical_for_assignment`.
    """
    source = class_of(value)
    if target == source:
        return value
    if target not in _ASSIGNABLE or target == "char" and source in ("logical", "cell"):
        raise no_conversion(target, source)
    if target == "char" and source == "string" and value.data.size != 1:
        raise no_conversion(target, source)
    return to_class(value, target)


_ASSIGNABLE = frozenset((*DTYPE_OF_CLASS, "char", "string"))


def categorical_for_assignment(target: Categorical, value) -> Categorical:
    """Text, a categorical or <missing> as a Categorical whose codes and names fit `target` (names may be added)."""
    if type(value) is Categorical:
        texts, shape = value.texts(), value.codes.shape
    elif type(value) is String and any(text is MISSING for text in value.data.ravel().tolist()):
        texts = ["<undefined>" if text is MISSING else text for text in value.data.ravel("F").tolist()]
        shape = value.data.shape
    else:
        found = texts_or_none(value)
        if found is None:
            raise no_conversion("categorical", class_of(value))
        texts = found
        shape = (1, 1) if type(value) is str else (len(texts), 1) if type(value) is CharArray else size_of(value)
    names = list(target.names)
    for text in dict.fromkeys(texts):
        if text not in names and text not in ("", "<undefined>"):
            if target.protected:
                raise ScriptError(
                    "MATLAB:categorical:ProtectedForNewCategories",
                    f"Cannot add a new category '{text}' to this categorical array because its categories are "
                    "protected.",
                    notes=("categories: " + ", ".join(target.names[:12]),),
                    hint="addcats adds categories",
                )
            names.append(text)
    made = Categorical.from_texts(texts, shape, names)
    return Categorical(made.codes, names, target.ordinal, target.protected)
