"""What is in a table: summary."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.missing import missing_in
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.tables.tables import require_table
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, class_of, is_cell, is_numeric, ndarray, norm, size_of, size_text
from cnnscript.values.rows import height, only_texts, width
from cnnscript.values.structs import Struct
from cnnscript.values.tables import Table
from cnnscript.values.text import cell_of_texts
from cnnscript.values.times import TimeArray


@builtin
def summary(session, nargout, x, /):
    """
    summary(T)
    s = summary(T)
    summary(C)

    Print what is in the variables of a table: class, size, smallest, middle and largest number, counts of categories;
    or give it as a struct.

    Examples
      >> summary(table([3; 1; 2], 'VariableNames', {'x'}))
      Variables:
          x: 3×1 double
              Values:
                  Min       1
                  Median    2
                  Max       3
      >> s = summary(table([3; 1; 2], 'VariableNames', {'x'}));
      >> disp(s.x.Max)
           3
      >> summary(categorical({'cat'; 'dog'; 'cat'}))
           cat      2
           dog      1

    See also groupsummary, table, head, countcats.
    """
    if type(x) is Categorical:
        return summary_of_categories(session, x)
    source = require_table(x, "summary")
    if nargout:
        return summary_struct(source)
    blank = "\n" if session.format.spacing == "loose" else ""
    lines = [source.about.description + "\n\n"] if source.about.description else []
    lines.append(f"Variables:\n{blank}")
    for variable in source.variables:
        kind = class_of(variable.data)
        kind = "cell array of character vectors" if is_cell(variable.data) and only_texts(variable.data) else kind
        lines.append(f"    {variable.name}: {size_text(size_of(variable.data), '×')} {kind}\n{blank}")
        if variable.unit or variable.description:
            lines.append("        Properties:\n")
            lines += [f"            Units:  {variable.unit}\n"] if variable.unit else []
            lines += [f"            Description:  {variable.description}\n"] if variable.description else []
        facts = facts_of(variable.data)
        if facts:
            lines.append(f"        Values:\n{blank}")
            named = max(len(name) for name, _ in facts)
            words = [[number_word(item) for item in row] for _, row in facts]
            wide = max(len(word) for row in words for word in row)
            for (name, _), row in zip(facts, words, strict=True):
                cells = "".join("    " + (word.ljust(wide) if len(row) == 1 else word.rjust(wide)) for word in row)
                lines.append(f"            {name:<{named}}{cells}\n")
            lines.append(blank)
    session.out.write(blank + "".join(lines))
    return None


def number_word(number: float | str) -> str:
    if type(number) is str:
        return number
    return "NaN" if number != number else f"{number:.5g}"


def facts_of(data: Any) -> list[tuple[str, list]]:
    """What summary says of a variable: names and numbers for its columns."""
    if type(data) is Categorical:
        counts = [float(np.count_nonzero(data.codes == code)) for code in range(1, len(data.names) + 1)]
        facts = [(name, [count]) for name, count in zip(data.names, counts, strict=True)]
        lost = float(np.count_nonzero(data.codes == 0))
        return [*facts, ("<undefined>", [lost])] if lost else facts
    if class_of(data) == "logical":
        flags = as_array(data).reshape(height(data), width(data))
        true, false = flags.sum(axis=0, dtype=float), (~flags).sum(axis=0, dtype=float)
        return [("True", true.tolist()), ("False", false.tolist())]
    if isinstance(data, TimeArray) and data.data.size:
        texts = data.like(np.vstack(moments_of(data.data))).grid()
        lost = np.isnan(data.data).sum(axis=0).astype(float).tolist()
        facts = [(name, [column[at] for column in texts]) for at, name in enumerate(("Min", "Median", "Max"))]
        return [*facts, ("NumMissing", lost)] if any(lost) else facts
    if is_numeric(data) and height(data) and as_array(data).dtype.kind != "c":
        columns = as_array(data).reshape(height(data), width(data), order="F").astype(float).T
        kept = [column[~np.isnan(column)] for column in columns]
        facts = [
            ("Min", [float(one.min()) if one.size else np.nan for one in kept]),
            ("Median", [float(np.median(one)) if one.size else np.nan for one in kept]),
            ("Max", [float(one.max()) if one.size else np.nan for one in kept]),
        ]
        lost = [float(len(column) - len(one)) for column, one in zip(columns, kept, strict=True)]
        return [*facts, ("NumMissing", lost)] if any(lost) else facts
    lost = missing_in(data).reshape(height(data), width(data)).sum(axis=0, dtype=float) if width(data) else np.zeros(0)
    return [("NumMissing", lost.tolist())] if lost.any() else []


def moments_of(data: ndarray) -> list[ndarray]:
    """The first, the middle and the last of each column of times, those that are none left out."""
    kept = [column[~np.isnan(column)] for column in data.reshape(data.shape[0], -1, order="F").T]
    return [
        np.array([function(one) if one.size else np.nan for one in kept]) for function in (np.min, np.median, np.max)
    ]


def summary_struct(source: Table) -> Any:
    fields = {}
    for variable in source.variables:
        parts: dict[str, Any] = {
            "Size": norm(np.array([size_of(variable.data)], float)),
            "Type": class_of(variable.data),
            "Description": variable.description,
            "Units": variable.unit,
        }
        facts = facts_of(variable.data)
        if type(variable.data) is Categorical:
            parts["Categories"] = cell_of_texts([name for name, _ in facts])
            parts["Counts"] = norm(np.array([counts for _, counts in facts], float).reshape(-1, 1))
        else:
            if isinstance(variable.data, TimeArray) and facts:
                rows = moments_of(variable.data.data)
                for name, row in zip(("Min", "Median", "Max"), rows, strict=True):
                    parts[name] = variable.data.like(row.reshape(1, -1))
                facts = facts[3:]
            for name, numbers in facts:
                parts[name] = norm(np.array([numbers], float))
            if "NumMissing" not in parts:
                parts["NumMissing"] = norm(np.zeros((1, max(width(variable.data), 1))))
        fields[variable.name] = Struct(parts)
    return Struct(fields)


def summary_of_categories(session: Any, value: Categorical) -> None:
    """The counts of the categories: names before them, for a row above them."""
    if value.codes.ndim > 2:
        raise ScriptError("cnnscript:NotYet", "summary prints categories of two dimensions only.", hint="countcats(C)")
    facts = [(name, value.codes == code) for code, name in enumerate(value.names, 1)]
    if (value.codes == 0).any():
        facts.append(("<undefined>", value.codes == 0))
    if value.codes.shape[0] == 1 != value.codes.shape[1]:
        columns = [(name, str(np.count_nonzero(found))) for name, found in facts]
        widths = [max(map(len, column)) for column in columns]
        rows = [[column[at].ljust(width) for column, width in zip(columns, widths, strict=True)] for at in (0, 1)]
    else:
        names = max((len(name) for name, _ in facts), default=0)
        counts = [[str(number) for number in np.count_nonzero(found, axis=0).tolist()] for _, found in facts]
        widths = [max(map(len, column)) for column in zip(*counts, strict=True)]
        rows = [
            [name.ljust(names), *(word.rjust(width) for word, width in zip(row, widths, strict=True))]
            for (name, _), row in zip(facts, counts, strict=True)
        ]
    session.out.write("".join("".join(f"     {word} " for word in row) + "\n" for row in rows))
