"""How the functions that make layers are declared: the options that many of them share are described here once.

@layer_maker
def reluLayer(*, Name=""):
    '''docstring without the lines of the shared options'''
    return made(ReLU(), locals())
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.layer_properties import Given, learning_check, with_parameter
from cnnscript.builtins.networks.network_objects import LayerObject
from cnnscript.builtins.registry import builtin
from cnnscript.engine.layers import Layer
from cnnscript.errors import ScriptError

WORDS = "'glorot', 'he', 'orthogonal', 'narrow-normal', 'zeros', 'ones'"
SHARED = {
    "Name": "its name; '' (default): a network names it",
    "NumChannels": "channels of its input: 'auto' (default) or a number",
    "Stride": "step of the window: a number for both, or [rows columns] (default [1 1])",
    "Padding": "0 (default), a number, [rows columns], [top bottom left right], [top left; bottom right], or 'same'",
    "DilationFactor": "distance between the numbers under the window: a number or [rows columns] (default [1 1])",
    "Epsilon": "what is added to the variance (default 1e-5)",
}


def described(name: str, default: Any) -> str:
    """What the help says of a shared option."""
    if name in SHARED:
        return SHARED[name]
    if name.endswith("LearnRateFactor"):
        return f"times the learn rate, for {_numbers(name.removesuffix('LearnRateFactor'))} (default {default:g})"
    if name.endswith("L2Factor"):
        return f"times the L2 regularisation, for {_numbers(name.removesuffix('L2Factor'))} (default {default:g})"
    if name.endswith("Initializer"):
        what = _numbers(name.removesuffix("Initializer"))
        words = WORDS if "Weights" in name else "'zeros', 'ones', 'narrow-normal'"
        words = "'unit-forget-gate', " + words if default == "unit-forget-gate" else words
        return f"how {what} begin, by default '{default}'; {words}, or a function of their size"
    return f"numbers to begin with, in MATLAB's size; [] (default): {name}Initializer makes them"


def _numbers(parameter: str) -> str:
    return {"Weight": "Weights"}.get(parameter, parameter)


def layer_maker(function: Callable) -> Callable:
    """Declare a function that makes a layer; shared options are added to its help."""
    text = inspect.cleandoc(function.__doc__ or "")
    own, _, examples = text.partition("\n\nExamples\n")
    lines = []
    for option in inspect.signature(function).parameters.values():
        if option.kind is inspect.Parameter.KEYWORD_ONLY and f"\n  {option.name} " not in own:
            lines.append(f"  {option.name}  {described(option.name, option.default)}")
    if lines:
        heading = "\n" if "\n\nOptions\n" in own else "\n\nOptions\n"
        own += heading + "\n".join(lines)
    function.__doc__ = f"{own}\n\nExamples\n{examples}"
    builtin(function)
    return function


def made(layer: Layer, options: Mapping[str, Any]) -> LayerObject:
    """The layer with the options of its constructor that are about its name, its numbers and how they are learnt."""
    given: Given = {}
    for name in (*layer.learnables, *layer.state):
        if options.get(name) is not None:
            layer, given = checks.as_argument(name, partial(with_parameter, layer, given, name), options[name])
    settings = {
        name: checks.as_argument(name, learning_check(layer, name), options[name])
        for name in layer.defaults_of_learning()
        if name in options
    }
    layer = layer.with_learning(**settings)
    name = checks.as_argument("Name", checks.name, options["Name"])
    return LayerObject(named(layer, name), given={key: value for key, value in given.items() if value.size})


def refused_mask(HasPaddingMaskInput: Any) -> None:
    """Raise the error where a layer is to have an input that tells padding from steps."""
    if checks.as_argument("HasPaddingMaskInput", checks.flag, HasPaddingMaskInput):
        raise ScriptError(
            "cnnscript:NotYet",
            "HasPaddingMaskInput=true is not in cnnscript yet.",
            notes=("sequences are not padded here: each has its own length",),
        )


def named(layer: Layer, name: str) -> Layer:
    """The layer under that name."""
    return layer if layer.name == name else replace(layer, name=name)
