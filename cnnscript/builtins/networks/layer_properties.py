"""Reading and changing the properties of one layer, by MATLAB's names.

A layer's numbers that no network holds yet (Weights given to a constructor, or set by a script) are arrays in MATLAB's
shapes, by name, beside its description.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.engine.input_layers import FeatureInput
from cnnscript.engine.layers import Layer, field_name
from cnnscript.engine.recurrent_layers import Recurrent
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.from_python import from_python
from cnnscript.values.numeric import EMPTY, OBJECT, as_array, class_of, norm, numel_of
from cnnscript.values.text import cell_of_texts, texts_or_none

Given = Mapping[str, np.ndarray]
STATISTICS = ("Mean", "StandardDeviation", "Min", "Max")
NORMALIZATIONS = ("zerocenter", "zscore", "rescale-symmetric", "rescale-zero-one", "none")
CHECKS: dict[str, checks.Check] = {
    "Name": checks.name,
    **{name: checks.statistic for name in STATISTICS},
    "Normalization": checks.one_of(*NORMALIZATIONS),
    "NormalizationDimension": checks.one_of("auto", "channel", "element", "all"),
    "MeanDecay": checks.between,
    "VarianceDecay": checks.between,
    "Epsilon": checks.positive,
    "DropoutProbability": checks.fraction,
    "AttentionMask": checks.one_of("none", "causal"),
}


def cell_row(texts: tuple[str, ...]) -> np.ndarray:
    """A 1×n cell of char rows."""
    cell = np.empty((1, len(texts)), OBJECT)
    cell[0, :] = texts
    return cell


def class_categories(names: tuple[str, ...], codes: np.ndarray) -> Categorical:
    """A categorical whose categories are a network's classes in their order; codes count from 1."""
    return Categorical(codes, list(names))


def value_of(layer: Layer, name: str) -> Any:
    """A property of a description, by MATLAB's name, as a value of the language; KeyError when it has none."""
    if name == "AverageImage" and "Mean" in layer.property_names():  # its name before R2019b
        name = "Mean"
    if name == "ClassNames" and "Classes" in layer.property_names():  # a cell of texts before R2018b
        return cell_of_texts(layer.property("Classes") or ())
    value = layer.property(name)
    if name == "Classes":
        return class_categories(value, np.arange(1, len(value) + 1).reshape(-1, 1)) if value else "auto"
    if name == "ClassWeights" and not isinstance(value, str):
        return norm(np.array(value, float).reshape(-1, 1))
    if name == "ResponseNames":
        return cell_row(value) if value else np.empty((0, 0), OBJECT)
    if name == "KerasConfiguration":
        return from_python(json.loads(json.dumps(value, default=str)))
    if name == "DataAugmentation" and isinstance(value, tuple):
        return cell_row(value)
    if name in STATISTICS:
        if value is None:
            return EMPTY
        array = np.array(value, np.float32)
        if isinstance(layer, FeatureInput) and array.ndim and not getattr(layer, "image_size", ()):
            return norm(array.reshape(-1, 1))  # one of each feature
        return norm(array.reshape(1, 1, -1) if array.ndim == 1 else np.asfortranarray(array))
    return matlab_value(value)


def matlab_value(value: Any) -> Any:
    """A field of a description as a value of the language."""
    if isinstance(value, bool) or type(value) is str:
        return value
    if isinstance(value, (int, float)):
        return float(value)
    if value is None:
        return EMPTY
    return norm(np.array([value], float)) if isinstance(value, tuple) else value


def changed(layer: Layer, given: Given, name: str, value: Any) -> tuple[Layer, Given]:
    """The layer, and the numbers it was given, after `layer.NAME = value`.

    Raises ScriptError when the value does not suit, or the property is read-only; KeyError when there is none.
    """
    if name in (*layer.learnables, *layer.state):
        return with_parameter(layer, given, name, value)
    defaults = layer.defaults_of_learning()
    if name in defaults:
        return layer.with_learning(**{name: learning_check(layer, name)(value)}), given
    if name not in layer.property_names():
        raise KeyError(name)
    if name == "Classes" and "Classes" in layer.settable:
        return replace(layer, classes=class_names(value)), given  # type: ignore[call-arg]
    if name == "ClassWeights" and name in layer.settable:
        return replace(layer, class_weights=class_weights(value, layer.property("Classes"))), given  # type: ignore[call-arg]
    if name == "ResponseNames" and name in layer.settable:
        return replace(layer, response_names=tuple(take.texts(value, name))), given  # type: ignore[call-arg]
    if name != "Name" and name not in layer.settable:
        raise ScriptError(
            "MATLAB:class:SetProhibited",
            f"Unable to set the '{name}' property of class '{layer.matlab_class}' because it is read-only.",
        )
    return replace(layer, **{field_name(name): CHECKS[name](value)}), given


def learning_check(layer: Layer, name: str) -> checks.Check:
    """What a property of learning accepts: a factor, or an initialiser."""
    if not name.endswith("Initializer"):
        if isinstance(layer, Recurrent):  # a factor for all gates, or one for each
            return checks.factors(layer.gates * layer.directions)
        return checks.nonnegative
    parameter = name.removesuffix("Initializer")
    return checks.initializer_of(parameter, layer.defaults_of_learning()[name])


def with_parameter(layer: Layer, given: Given, name: str, value: Any) -> tuple[Layer, Given]:
    """The layer after one of its parameters was given numbers, or none ([])."""
    array = checks.parameter(layer.accepted_shapes()[name])(value)
    if array is None:
        return layer, {**given, name: EMPTY}
    return layer.told_by(name, array.shape), {**given, name: array}


def class_names(value: Any) -> tuple[str, ...]:
    """Classes of an output layer: 'auto' (none yet), or a categorical, string or cell array of texts."""
    if type(value) is Categorical:
        names = tuple(value.texts())
    else:
        texts = texts_or_none(value)
        if texts is None:
            raise ScriptError(
                "nnet_cnn:layer:ClassificationOutputLayer:InvalidClasses",
                "Expected Classes to be 'auto', a categorical array, a string array, or a cell array of character "
                f"vectors. Instead its type was {class_of(value)}.",
            )
        if len(texts) == 1 and texts[0].lower() == "auto" and type(value) is not np.ndarray:
            return ()
        names = tuple(texts)
    twice = next((each for each in names if names.count(each) > 1), None) if len(set(names)) < len(names) else None
    if twice is not None:
        raise ScriptError(
            "nnet_cnn:layer:ClassificationOutputLayer:DuplicateClasses",
            "Classes must be unique.",
            notes=(f"'{twice}' occurs twice",),
        )
    return names


def class_weights(value: Any, classes: tuple[str, ...]) -> str | tuple[float, ...]:
    """ClassWeights: 'none', or a positive number for each class."""
    if texts_or_none(value) is not None:
        return checks.one_of("none")(value)
    weights = checks.numbers(value)
    if (weights <= 0).any():
        raise checks.refused("positive", "expectedPositive", value)
    if not classes:
        raise ScriptError(
            "nnet_cnn:layer:ClassificationOutputLayer:ClassWeightsWithoutClasses",
            "To specify class weights, you must also specify the classes.",
            hint="give the classes, too: classificationLayer('Classes',names,'ClassWeights',weights)",
        )
    if numel_of(as_array(value)) != len(classes):
        raise ScriptError(
            "nnet_cnn:layer:ClassificationOutputLayer:InvalidClassWeights",
            "The number of class weights must match the number of classes.",
            notes=(f"got {weights.size} weights for {len(classes)} classes",),
        )
    return tuple(weights.ravel("F").tolist())
