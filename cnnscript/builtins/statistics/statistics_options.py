"""What functions of statistics that go step by step are told: statset, statget."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, numel_of
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none

WORDS = {
    "Display": ("off", "final", "iter"), "TolTypeFun": ("abs", "rel"), "TolTypeX": ("abs", "rel"),
    "GradObj": ("off", "on"), "Jacobian": ("off", "on"), "FunValCheck": ("off", "on"), "Robust": ("off", "on"),
}  # fmt: skip
POSITIVE = ("MaxFunEvals", "MaxIter", "TolBnd", "TolFun", "TolX", "Tune")
FLAGS = ("UseParallel", "UseSubstreams")
NAMES = (
    "Display", "MaxFunEvals", "MaxIter", "TolBnd", "TolFun", "TolTypeFun", "TolX", "TolTypeX", "GradObj", "Jacobian",
    "DerivStep", "FunValCheck", "Robust", "RobustWgtFun", "WgtFun", "Tune", "UseParallel", "UseSubstreams", "Streams",
    "OutputFcn",
)  # fmt: skip
# what functions take when nothing is said
DEFAULTS: dict[str, dict[str, Any]] = {
    "kmeans": {"Display": "off", "MaxIter": 100.0},
    "kmedoids": {"Display": "off", "MaxIter": 100.0},
    "tsne": {"MaxIter": 1000.0, "TolFun": 1e-10},
    "gmdistribution": {"Display": "off", "MaxIter": 100.0, "TolFun": 1e-6},
    "fitgmdist": {"Display": "off", "MaxIter": 100.0, "TolFun": 1e-6},
    "nnmf": {"Display": "off", "MaxIter": 100.0, "TolFun": 1e-4, "TolX": 1e-4},
    "pca": {"Display": "off", "MaxIter": 1000.0, "TolFun": 1e-6, "TolX": 1e-6},
    "nlinfit": {
        "Display": "off", "MaxIter": 200.0, "TolFun": 1e-8, "TolX": 1e-8, "DerivStep": 2.0 ** (-52 / 3),
        "FunValCheck": "on",
    },
}  # fmt: skip


@builtin
def statset(*args):
    """
    options = statset
    options = statset(Name, Value, ...)
    options = statset(statfun)
    options = statset(oldopts, Name, Value, ...)
    options = statset(oldopts, newopts)

    Options for functions of statistics that go step by step, as a struct: [] means what the function usually takes.

    Its fields are Display ('off', 'final', 'iter'), MaxIter, MaxFunEvals, TolFun, TolX, UseParallel and others; each
    function reads those it knows.

    Examples
      >> options = statset('MaxIter', 300, 'Display', 'final'); [options.MaxIter numel(fieldnames(options))]
      ans =
         300    20
      >> options = statset('kmeans'); options.MaxIter
      ans =
         100
      >> options = statset(options, 'TolX', 0.1); options = statset(options, statset('MaxIter', 5));
      >> [options.MaxIter options.TolX]
      ans =
          5.0000    0.1000
      >> options = statset; isempty(options.Display)
      ans =
        logical
         1

    See also statget, optimset, kmeans, tsne.
    """
    pairs, fields = list(args), dict.fromkeys(NAMES, EMPTY)
    if len(pairs) == 1 and not isinstance(pairs[0], Struct):
        name = pairs[0].text.lstrip("@") if type(pairs[0]) is Function else take.text(pairs[0], "Function name")
        if name.lower() not in DEFAULTS:
            raise ScriptError(
                "stats:statset:InvalidFunction",
                f"No default options available for the function '{name}'.",
                notes=("there are some for " + ", ".join(DEFAULTS),),
            )
        return Struct(fields | DEFAULTS[name.lower()])
    while pairs and (isinstance(pairs[0], Struct) or not numel_of(pairs[0])):
        given = pairs.pop(0)
        if isinstance(given, Struct):
            fields |= {name: value for name, value in given.fields.items() if numel_of(value) or name not in fields}
    if len(pairs) % 2:
        raise ScriptError("stats:statset:BadInput", "Arguments must occur in name-value pairs.")
    for word, value in zip(pairs[::2], pairs[1::2], strict=True):
        name = named(word)
        fields[name] = checked(name, value)
    return Struct(fields)


def named(given: Any) -> str:
    """The full name of a parameter."""
    word = text_or_none(given)
    near = [] if not word else [name for name in NAMES if name.lower().startswith(word.lower())]
    exact = [name for name in near if name.lower() == word.lower()]
    if len(exact or near) == 1:
        return (exact or near)[0]
    raise ScriptError(
        "stats:statset:BadParameter",
        f"Unrecognized parameter name '{word}'." if not near else f"Ambiguous parameter name '{word}'.",
        notes=(f"got {take.described(given)}",) if word is None else (),
        hint="the names are " + ", ".join(near or NAMES),
    )


def checked(name: str, value: Any) -> Any:
    if not numel_of(value):
        return EMPTY
    if name in WORDS:
        return take.choice(value, WORDS[name], name)
    if name in POSITIVE:
        number = take.number(value, name)
        if not number > 0:
            raise take.wanted("a positive number", name, value)
        return number
    if name in FLAGS:
        return take.flag(value, name)
    return value


@builtin
def statget(options, name, default=EMPTY, /):
    """
    value = statget(options, name)
    value = statget(options, name, default)

    One of the options that statset made; the default where it is [].

    Examples
      >> value = statget(statset('MaxIter', 7), 'maxi')
      value =
           7
      >> value = statget(statset, 'TolX', 0.5)
      value =
          0.5000

    See also statset, optimget.
    """
    if not isinstance(options, Struct):
        raise take.wanted("a structure made by statset", "options", options)
    value = options.fields.get(named(name), EMPTY)
    return value if numel_of(value) else default
