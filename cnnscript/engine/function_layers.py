"""Layers that are the script's own: functionLayer, and objects of classes that inherit nnet.layer.Layer.

What they compute is script_operations.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from cnnscript.engine.layers import Layer, Several, Shape, Size, Steps, Vector, setting_name
from cnnscript.engine.script_operations import Script
from cnnscript.errors import ScriptError

LAID = {"CBT": Steps, "CB": Vector}  # sizes by the labels of what they are of
NO_NUMBERS: Mapping[str, np.ndarray] = {}


@dataclass(frozen=True, kw_only=True)
class ScriptLayer(Layer):
    """A layer that the script computes.

    call         what it computes, and its gradient
    inputs, outputs  the names of its ports
    description  what layer arrays print of it
    forms        how the dimensions of each input lie, once that is settled: SSCB, CB or CBT
    acceleratable    may it be traced, so that it runs as the operations that it did once?
    vectors      are inputs without spatial dimensions channels × images, as in a dlnetwork? else 1×1×channels×images
    """

    call: Script = field(compare=False)
    inputs: tuple[str, ...] = ("in",)
    outputs: tuple[str, ...] = ("out",)
    description: str = ""
    forms: tuple[str, ...] = ()
    acceleratable: bool = False
    vectors: bool = False

    default_name = "layer"
    needs_fixed_size = True
    offers_all = True

    @property
    def input_names(self) -> tuple[str, ...]:
        return self.inputs

    @property
    def output_names(self) -> tuple[str, ...]:
        return self.outputs

    @property
    def computed_outputs(self) -> tuple[str, ...]:
        return self.outputs if len(self.outputs) > 1 else ()

    @property
    def numbers(self) -> list[np.ndarray]:
        """What its learnables and its state begin as."""
        return []

    def describe(self) -> str:
        return self.description

    def settled(self, *sizes: Size) -> Layer:
        return replace(self, forms=self.forms_of(sizes))

    def forms_of(self, sizes: tuple[Size, ...]) -> tuple[str, ...]:
        named = self.vectors or self.call.formatted
        return tuple("CBT" if isinstance(size, Steps) else "CB" if named and isinstance(size, Vector) else "SSCB"
                     for size in sizes)  # fmt: skip

    @cached_property
    def sizes_known(self) -> dict[tuple[Any, ...], Size]:
        """Output sizes found so far, by those of the inputs."""
        return {}

    def size_after(self, *sizes: Size) -> Size:
        """Found by computing zeros."""
        forms = self.forms_of(sizes)
        known = self.sizes_known.get((sizes, forms))
        if known is None:
            zeros = [np.zeros((1, *size), np.float32) for size in sizes]
            found = self.call.tried(forms, self.numbers, zeros)
            each = [LAID.get(form, tuple)(one.shape[1:]) for one, form in zip(found.outputs, found.labels, strict=True)]
            known = self.sizes_known[sizes, forms] = Several.of(each)  # type: ignore[arg-type]
        return known


@dataclass(frozen=True, kw_only=True)
class FunctionLayer(ScriptLayer):
    """functionLayer.  predict_fcn: the script's function, for its property."""

    predict_fcn: Any
    formattable: bool = False

    matlab_class = "nnet.cnn.layer.FunctionLayer"
    kind = "Function"

    @property
    def shown(self):  # type: ignore[override]
        ports = ("NumInputs", "InputNames") if len(self.inputs) > 1 else ()
        ports += ("NumOutputs", "OutputNames") if len(self.outputs) > 1 else ()
        first = ("Name", *ports, "PredictFcn", "Formattable", "Acceleratable")
        return (("", first), ("Learnable Parameters", ()), ("State Parameters", ()))

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "PredictFcn", "Formattable", "Acceleratable", "Description")


@dataclass(frozen=True, kw_only=True)
class CustomLayer(ScriptLayer):
    """An object of a class of the script's.

    instance     it
    custom_class, type_text  its class and what it calls its type
    is_output    it ends a network (it inherits nnet.layer.ClassificationLayer or RegressionLayer)
    classes      what a classification layer tells apart; () where it has not been told
    held         the numbers of its learnables and its state, in MATLAB's shapes, which are the engine's, too; of
                 networks that are its learnables as those have them
    nested       the layer and the parameter of a network inside, by the name here: 'Network/conv1/Weights'
    learned, kept  the names of its learnables, of its state
    initialized  did `initialize` run? what it left empty stays empty
    begin        (layer, sizes of its inputs) → it after the class's `initialize`; None where it has none, or it ran
    """

    instance: Any
    custom_class: str
    type_text: str
    is_output: bool = False
    classes: tuple[str, ...] = ()
    held: Mapping[str, np.ndarray] = field(default_factory=dict, compare=False)
    nested: Mapping[str, tuple[Layer, str]] = field(default_factory=dict, compare=False)
    learned: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    initialized: bool = False
    begin: Callable[..., CustomLayer] | None = field(default=None, compare=False)

    kind = "Custom"

    @property
    def matlab_class(self) -> str:  # type: ignore[override]
        return self.custom_class

    @property
    def learnables(self) -> tuple[str, ...]:  # type: ignore[override]
        return self.learned

    @property
    def state(self) -> tuple[str, ...]:  # type: ignore[override]
        return self.kept

    @property
    def numbers(self) -> list[np.ndarray]:
        return [self.held[name] for name in (*self.learned, *self.kept)]

    @property
    def output_names(self) -> tuple[str, ...]:
        return () if self.is_output else self.outputs

    def settled(self, *sizes: Size) -> Layer:
        settled = replace(self, forms=self.forms_of(sizes))
        return settled if self.begin is None else settled.begin(settled, sizes)

    def property_names(self) -> tuple[str, ...]:
        return ("Name", "Description")

    def defaults_of_learning(self) -> dict[str, Any]:  # type: ignore[override]
        return {setting_name(name, kind): 1.0 for kind in ("LearnRateFactor", "L2Factor") for name in self.learned}

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        return {name: array.shape for name, array in self.held.items()}

    def matlab_shapes(self) -> dict[str, Shape]:
        return dict(self.parameter_shapes())

    def inner(self, name: str) -> tuple[Layer, str] | None:
        return self.nested.get(name)

    def learning_of(self, parameter: str, kind: str) -> Any:
        if kind == "Initializer":  # only asked where there is nothing to begin with
            raise ScriptError(
                "nnet_cnn:layer:Layer:EmptyLearnable",
                f"Layer '{self.name}': Empty {parameter} property. Specify a nonempty value for the {parameter} "
                "property.",
                hint=f"the constructor, or function layer = initialize(layer,layout), begins {parameter}",
            )
        return super().learning_of(parameter, kind)
