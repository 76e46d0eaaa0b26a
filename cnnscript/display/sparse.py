"""Sparse matrices as text: one line for each element that is not zero, column by column."""

from __future__ import annotations

import numpy as np

from cnnscript.display import formats
from cnnscript.display.formats import Format
from cnnscript.values.numeric import COMPLEX, LOGICAL, size_text
from cnnscript.values.sparse import Sparse

BEFORE, BEHIND = 5, 6  # letters of an index before and from its comma, where rows and columns are not too many


def show(name: str, value: Sparse, form: Format) -> str:
    """`S = ...`"""
    blank = form.blank
    if not value.count():
        return f"{blank}{name} =\n{blank}{_nothing(value)}{blank}"
    head = f"  {size_text(value.size(), '×')} sparse logical array\n{blank}" if value.dtype == LOGICAL else ""
    return f"{blank}{name} =\n{blank}{head}{body(value, form)}{blank}"


def disp(value: Sparse, form: Format) -> str:
    """What disp prints."""
    return (body(value, form) if value.count() else _nothing(value)) + ("" if value.count() == 0 else form.blank)


def _nothing(value: Sparse) -> str:
    return f"   All zero sparse: {size_text(value.size(), '×')}\n"


def body(value: Sparse, form: Format) -> str:
    """The lines of the elements, under a common factor where there is one."""
    rows, columns, data = value.places()
    before = max(BEFORE, len(str(int(rows.max()) + 1)) + 1)
    behind = max(BEHIND, len(str(int(columns.max()) + 1)) + 2)
    factor, words = _numbers(data, form)
    lines = [
        f"{f'({row + 1}':>{before}}{f',{column + 1})':<{behind}}{word}\n"
        for row, column, word in zip(rows.tolist(), columns.tolist(), words, strict=True)
    ]
    return factor + "".join(lines)


def _numbers(data: np.ndarray, form: Format) -> tuple[str, list[str]]:
    """The line of the common factor ('' without) and the padded numbers."""
    if data.dtype == LOGICAL:
        return "", [f"   {int(flag)}" for flag in data]
    if data.dtype == COMPLEX:
        style = formats.complex_style(data, form)
        numbers = data
        if style.exponent:
            numbers = formats.scaled(data.real, style.exponent) + 1j * formats.scaled(data.imag, style.exponent)
        return formats.factor_line(style.exponent, form), [style.join(number) for number in numbers.tolist()]
    real = formats.real_style(data, form)
    scaled = formats.scaled(data, real.exponent)
    words = [real.write(number).rjust(real.width) for number in scaled.tolist()]
    return formats.factor_line(real.exponent, form), words
