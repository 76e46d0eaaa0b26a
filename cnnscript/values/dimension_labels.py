"""Labels of dimensions: "S" space, "C" channel, "B" batch, "T" time, "U" anything, always in this order.

A format is the text of the labels, one for each dimension; '' is that of an array without labels.  A labelled array has
as many dimensions as labels, singletons at the end too (but for "U" beyond the second dimension).
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnscript.errors import ScriptError

ORDER = "SCBTU"
ONCE = "CBT"


def checked(text: str) -> str:
    """A format as a program gives it; ScriptError unless it is one."""
    for letter in text:
        if letter not in ORDER:
            raise ScriptError(
                "deep:dlarray:InvalidDimensionLabels",
                "Dimension labels must be a character vector or a string scalar containing only the labels 'S', 'C', "
                "'B', 'T', or 'U'.",
                notes=(f"got '{text}'",),
            )
    for letter in ONCE:
        if text.count(letter) > 1:
            raise ScriptError(
                "deep:dlarray:RepeatedDimensionLabels",
                "Dimension labels 'C', 'B', and 'T' must each appear at most once.",
                notes=(f"got '{text}'",),
                hint="further dimensions can be 'S' or 'U'",
            )
    return text


def too_few(labels: str, count: int) -> ScriptError:
    """The error for a format with fewer labels than the data has dimensions."""
    return ScriptError(
        "deep:dlarray:WrongNumberOfLabels",
        "The number of dimension labels must be greater than or equal to the number of dimensions of the data.",
        notes=(f"'{labels}' has {len(labels)}", f"the data has {count} dimensions"),
    )


def sorting(labels: str) -> list[int]:
    """The order of the dimensions (from 0) that sorts their labels; equal ones keep theirs."""
    return sorted(range(len(labels)), key=lambda at: ORDER.index(labels[at]))


def trimmed(labels: str, shape: Sequence[int]) -> tuple[str, tuple[int, ...]]:
    """Labels and sizes as an array has them: two or more, no singleton "U" at the end beyond the second."""
    shape = tuple(shape) + (1,) * (len(labels) - len(shape))
    labels += "U" * max(0, 2 - len(labels))
    shape += (1,) * (len(labels) - len(shape))
    while len(labels) > 2 and labels[-1] == "U" and shape[-1] == 1:
        labels, shape = labels[:-1], shape[:-1]
    return labels, shape


def joined(first: str, second: str) -> str:
    """The format with every label of two formats: the k-th "S" of one goes with the k-th of the other."""
    if first == second:
        return first
    return "".join(letter * max(first.count(letter), second.count(letter)) for letter in ORDER)


def spread(shape: Sequence[int], labels: str, wider: str) -> tuple[int, ...]:
    """The sizes of an array with `labels` as one with the labels of `wider`, 1 where it has no such dimension."""
    if labels == wider:
        return tuple(shape)
    lengths, found = list(shape), []
    for letter in ORDER:
        have = [lengths[at] for at, label in enumerate(labels) if label == letter]
        found += have + [1] * (wider.count(letter) - len(have))
    return tuple(found)


def size_text(shape: Sequence[int], labels: str) -> str:
    """'227(S) × 227(S) × 3(C)', or '2×3' without labels."""
    if not labels:
        return "×".join(map(str, shape))
    return " × ".join(f"{length}({label})" for length, label in zip(shape, labels, strict=True))
