"""How a file is to be read: detectImportOptions, setvartype, setvaropts, and tables read with such options."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from cnnscript.builtins.files.delimited import delimiter_of, number_in
from cnnscript.builtins.files.text_files import file_text
from cnnscript.builtins.files.workbook_files import as_word, is_workbook, letters_of, read_grid, used
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.tables.tables import NUMBERS
from cnnscript.builtins.text.texts import shaped
from cnnscript.display.containers import field_text
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.convert import to_class
from cnnscript.values.named_values import NamedValues
from cnnscript.values.numeric import OBJECT, class_of, norm, numel_of
from cnnscript.values.tables import Table, Variable
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import MISSING, String, cell_of_texts, text_or_none
from cnnscript.values.time_text import length_read
from cnnscript.values.times import Datetime, Duration, read_all

TYPES = (*NUMBERS, "logical", "char", "string", "categorical", "datetime", "duration")
FORMAT = (
    "Delimiter", "Whitespace", "LineEnding", "CommentStyle", "ConsecutiveDelimitersRule", "LeadingDelimitersRule",
    "TrailingDelimitersRule", "EmptyLineRule", "Encoding",
)  # fmt: skip
REPLACEMENT = ("MissingRule", "ImportErrorRule", "ExtraColumnsRule")
LINES = ("DataLines", "VariableNamesLine", "RowNamesColumn", "VariableUnitsLine", "VariableDescriptionsLine")
CELLS = ("DataRange", "VariableNamesRange", "RowNamesRange", "VariableUnitsRange", "VariableDescriptionsRange")
VARIABLES = ("VariableNames", "VariableTypes", "SelectedVariableNames", "VariableNamingRule")
SETTABLE = (
    "Delimiter", "CommentStyle", "ConsecutiveDelimitersRule", "DataLines", "VariableNamesLine", "VariableNames",
    "VariableTypes", "SelectedVariableNames", "Sheet", "DataRange", "VariableNamingRule", "Encoding", "MissingRule",
)  # fmt: skip


class ImportOptions(NamedValues):
    """The options of one file: properties by name, and for each variable what setvaropts said of it."""

    def __init__(self, values: dict[str, Any], said: dict[str, dict[str, Any]]):
        super().__init__(values)
        self.said = said

    @property
    def class_name(self) -> str:  # type: ignore[override]
        kind = "Spreadsheet" if "Sheet" in self.values else "DelimitedText"
        return f"matlab.io.{'spreadsheet' if kind == 'Spreadsheet' else 'text'}.{kind}ImportOptions"

    def texts(self, name: str) -> list[str]:
        return take.texts(self.values[name], name) if numel_of(self.values[name]) else []

    def set(self, name: str, value: Any) -> ImportOptions:
        if name not in self.values:
            raise self.no_property(name, setting=True)
        if name not in SETTABLE:
            raise ScriptError("cnnscript:NotYet", f"Setting '{name}' of import options is not in cnnscript yet.")
        changed = dict(self.values)
        if name in ("VariableNames", "VariableTypes", "SelectedVariableNames"):
            value = self.checked(name, value)
        changed[name] = value
        said = self.said
        if name == "VariableNames":
            renamed = dict(zip(self.texts("VariableNames"), take.texts(value), strict=True))
            said = {renamed.get(word, word): facts for word, facts in said.items()}
            chosen = [renamed.get(word, word) for word in self.texts("SelectedVariableNames")]
            changed["SelectedVariableNames"] = row_of(chosen)
        return ImportOptions(changed, said)

    def checked(self, name: str, value: Any) -> Any:
        names = self.texts("VariableNames")
        if name == "SelectedVariableNames":
            return row_of([names[place] for place in self.places(value)])
        words = take.texts(value, name)
        if len(words) != len(names):
            raise ScriptError(
                f"MATLAB:textio:io:{name}Size",
                f"{name} must have one element for each variable.",
                notes=(f"{len(words)} given, {len(names)} variables",),
            )
        if name == "VariableTypes":
            words = [take.choice(word, TYPES, "Type") for word in words]
        return row_of(words)

    def places(self, chosen: Any) -> list[int]:
        """Variables by name or number."""
        names = self.texts("VariableNames")
        if text_or_none(chosen) == ":":
            return list(range(len(names)))
        if class_of(chosen) in ("char", "string", "cell"):
            words = take.texts(chosen, "Variables")
        else:
            words = []
            for number in take.vector(chosen, "Variables").tolist():
                if not 1 <= number <= len(names) or number % 1:
                    raise ScriptError("MATLAB:textio:io:UnknownVarName", f"There is no variable {number:g}.")
                words.append(names[int(number) - 1])
        unknown = [word for word in words if word not in names]
        if unknown:
            raise ScriptError(
                "MATLAB:textio:io:UnknownVarName",
                f"Unknown variable name: '{unknown[0]}'.",
                notes=("variables: " + ", ".join(names[:12]),),
            )
        return [names.index(word) for word in words]

    def disp(self, form: Any) -> str:
        gap = form.blank
        title = self.class_name.rpartition(".")[2]
        sections = [
            ("Format Properties:", FORMAT),
            ("Replacement Properties:", REPLACEMENT),
            ("Variable Import Properties: Set types by name using setvartype", VARIABLES),
            ("Location Properties:", LINES if "DataLines" in self.values else CELLS),
        ]
        if "Sheet" in self.values:
            sections[0] = ("Sheet Properties:", ("Sheet",))
        text = f"  {title} with properties:\n"
        for head, names in sections:
            rows = [(name, self.values[name]) for name in names if name in self.values]
            text += f"{gap}   {head}\n" + "".join(f"{name:>29}: {field_text(value, form)}\n" for name, value in rows)
            if "VariableNames" in names:
                count = len(self.texts("VariableNames"))
                text += f"{'VariableOptions':>29}: Show all {count} VariableOptions\n"
                text += "\tAccess VariableOptions sub-properties using setvaropts/getvaropts\n"
        return text + f"\tTo display a preview of the table, use preview\n{gap}"


def row_of(words: list[str]) -> Any:
    return cell_of_texts(words, column=False)


def type_of(data: Any) -> str:
    return "char" if class_of(data) == "cell" else class_of(data)


@builtin
def detectImportOptions(
    session, filename, /, *, Delimiter=None, NumHeaderLines=None, ReadVariableNames=None, Sheet=None,
    VariableNamingRule="modify", TextType="char", FileType="",
):  # fmt: skip
    """
    opts = detectImportOptions(filename)
    opts = detectImportOptions(filename, Name=Value)

    How readtable would read a file, to change before it does: opts.VariableTypes, opts.SelectedVariableNames,
    opts.DataLines ...

    Options
      Delimiter           what stands between fields (guessed)
      NumHeaderLines      lines to skip at the top (0)
      ReadVariableNames   whether the first line names the variables (guessed)
      Sheet               the name or number of a spreadsheet's sheet (the first)
      VariableNamingRule  'modify' names into valid ones (default), or 'preserve' them
      TextType            'char' (default) or 'string'
      FileType            'text' or 'spreadsheet' (by the ending of the name)

    Examples
      >> writelines(["label,score" "cat,0.75" "dog,0.5"], 't.csv')
      >> opts = detectImportOptions('t.csv');
      >> disp(opts.VariableTypes)
          {'char'}    {'double'}
      >> opts.SelectedVariableNames = 'score';
      >> T = readtable('t.csv', opts)
      T =
        2×1 table
          score
          _____
          0.75
           0.5
      >> opts = detectImportOptions('t.csv', Delimiter=',');

    See also readtable, setvartype, setvaropts, readmatrix.
    """
    from cnnscript.builtins.tables.table_files import fields_of, has_names, likely, readtable

    name = take.text(filename, "Filename")
    skipped = 0.0 if NumHeaderLines is None else NumHeaderLines
    sample = readtable(
        session, filename, Delimiter=Delimiter, NumHeaderLines=skipped, ReadVariableNames=ReadVariableNames,
        Sheet=Sheet, VariableNamingRule=VariableNamingRule, TextType=TextType, FileType=FileType,
    )  # fmt: skip
    names = row_of(sample.names)
    types = row_of([type_of(variable.data) for variable in sample.variables])
    above = take.count(skipped, "NumHeaderLines")
    shared = {
        "VariableNames": names,
        "VariableTypes": types,
        "SelectedVariableNames": names,
        "VariableNamingRule": take.choice(VariableNamingRule, ("modify", "preserve"), "VariableNamingRule"),
        "MissingRule": "fill",
        "ImportErrorRule": "fill",
    }
    if is_workbook(name) or take.text(FileType, "FileType").lower() == "spreadsheet":
        grid, empty, before = used(read_grid(session, name, Sheet, None, "detectImportOptions")[above:])
        named, first, column = len(grid) > sample.rows, above + empty + 1, letters_of(before + 1)
        place = {"Sheet": "" if Sheet is None else Sheet, "DataRange": f"{column}{first + named}",
                 "VariableNamesRange": f"{column}{first}" if named else ""}  # fmt: skip
        return ImportOptions({**place, **shared}, {})
    lines = file_text(session, name, "detectImportOptions").splitlines()[above:]
    marks = delimiter_of(Delimiter, "detectImportOptions") if Delimiter is not None else None
    marks = marks or [likely([line for line in lines if line.strip()])]
    rows = fields_of("\n".join(lines), marks, False)
    named = has_names(rows) if ReadVariableNames is None else take.flag(ReadVariableNames, "ReadVariableNames")
    properties = {
        "Delimiter": row_of(marks),
        "Whitespace": "\\b\\t ",
        "LineEnding": row_of(["\\n", "\\r", "\\r\\n"]),
        "CommentStyle": np.empty((0, 0), OBJECT),
        "ConsecutiveDelimitersRule": "split",
        "LeadingDelimitersRule": "keep",
        "TrailingDelimitersRule": "ignore",
        "EmptyLineRule": "skip",
        "Encoding": "UTF-8",
        **shared,
        "ExtraColumnsRule": "addvars",
        "DataLines": norm(np.array([[above + 1.0 + named, np.inf]])),
        "VariableNamesLine": above + 1.0 if named else 0.0,
        "RowNamesColumn": 0.0,
        "VariableUnitsLine": 0.0,
        "VariableDescriptionsLine": 0.0,
    }
    return ImportOptions(properties, {})


def require_options(value: Any, name: str) -> ImportOptions:
    if type(value) is ImportOptions:
        return value
    raise unfit_inputs(name, f"{name} is for import options, got {take.described(value)}")


@builtin
def setvartype(opts, first, kind=None, /):
    """
    opts = setvartype(opts, type)
    opts = setvartype(opts, selection, type)

    Import options with another class for all variables or for some.

    Examples
      >> writelines(["a,b" "1,2"], 't.csv')
      >> opts = setvartype(detectImportOptions('t.csv'), 'b', 'string');
      >> disp(opts.VariableTypes)
          {'double'}    {'string'}
      >> opts = setvartype(opts, 'single');

    See also detectImportOptions, setvaropts, readtable.
    """
    options = require_options(opts, "setvartype")
    types = options.texts("VariableTypes")
    places = list(range(len(types))) if kind is None else options.places(first)
    words = take.texts(first if kind is None else kind, "Type")
    words = words * len(places) if len(words) == 1 else words
    for place, word in zip(places, words, strict=len(words) == len(places)):
        types[place] = take.choice(word, TYPES, "Type")
    return options.set("VariableTypes", row_of(types))


KNOWN = ("InputFormat", "FillValue", "TreatAsMissing", "DatetimeFormat", "Type", "Categories")


@builtin
def setvaropts(opts, /, *rest):
    """
    opts = setvaropts(opts, Name, Value)
    opts = setvaropts(opts, selection, Name, Value)

    Import options with more said of all variables or of some: 'InputFormat' of dates, 'FillValue' of missing fields,
    'TreatAsMissing' texts, 'DatetimeFormat', 'Type'.

    Examples
      >> writelines(["d,x" "03/02/2024,-1"], 't.csv')
      >> opts = setvartype(detectImportOptions('t.csv'), 'd', 'datetime');
      >> opts = setvaropts(opts, 'd', 'InputFormat', 'dd/MM/uuuu');
      >> disp(readtable('t.csv', opts).d)
         03-Feb-2024
      >> opts = setvaropts(opts, 'FillValue', 0);

    See also detectImportOptions, setvartype, readtable.
    """
    options = require_options(opts, "setvaropts")
    given = list(rest)
    chosen = given.pop(0) if len(given) % 2 else ":"
    names = options.texts("VariableNames")
    said = {name: dict(facts) for name, facts in options.said.items()}
    for word, value in zip(given[::2], given[1::2], strict=True):
        name = take.choice(word, KNOWN, "Option")
        if name == "Type":
            options = setvartype(options, chosen, value)
            continue
        if name == "Categories":
            take.texts(value, name)
        for place in options.places(chosen):
            said.setdefault(names[place], {})[name] = value
    return ImportOptions(options.values, said)


@builtin
def preview(session, filename, opts, /):
    """
    T = preview(filename, opts)

    The first eight rows of what readtable reads with import options.

    Examples
      >> writelines(["x"; string(1:20)'], 't.csv')
      >> T = preview('t.csv', detectImportOptions('t.csv'));
      >> disp(height(T))
           8

    See also detectImportOptions, readtable, head.
    """
    made = read_with(session, take.text(filename, "Filename"), require_options(opts, "preview"))
    return made.take(np.arange(min(8, made.rows)))


# -------------------------------------------------------------------------------------------------------------- reading
def read_with(session: Any, name: str, options: ImportOptions) -> Table:
    """The table that a file is with import options."""
    rows = rows_of_file(session, name, options)
    names, types = options.texts("VariableNames"), options.texts("VariableTypes")
    wanted = options.texts("SelectedVariableNames")
    variables = []
    for place, (word, kind) in enumerate(zip(names, types, strict=True)):
        if word in wanted:
            fields = [row[place].strip() if place < len(row) else "" for row in rows]
            variables.append(Variable(word, column_as(fields, kind, options.said.get(word, {}))))
    variables.sort(key=lambda variable: wanted.index(variable.name))
    return Table(tuple(variables), len(rows))


def rows_of_file(session: Any, name: str, options: ImportOptions) -> list[list[str]]:
    from cnnscript.builtins.tables.table_files import fields_of

    if "Sheet" in options.values:
        sheet = options.values["Sheet"]
        area = text_or_none(options.values["DataRange"]) or None
        grid = read_grid(session, name, sheet if numel_of(sheet) else None, area, "readtable")
        return [[as_word(value) for value in row] for row in grid]
    text = file_text(session, name, "readtable")
    for comment in options.texts("CommentStyle"):
        text = re.sub(re.escape(comment) + r"[^\n]*", "", text)
    lines = [line for line in text.splitlines(keepends=True)]
    ranges = take.real(options.values["DataLines"], "DataLines")
    ranges = ranges if ranges.shape[-1] == 2 else np.array([[ranges.ravel()[0], np.inf]])
    kept = ""
    for first, last in ranges.tolist():
        kept += "".join(lines[int(first) - 1 : None if last == np.inf else int(last)])
    joined = options.texts("ConsecutiveDelimitersRule") == ["join"]
    return fields_of(kept, [mark.replace("\\t", "\t") for mark in options.texts("Delimiter")], joined)


def column_as(fields: list[str], kind: str, said: dict[str, Any]) -> Any:
    """The fields of a column as a class; what cannot be read is missing, or the fill value."""
    missing = set(take.texts(said["TreatAsMissing"], "TreatAsMissing")) if "TreatAsMissing" in said else set()
    fields = ["" if field in missing else field for field in fields]
    fill = said.get("FillValue")
    if kind in (*NUMBERS, "logical"):
        numbers = np.array([number_in(field) if field else np.nan for field in fields], float)
        if kind == "logical":
            numbers = np.array([truth_in(field, number) for field, number in zip(fields, numbers, strict=True)])
        blank = take.number(fill, "FillValue") if fill is not None else np.nan if kind in ("double", "single") else 0.0
        return to_class(norm(np.where(np.isnan(numbers), blank, numbers).reshape(-1, 1)), kind)
    if kind == "datetime":
        form = text_or_none(said["InputFormat"]) if "InputFormat" in said else None
        moments = np.array(read_all(fields, form), float).reshape(-1, 1)
        return Datetime(moments, text_or_none(said.get("DatetimeFormat", "")) or "")
    if kind == "duration":
        lengths = [length_read(field) if field else None for field in fields]
        return Duration(np.array([np.nan if one is None else one for one in lengths], float).reshape(-1, 1))
    blank = text_or_none(fill) if fill is not None else None
    words = [field or blank or "" for field in fields]
    if kind == "categorical":
        known = take.texts(said["Categories"]) if "Categories" in said else sorted({word for word in words if word})
        return Categorical.from_texts(words, (len(words), 1), known)
    if kind == "string":
        return String(shaped([word or MISSING for word in words], (len(words), 1)))
    return cell_of_texts(words)


def truth_in(field: str, number: float) -> float:
    words = {"true": 1.0, "t": 1.0, "false": 0.0, "f": 0.0}
    return words.get(field.lower(), number if number != number else float(number != 0))




# ------------------------------------------------------------------------------------------------- by textscan's format
CODE = re.compile(r"%(\*)?(?:\{([^}]*)\})?(\d*(?:\.\d+)?)([dufnsqcCDT])(8|16|32|64)?")


def columns_by_format(form: str, columns: list[list[str]], text_type: str, missing: set[str]) -> list:
    """Columns as the classes that a format such as '%s%f%D' names; None for one that it leaves out."""
    found = list(CODE.finditer(form))
    rest = CODE.sub("", form).strip()
    if rest or not found:
        raise ScriptError(
            "MATLAB:readtable:InvalidFormat",
            f"The format '{form}' is not one of columns.",
            notes=("known: %f %d %u (and their widths), %s %q %C %D %{...}D %T, %* before a letter to skip",),
        )
    if len(found) != len(columns):
        raise ScriptError(
            "MATLAB:readtable:FormatCount",
            "The format must have one specifier for each column of the file.",
            notes=(f"{len(found)} specifiers, {len(columns)} columns",),
        )
    made = []
    for match, fields in zip(found, columns, strict=True):
        skip, input_format, _, letter, bits = match.groups()
        if skip:
            made.append(None)
            continue
        words = ["" if field.strip() in missing else field.strip() for field in fields]
        kind = {
            "d": f"int{bits or 32}", "u": f"uint{bits or 32}", "n": "double", "C": "categorical", "D": "datetime",
            "T": "duration", "f": "single" if bits == "32" else "double",
        }.get(letter, "string" if text_type == "string" else "char")  # fmt: skip
        made.append(column_as(words, kind, {"InputFormat": input_format} if input_format else {}))
    return made
