"""Checking arguments: the mustBe validators of shapes, storage and missing values."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.language.validators import bound_text, every, refuse
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text, patterns
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import class_of, size_of


@builtin
def mustBeRow(value, /):
    """
    mustBeRow(value)

    An error unless a value is a row vector.

    Examples
      >> mustBeRow([1 2 3])
      >> try, mustBeRow([1; 2]), catch e, disp(e.message), end
      Value must be a row vector.

    See also mustBeColumn, mustBeVector, mustBeMatrix.
    """
    size = size_of(value)
    if len(size) != 2 or size[0] != 1:
        raise refuse("mustBeRow", "Value must be a row vector.", value)


@builtin
def mustBeColumn(value, /):
    """
    mustBeColumn(value)

    An error unless a value is a column vector.

    Examples
      >> mustBeColumn([1; 2])
      >> try, mustBeColumn([1 2]), catch e, disp(e.message), end
      Value must be a column vector.

    See also mustBeRow, mustBeVector, mustBeMatrix.
    """
    size = size_of(value)
    if len(size) != 2 or size[1] != 1:
        raise refuse("mustBeColumn", "Value must be a column vector.", value)


@builtin
def mustBeMatrix(value, /):
    """
    mustBeMatrix(value)

    An error for what has more than two dimensions.

    Examples
      >> mustBeMatrix(ones(2, 3))
      >> try, mustBeMatrix(ones(2, 2, 2)), catch e, disp(e.message), end
      Value must be a matrix.

    See also mustBeRow, mustBeColumn, mustBeVector.
    """
    if len(size_of(value)) != 2:
        raise refuse("mustBeMatrix", "Value must be a matrix.", value)


@builtin
def mustBeNonmissing(value, /):
    """
    mustBeNonmissing(value)

    An error for values with missing elements (NaN, <missing>, NaT, <undefined>, '' in a cell).

    Examples
      >> mustBeNonmissing([1 2])
      >> try, mustBeNonmissing([1 NaN]), catch e, disp(e.message), end
      Value must not have missing elements.

    See also ismissing, mustBeNonNan, mustBeNonempty.
    """
    from cnnscript.builtins.arrays.missing import missing_in

    if np.any(missing_in(value)):
        raise refuse("mustBeNonmissing", "Value must not have missing elements.", value)


@builtin
def mustBeSparse(value, /):
    """
    mustBeSparse(value)

    An error unless a value is a sparse matrix.

    Examples
      >> try, mustBeSparse([1 0]), catch e, disp(e.message), end
      Value must be sparse.

    See also mustBeNonsparse, issparse.
    """
    if not is_sparse(value):
        raise refuse("mustBeSparse", "Value must be sparse.", value)


def is_sparse(value: Any) -> bool:
    return bool(getattr(value, "is_sparse", False))


@builtin
def mustBeUnderlyingType(value, types, /):
    """
    mustBeUnderlyingType(value, typename)

    An error unless the elements of a value are of a class, or one of several.

    Examples
      >> mustBeUnderlyingType(1, "double")
      >> try, mustBeUnderlyingType(1, ["single" "int8"]), catch e, disp(e.message), end
      Value must have one of the following underlying types: 'single', 'int8'.

    See also mustBeA, mustBeFloat, class.
    """
    names = patterns(types, "mustBeUnderlyingType")
    inner = getattr(value, "underlying_class", None) or class_of(value)
    if inner not in names:
        listed = ", ".join(f"'{name}'" for name in names)
        sentence = f"Value must have one of the following underlying types: {listed}."
        if len(names) == 1:
            sentence = f"Value must have the underlying type {listed}."
        raise refuse("mustBeUnderlyingType", sentence, value)


INTERVALS = {"closed": (False, False), "open": (True, True), "openleft": (True, False), "openright": (False, True)}
INTERVALS["closedright"], INTERVALS["closedleft"] = INTERVALS["openleft"], INTERVALS["openright"]


@builtin
def mustBeBetween(value, low, high, kind="closed", /):
    """
    mustBeBetween(value, lower, upper)
    mustBeBetween(value, lower, upper, intervalType)

    An error unless every element lies in an interval: 'closed' (default), 'open', 'openleft' or 'openright'.

    Examples
      >> mustBeBetween([1 2], 1, 2)
      >> try, mustBeBetween(1, 1, 2, 'openleft'), catch e, disp(e.message), end
      Value must be greater than 1, and less than or equal to 2.

    See also mustBeInRange, mustBeGreaterThan, mustBeLessThan.
    """
    word = one_text(kind, "mustBeBetween", "Interval type").lower()
    if word not in INTERVALS:
        raise ScriptError(
            "MATLAB:validators:invalidIntervalType",
            "Interval type must be 'closed', 'open', 'openleft', 'openright', 'closedleft' or 'closedright'.",
            notes=(f"got '{word}'",),
        )
    open_low, open_high = INTERVALS[word]
    sentence = (
        f"Value must be greater than {'' if open_low else 'or equal to '}{bound_text(low)}, "
        f"and less than {'' if open_high else 'or equal to '}{bound_text(high)}."
    )
    every(
        value,
        "mustBeBetween",
        sentence,
        lambda a: (a > low if open_low else a >= low) & (a < high if open_high else a <= high),
    )
