"""importdata: the numbers of a file of any kind, with the words around them."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from cnnscript.builtins.files.delimited import SHEETS, delimiter_of, guessed, number_in, rows_of, table
from cnnscript.builtins.files.text_files import file_text
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text, shaped, whole_number
from cnnscript.values.numeric import norm, numel_of
from cnnscript.values.structs import Struct

IMAGES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".gif")


@builtin(outputs=3)
def importdata(session, nargout, name, delimiter=None, headers=None, /):
    """
    A = importdata(filename)
    A = importdata(filename, delimiter)
    A = importdata(filename, delimiter, headerlines)
    [A, delimiter, headerlines] = importdata(...)

    The numbers of a text file; with words above or before them, a struct with the fields data and textdata, and
    colheaders (words over every column) or rowheaders (words before the numbers only).

    A file without numbers gives its lines in a cell, a MAT-file its variable, a struct of them where it has several,
    an image its pixels.

    Examples
      >> writelines(["a,b" "1,2" "3,4"], 'm.csv')
      >> A = importdata('m.csv', ',', 1);
      >> disp(A.data)
           1     2
           3     4
      >> [A, delimiter, headerlines] = importdata('m.csv');
      >> disp(delimiter), disp(headerlines)
      ,
           1
      >> A = importdata('m.csv', ',');
      >> A = importdata('m.csv');

    See also readmatrix, readtable, load, textscan.
    """
    word = one_text(name, "importdata", "File name")
    ending = os.path.splitext(word)[1].lower()
    if ending in (".mat", *IMAGES, *SHEETS):
        return other_file(session, word, ending), np.nan, np.nan
    text = file_text(session, name, "importdata")
    lines = [line for line in text.splitlines() if line.strip()]
    marks = guessed(lines) if delimiter is None else delimiter_of(delimiter, "importdata")
    above = None if headers is None else whole_number(headers, "importdata", "Number of header lines")
    value, above = numbers_and_words(lines, rows_of(text, marks), above)
    return value, marks[0], float(above)


def other_file(session: Any, name: str, ending: str) -> Any:
    if ending == ".mat":
        found = session.call("load", 1, name)
        return next(iter(found.fields.values())) if len(found.fields) == 1 else found
    if ending in IMAGES:
        return session.call("imread", 1, name)
    data, words = session.call("xlsread", 2, name)
    return Struct({"data": data, "textdata": words}) if numel_of(words) else data


def numbers_and_words(lines: list[str], rows: list[list[str]], above: int | None) -> tuple[Any, int]:
    """What the rows of a text file are, and how many of them stand above the numbers (given, or found)."""
    if above is None:
        above = 0
        while above < len(rows) and not any(is_number(word) for word in rows[above]):
            above += 1
    body = rows[above:]
    if not any(is_number(word) for row in body for word in row):
        return shaped(lines, (len(lines), 1)), len(lines)
    before = 0  # columns of words in front of the numbers
    while all(before < len(row) and row[before].strip() and not is_number(row[before]) for row in body):
        before += 1
    data = norm(table([row[before:] for row in body]))
    if not above and not before:
        return data, 0
    width = max(map(len, rows)) if above else before
    heads = [row[:width] for row in rows[:above]] + ([row[:before] for row in body] if before else [])
    words = [row[k].strip() if k < len(row) else "" for k in range(width) for row in heads]
    fields = {"data": data, "textdata": shaped(words, (len(heads), width))}
    if not before:
        fields["colheaders"] = shaped([word.strip() for word in rows[above - 1]], (1, len(rows[above - 1])))
    elif not above:
        fields["rowheaders"] = shaped([row[before - 1].strip() for row in body], (len(body), 1))
    return Struct(fields), above


def is_number(word: str) -> bool:
    return number_in(word) == number_in(word) or word.strip().lower() == "nan"
