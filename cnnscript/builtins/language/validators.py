"""Checking arguments: the mustBe validators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, one_text, patterns, real_number
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import (
    INTEGER_CLASSES,
    OBJECT,
    as_array,
    class_of,
    is_cell,
    is_empty,
    is_numeric,
    ndarray,
    numel_of,
    size_of,
)
from cnnscript.values.objects import Object
from cnnscript.values.sparse import Sparse
from cnnscript.values.text import is_char, is_text, strings_of, text_or_none


def numbers_of(value: Any) -> ndarray | None:
    """A numeric, logical or char value as an array; None for other classes."""
    if is_numeric(value) or type(value) is bool or is_char(value) or (type(value) is ndarray and value.dtype != OBJECT):
        return as_array(value)
    return None


def refuse(name: str, sentence: str, value: Any) -> ScriptError:
    return ScriptError(f"MATLAB:validators:{name}", sentence, notes=(f"got {described(value)}",))


def every(value: Any, name: str, sentence: str, test: Callable[[ndarray], Any]) -> None:
    """All elements of a real numeric or logical value pass a test."""
    array = numbers_of(value)
    if array is None or array.dtype.kind == "c" and name not in ("mustBeFinite", "mustBeNonNan", "mustBeNonzero"):
        raise refuse(name, "Value must be numeric or logical." if array is None else "Value must be real.", value)
    if not np.all(test(array)):
        raise refuse(name, sentence, value)


@builtin
def mustBePositive(value, /):
    """
    mustBePositive(value)

    An error unless every element is above 0.

    Examples
      >> mustBePositive([1 2])
      >> try, mustBePositive(0), catch e, disp(e.message), end
      Value must be positive.

    See also mustBeNonnegative, mustBeInteger, validateattributes.
    """
    every(value, "mustBePositive", "Value must be positive.", lambda a: a > 0)


@builtin
def mustBeNonpositive(value, /):
    """
    mustBeNonpositive(value)

    An error unless no element is above 0.

    Examples
      >> mustBeNonpositive([-1 0])

    See also mustBePositive, mustBeNegative.
    """
    every(value, "mustBeNonpositive", "Value must be nonpositive.", lambda a: a <= 0)


@builtin
def mustBeNegative(value, /):
    """
    mustBeNegative(value)

    An error unless every element is below 0.

    Examples
      >> mustBeNegative(-1)

    See also mustBePositive, mustBeNonpositive.
    """
    every(value, "mustBeNegative", "Value must be negative.", lambda a: a < 0)


@builtin
def mustBeNonnegative(value, /):
    """
    mustBeNonnegative(value)

    An error unless no element is below 0.

    Examples
      >> try, mustBeNonnegative(-1), catch e, disp(e.message), end
      Value must be nonnegative.

    See also mustBePositive.
    """
    every(value, "mustBeNonnegative", "Value must be nonnegative.", lambda a: a >= 0)


@builtin
def mustBeFinite(value, /):
    """
    mustBeFinite(value)

    An error unless no element is Inf or NaN.

    Examples
      >> try, mustBeFinite(Inf), catch e, disp(e.message), end
      Value must be finite.

    See also mustBeNonNan, mustBeReal.
    """
    every(value, "mustBeFinite", "Value must be finite.", np.isfinite)


@builtin
def mustBeNonNan(value, /):
    """
    mustBeNonNan(value)

    An error unless no element is NaN.

    Examples
      >> try, mustBeNonNan(NaN), catch e, disp(e.message), end
      Value must not be NaN.

    See also mustBeFinite.
    """
    every(value, "mustBeNonNan", "Value must not be NaN.", lambda a: ~np.isnan(a))


@builtin
def mustBeNonzero(value, /):
    """
    mustBeNonzero(value)

    An error unless no element is 0.

    Examples
      >> try, mustBeNonzero(0), catch e, disp(e.message), end
      Value must not be zero.

    See also mustBePositive.
    """
    every(value, "mustBeNonzero", "Value must not be zero.", lambda a: a != 0)


@builtin
def mustBeInteger(value, /):
    """
    mustBeInteger(value)

    An error unless every element is a whole number.

    Examples
      >> try, mustBeInteger(1.5), catch e, disp(e.message), end
      Value must be integer.

    See also mustBePositive, mustBeNumeric.
    """
    every(value, "mustBeInteger", "Value must be integer.", lambda a: np.isfinite(a) & (np.floor(a) == a))


@builtin
def mustBeReal(value, /):
    """
    mustBeReal(value)

    An error for complex numbers.

    Examples
      >> try, mustBeReal(1i), catch e, disp(e.message), end
      Value must be real.

    See also mustBeNumeric, mustBeFinite.
    """
    array = numbers_of(value)
    if array is None or array.dtype.kind == "c":
        raise refuse("mustBeReal", "Value must be real.", value)


@builtin
def mustBeNumeric(value, /):
    """
    mustBeNumeric(value)

    An error for what is not numeric (logicals and text are not).

    Examples
      >> try, mustBeNumeric('a'), catch e, disp(e.message), end
      Value must be numeric.

    See also mustBeNumericOrLogical, mustBeReal.
    """
    if not is_numeric(value):
        raise refuse("mustBeNumeric", "Value must be numeric.", value)


@builtin
def mustBeNumericOrLogical(value, /):
    """
    mustBeNumericOrLogical(value)

    An error for what is neither numeric nor logical.

    Examples
      >> mustBeNumericOrLogical(true)

    See also mustBeNumeric.
    """
    if not (is_numeric(value) or class_of(value) == "logical"):
        raise refuse("mustBeNumericOrLogical", "Value must be numeric or logical.", value)


@builtin
def mustBeFloat(value, /):
    """
    mustBeFloat(value)

    An error for what is neither single nor double.

    Examples
      >> try, mustBeFloat(int8(1)), catch e, disp(e.message), end
      Value must be one of the following types: 'single' or 'double'.

    See also mustBeNumeric.
    """
    if class_of(value) not in ("single", "double"):
        raise refuse("mustBeFloat", "Value must be one of the following types: 'single' or 'double'.", value)


def bound_text(value: Any) -> str:
    return f"{real_number(value, 'validators', 'A bound'):g}"


@builtin
def mustBeGreaterThan(value, bound, /):
    """
    mustBeGreaterThan(value, c)

    An error unless every element is above a number.

    Examples
      >> try, mustBeGreaterThan(1, 2), catch e, disp(e.message), end
      Value must be greater than 2.

    See also mustBeLessThan, mustBeInRange.
    """
    every(value, "mustBeGreaterThan", f"Value must be greater than {bound_text(bound)}.", lambda a: a > bound)


@builtin
def mustBeGreaterThanOrEqual(value, bound, /):
    """
    mustBeGreaterThanOrEqual(value, c)

    An error unless no element is below a number.

    Examples
      >> mustBeGreaterThanOrEqual(2, 2)

    See also mustBeGreaterThan.
    """
    sentence = f"Value must be greater than or equal to {bound_text(bound)}."
    every(value, "mustBeGreaterThanOrEqual", sentence, lambda a: a >= bound)


@builtin
def mustBeLessThan(value, bound, /):
    """
    mustBeLessThan(value, c)

    An error unless every element is below a number.

    Examples
      >> try, mustBeLessThan(3, 2), catch e, disp(e.message), end
      Value must be less than 2.

    See also mustBeGreaterThan, mustBeInRange.
    """
    every(value, "mustBeLessThan", f"Value must be less than {bound_text(bound)}.", lambda a: a < bound)


@builtin
def mustBeLessThanOrEqual(value, bound, /):
    """
    mustBeLessThanOrEqual(value, c)

    An error unless no element is above a number.

    Examples
      >> mustBeLessThanOrEqual(2, 2)

    See also mustBeLessThan.
    """
    sentence = f"Value must be less than or equal to {bound_text(bound)}."
    every(value, "mustBeLessThanOrEqual", sentence, lambda a: a <= bound)


@builtin
def mustBeInRange(value, low, high, /, *flags):
    """
    mustBeInRange(value, lower, upper)
    mustBeInRange(value, lower, upper, boundflag)

    An error unless every element lies between two numbers; 'exclusive' leaves the bounds out, 'exclude-lower' and
    'exclude-upper' one of them.

    Examples
      >> mustBeInRange(0.5, 0, 1)
      >> try, mustBeInRange(0, 0, 1, 'exclusive'), catch e, disp(e.message), end
      Value must be greater than 0, and less than 1.

    See also mustBeGreaterThan, mustBeLessThan.
    """
    words = {one_text(flag, "mustBeInRange", "Flag").lower() for flag in flags}
    open_low = bool(words & {"exclusive", "exclude-lower"})
    open_high = bool(words & {"exclusive", "exclude-upper"})
    sentence = (
        f"Value must be greater than {'' if open_low else 'or equal to '}{bound_text(low)}, "
        f"and less than {'' if open_high else 'or equal to '}{bound_text(high)}."
    )
    every(
        value,
        "mustBeInRange",
        sentence,
        lambda a: (a > low if open_low else a >= low) & (a < high if open_high else a <= high),
    )


@builtin
def mustBeNonempty(value, /):
    """
    mustBeNonempty(value)

    An error for what is empty.

    Examples
      >> try, mustBeNonempty([]), catch e, disp(e.message), end
      Value must not be empty.

    See also mustBeVector, mustBeNonzeroLengthText.
    """
    if is_empty(value):
        raise refuse("mustBeNonempty", "Value must not be empty.", value)


@builtin
def mustBeVector(value, kind="", /):
    """
    mustBeVector(value)

    An error unless a value is a row or column with an element.

    Examples
      >> try, mustBeVector(ones(2)), catch e, disp(e.message), end
      Value must be a vector.

    See also mustBeNonempty, mustBeScalarOrEmpty.
    """
    size = size_of(value)
    empty_allowed = one_text(kind, "mustBeVector", "Flag") == "allow-all-empties" and is_empty(value)
    if not empty_allowed and (len(size) != 2 or 1 not in size):
        raise refuse("mustBeVector", "Value must be a vector.", value)


@builtin
def mustBeScalarOrEmpty(value, /):
    """
    mustBeScalarOrEmpty(value)

    An error for what has more than one element.

    Examples
      >> try, mustBeScalarOrEmpty([1 2]), catch e, disp(e.message), end
      Value must be scalar or empty.

    See also mustBeVector, mustBeNonempty.
    """
    if numel_of(value) > 1:
        raise refuse("mustBeScalarOrEmpty", "Value must be scalar or empty.", value)


@builtin
def mustBeNonsparse(value, /):
    """
    mustBeNonsparse(value)

    An error for sparse matrices.

    Examples
      >> mustBeNonsparse([1 0])
      >> try, mustBeNonsparse(speye(2)), catch e, disp(e.message), end
      Value must be nonsparse.

    See also mustBeNumeric, mustBeSparse.
    """
    if type(value) is Sparse:
        raise ScriptError("MATLAB:validators:mustBeNonsparse", "Value must be nonsparse.")


@builtin
def mustBeMember(value, allowed, /):
    """
    mustBeMember(value, S)

    An error unless every element is one of those allowed.

    Examples
      >> mustBeMember('cpu', {'cpu', 'gpu'})
      >> try, mustBeMember(5, [1 2]), catch e, disp(e.message), end
      Value must be a member of this set:
           1
           2

    See also validatestring, ismember, mustBeInRange.
    """
    texts, known = strings_of(value), strings_of(allowed)
    as_text = is_text(value) or is_cell(value)
    if as_text and texts is not None and known is not None and (is_text(allowed) or is_cell(allowed)):
        have = known.ravel("F").tolist()
        good = all(text in have for text in texts.ravel("F").tolist())
        listed = [f"    '{text}'" for text in have]
    else:
        array, members = numbers_of(value), numbers_of(allowed)
        good = array is not None and members is not None and bool(np.isin(array, members).all())
        listed = [f"     {item:g}" for item in members.ravel("F").tolist()] if members is not None else []
    if not good:
        raise refuse("mustBeMember", "Value must be a member of this set:\n" + "\n".join(listed), value)


@builtin
def mustBeA(value, classes, /):
    """
    mustBeA(value, classNames)

    An error unless a value is of one of the classes.

    Examples
      >> mustBeA(1, ["single" "double"])
      >> try, mustBeA(1, 'char'), catch e, disp(e.message), end
      Value must be one of the following types: 'char'.

    See also mustBeNumeric, isa.
    """
    names = patterns(classes, "mustBeA")
    if not any(is_of_class(value, name) for name in names):
        listed = ", ".join(f"'{name}'" for name in names)
        raise refuse("mustBeA", f"Value must be one of the following types: {listed}.", value)


def is_of_class(value: Any, name: str) -> bool:
    own = class_of(value)
    if own == name:
        return True
    if name == "float":
        return own in ("single", "double")
    if name in ("integer", "numeric"):
        return own in INTEGER_CLASSES or name == "numeric" and own in ("single", "double")
    return isinstance(value, Object) and name in value.ancestors


@builtin
def mustBeText(value, /):
    """
    mustBeText(value)

    An error unless a value is a char row, a string array or a cell of char rows.

    Examples
      >> try, mustBeText(1), catch e, disp(e.message), end
      Value must be a character vector, string array, or cell array of character vectors.

    See also mustBeTextScalar, mustBeNonzeroLengthText.
    """
    fine = is_text(value) or is_cell(value) and all(text_or_none(item) is not None for item in value.ravel().tolist())
    if not fine:
        sentence = "Value must be a character vector, string array, or cell array of character vectors."
        raise refuse("mustBeText", sentence, value)


@builtin
def mustBeTextScalar(value, /):
    """
    mustBeTextScalar(value)

    An error unless a value is a char row or a string scalar.

    Examples
      >> try, mustBeTextScalar(["a" "b"]), catch e, disp(e.message), end
      Value must be a character vector or string scalar.

    See also mustBeText, mustBeNonzeroLengthText.
    """
    if text_or_none(value) is None:
        raise refuse("mustBeTextScalar", "Value must be a character vector or string scalar.", value)


@builtin
def mustBeNonzeroLengthText(value, /):
    """
    mustBeNonzeroLengthText(value)

    An error unless a value is text and none of it is empty.

    Examples
      >> try, mustBeNonzeroLengthText(""), catch e, disp(e.message), end
      Value must be text with one or more characters.

    See also mustBeText.
    """
    mustBeText(value)
    data = strings_of(value)
    if data is None or any(not text for text in data.ravel().tolist()):
        raise refuse("mustBeNonzeroLengthText", "Value must be text with one or more characters.", value)


@builtin
def mustBeFile(value, /):
    """
    mustBeFile(path)

    An error unless a text is the name of a file.

    Examples
      >> try, mustBeFile('no_such_file.txt'), ok = true; catch, ok = false; end
      >> disp(ok)
         0

    See also mustBeFolder, isfile.
    """
    import os

    for name in patterns(value, "mustBeFile"):
        if not os.path.isfile(os.path.expanduser(name)):
            raise refuse("mustBeFile", f"The following files do not exist: '{name}'.", value)


@builtin
def mustBeFolder(value, /):
    """
    mustBeFolder(path)

    An error unless a text is the name of a folder.

    Examples
      >> mustBeFolder(pwd)

    See also mustBeFile, isfolder.
    """
    import os

    for name in patterns(value, "mustBeFolder"):
        if not os.path.isdir(os.path.expanduser(name)):
            raise refuse("mustBeFolder", f"The following folders do not exist: '{name}'.", value)


@builtin
def mustBeValidVariableName(value, /):
    """
    mustBeValidVariableName(varname)

    An error unless a text could name a variable.

    Examples
      >> mustBeValidVariableName('conv1')

    See also isvarname.
    """
    from cnnscript.builtins.language.names import is_name

    for name in patterns(value, "mustBeValidVariableName"):
        if not is_name(name):
            raise refuse("mustBeValidVariableName", "Value must be valid variable names.", value)
