"""Labels of files: as scripts give them, and as datastores show them."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_objects import rows_at
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import DTYPE_OF_CLASS, class_of, is_cell, is_empty, norm, numel_of
from cnnscript.values.text import String, cell_of_texts, is_text, texts_or_none


def shown_strings(value: String) -> str:
    words = "    ".join(f'"{word}"' for word in value.data.ravel("F").tolist())
    return words if value.data.size == 1 else f"[{words}]"


def shown_labels(labels: Any) -> str:
    """The first three labels and how many more of which class."""
    count = numel_of(labels)
    if not count:
        return "{}" if is_cell(labels) else f"[0×1 {class_of(labels)}]"
    first = rows_at(labels, range(min(count, 3)))
    if type(first) is Categorical:
        words = first.texts()
    elif is_cell(first):
        words = [f"'{word}'" for word in texts_or_none(first) or []]
    elif (texts := texts_or_none(first)) is not None:
        words = [f'"{word}"' for word in texts]
    else:
        words = [f"{number:g}" for number in np.asarray(first, float).ravel("F")]
    more = f" ... and {count - 3} more" if count > 3 else ""
    if is_cell(labels):
        return "{" + "; ".join(words) + more + "}"
    return "[" + "; ".join(words) + (f"{more} {class_of(labels)}" if more else "") + "]"


def labels_of(value: Any, count: int) -> Any:
    """Labels as a column, one for each file; None for an empty value.

    Scripts write imds.Files = [a.Files, b.Files] and imds.Labels = [a.Labels, b.Labels]: N-by-2 is read by columns.
    """
    if is_empty(value) and not isinstance(value, Categorical) or numel_of(value) == 0 and count:
        return None
    texts = texts_or_none(value) if is_text(value) or is_cell(value) else None
    if isinstance(value, str) and count == 1:
        return cell_of_texts([value])
    known = type(value) in (Categorical, String) or texts is not None or class_of(value) in DTYPE_OF_CLASS
    if not known or isinstance(value, str):
        raise ScriptError(
            "MATLAB:datastoreio:imagedatastore:invalidLabels",
            "Labels must be a vector of type categorical, logical, numeric, string, or a cell array of character "
            "vectors.",
            notes=(f"got {take.described(value)}",),
        )
    if numel_of(value) != count:
        raise ScriptError(
            "MATLAB:datastoreio:imagedatastore:labelsNumFilesMismatch",
            "The number of Labels must be equal to the number of Files.",
            notes=(f"{numel_of(value)} labels for {count} files",),
        )
    if type(value) is Categorical:
        return Categorical(value.codes.reshape(-1, 1, order="F"), value.names, value.ordinal, value.protected)
    if type(value) is String:
        return String(value.data.reshape(-1, 1, order="F"))
    return cell_of_texts(texts) if texts is not None else norm(np.asarray(value).reshape(-1, 1, order="F"))
