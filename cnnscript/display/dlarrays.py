"""Display of dlarrays: a heading with sizes, labels and class, then the numbers."""

from __future__ import annotations

from cnnscript.display.formats import Format
from cnnscript.display.matrices import disp_numbers
from cnnscript.values.dimension_labels import size_text
from cnnscript.values.dlarrays import DLArray
from cnnscript.values.numeric import numel_of


def show(name: str, value: DLArray, form: Format) -> str:
    return f"{form.blank}{name} = \n{disp(value, form)}"


def disp(value: DLArray, form: Format) -> str:
    kind = "" if value.underlying == "double" else f"{value.underlying} "
    heading = f"  {size_text(value.size(), value.labels)} {kind}dlarray\n{form.blank}"
    if not numel_of(value):
        return heading
    return heading + disp_numbers(value.value, form)
