"""tabularTextDatastore: files of text with columns, read as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_objects import IO, READING, SHOWN_FIRST, Observations, no_more
from cnnscript.builtins.data.file_lists import endings, locations, look_up, shown_list
from cnnscript.builtins.data.image_reading import file_size
from cnnscript.builtins.registry import builtin
from cnnscript.values import take
from cnnscript.values.concatenate import vertcat
from cnnscript.values.structs import Struct
from cnnscript.values.tables import Table
from cnnscript.values.text import cell_of_texts, text_or_none

NAME = "tabularTextDatastore"
USUAL = (".txt", ".csv", ".dat", ".dlm", ".asc", ".text", ".tsv")


class TextDatastore(Observations):
    """Files of text, each a table; its parts are the files.

    options   names and values that readtable is given
    selected  the variables that are read; None for all
    most      rows that are read at once; 0 for whole files
    rest      rows of the current file that were not given out yet
    """

    class_name = f"{IO}TabularTextDatastore"
    methods = READING | {"partition", "numpartitions", "isPartitionable", "isShuffleable", "isSubsettable"}
    most = 20_000

    def __init__(self, session: Any, files: list[str], folders: list[str], options: list[Any]):
        self.session, self.files, self.folders, self.options = session, files, folders, options
        self.selected: list[str] | None = None
        self.rest: Table | None = None
        self.first: Table | None = None

    def table(self, place: int) -> Table:
        """All of a file."""
        made = self.session.call("readtable", 1, self.files[place], *self.options)
        return made if self.selected is None else made.select([made.place(name) for name in self.selected])

    def names(self) -> list[str]:
        if self.first is None:
            self.first = self.session.call("readtable", 1, self.files[0], *self.options) if self.files else Table()
        return self.first.names

    def properties(self) -> dict[str, Any]:
        names = cell_of_texts(self.names(), column=False)
        return {
            "Files": cell_of_texts(self.files) if self.files else np.empty((0, 1), object),
            "Folders": cell_of_texts(self.folders) if self.folders else np.empty((0, 1), object),
            "VariableNames": names,
            "SelectedVariableNames": names if self.selected is None else cell_of_texts(self.selected, column=False),
            "ReadSize": float(self.most) if self.most else "file",
            "OutputType": "table",
        }

    def set(self, name: str, value: Any) -> TextDatastore:
        if name == "ReadSize":
            self.most = rows_at_once(value)
        elif name == "SelectedVariableNames":
            self.names()
            selected = take.texts(value, name)
            for word in selected:
                self.first.place(word)
            self.selected = selected
        else:
            return super().set(name, value)
        self.rewind()
        return self

    def observations(self) -> int:
        return len(self.files)

    def rewind(self) -> None:
        super().rewind()
        self.rest = None

    def has_more(self) -> bool:
        return self.rest is not None or super().has_more()

    def read(self, session: Any) -> tuple[Any, Any]:
        if not self.has_more():
            raise no_more()
        if self.rest is None:
            self.rest = self.table(self.next)
            self.next += 1
        name, whole = self.files[self.next - 1], self.rest
        count = self.most or whole.rows
        self.rest = whole.take(np.arange(count, whole.rows)) if whole.rows > count else None
        given = whole.take(np.arange(min(count, whole.rows)))
        return given, Struct({"Filename": name, "FileSize": file_size(name)})

    def read_all(self, session: Any) -> Any:
        return vertcat(*(self.table(place) for place in range(len(self.files)))) if self.files else Table()

    def preview(self, session: Any) -> Any:
        if not self.files:
            return Table()
        whole = self.table(0)
        return whole.take(np.arange(min(SHOWN_FIRST, whole.rows)))

    def chosen(self, places: Sequence[int]) -> TextDatastore:
        made = self.copied()
        made.files = [self.files[place] for place in places]
        return made

    def lines_of(self, name: str, value: Any, form: Any, indent: int) -> str:
        if name in ("Files", "Folders"):
            return shown_list(self.files if name == "Files" else self.folders, indent)
        if name == "ReadSize" and self.most:
            return f"{self.most} rows"
        if name in ("VariableNames", "SelectedVariableNames"):
            words = value.ravel("F").tolist()
            more = f" ... and {len(words) - 3} more" if len(words) > 3 else ""
            return "{" + ", ".join(f"'{word}'" for word in words[:3]) + more + "}"
        return super().lines_of(name, value, form, indent)


def rows_at_once(value: Any) -> int:
    """The option ReadSize: 0 for 'file'."""
    if text_or_none(value) is not None:
        take.choice(value, ("file",), "ReadSize")
        return 0
    return take.positive(value, "ReadSize")


@builtin(name=NAME)
def tabular_text_datastore(
    session, location, /, *, ReadSize=20000.0, SelectedVariableNames=None, IncludeSubfolders=False,
    FileExtensions=None, Delimiter=None, NumHeaderLines=None, ReadVariableNames=None, TextType=None,
    TreatAsMissing=None
):  # fmt: skip
    """
    ttds = tabularTextDatastore(location)
    ttds = tabularTextDatastore(location, Name=Value)

    Files of text with columns as a datastore: read gives the next rows as a table.

    location is a folder, a file, a text with `*`, or a string array or cell of such.

    Options
      ReadSize               rows that read gives at once (20000), or 'file'
      SelectedVariableNames  the variables that are read
      IncludeSubfolders      whether files in subfolders count (false)
      FileExtensions         endings of the files that count
      Delimiter              what stands between columns
      NumHeaderLines         lines before the table
      ReadVariableNames      whether the first line names the variables
      TextType               'char' or 'string'
      TreatAsMissing         texts that stand for missing numbers

    Examples
      >> writelines(["x,y"; "1,2"; "3,4"; "5,6"], 'a.csv'); ttds = tabularTextDatastore('a.csv', ReadSize=2); read(ttds)
      ans =
        2×2 table
          x    y
          _    _
          1    2
          3    4
      >> ttds.SelectedVariableNames = "y"; T = readall(ttds); T.y'
      ans =
           2     4     6

    See also readtable, fileDatastore, datastore, read.
    """
    words = locations(location, NAME)
    wanted = endings(FileExtensions, NAME) or USUAL
    files, folders = look_up(session, words, wanted, take.flag(IncludeSubfolders, "IncludeSubfolders"), True)
    given = {
        "Delimiter": Delimiter, "NumHeaderLines": NumHeaderLines, "ReadVariableNames": ReadVariableNames,
        "TextType": TextType, "TreatAsMissing": TreatAsMissing,
    }  # fmt: skip
    options = [part for name, value in given.items() if value is not None for part in (name, value)]
    made = TextDatastore(session, files, folders, options)
    made.most = rows_at_once(ReadSize)
    if SelectedVariableNames is not None:
        made.set("SelectedVariableNames", SelectedVariableNames)
    return made
