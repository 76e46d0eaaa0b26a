"""Metrics as scripts name them (names, objects, functions) as the metrics of the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.builtins.training.metric_objects import BY_NAME, MetricObject
from cnnscript.engine.recorded_networks import leaving
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.training import metrics
from cnnscript.engine.training.goals import loss_by_name
from cnnscript.engine.training.metrics import Metric
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray
from cnnscript.values.functions import Function
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import EMPTY, OBJECT, as_array, is_cell, is_numeric, numel_of
from cnnscript.values.text import String, string_array, text_or_none, texts_or_none

# losses that are told as metrics: name → what tables call them
LOSSES = {
    "crossentropy": "CrossEntropy", "index-crossentropy": "IndexCrossEntropy", "indexcrossentropy": "IndexCrossEntropy",
    "binary-crossentropy": "BinaryCrossEntropy", "mae": "MAE", "mean-absolute-error": "MAE", "l1loss": "MAE",
    "mse": "MSE", "mean-squared-error": "MSE", "l2loss": "MSE", "huber": "Huber",
}  # fmt: skip
NAMES = (*BY_NAME, *LOSSES)
OF_CLASS = "deep.Metric"


def checked(value: Any) -> Any:
    """Metrics as options keep them: [], strings, an object, a function, or a cell of such."""
    if type(value) in (MetricObject, Function) or is_own(value):
        return value
    if numel_of(value) == 0:
        return EMPTY
    if is_cell(value):
        items = [checked(one) for one in value.ravel("F").tolist()]
        if all(texts_or_none(one) is not None for one in items):
            words = [word for one in items for word in texts_or_none(one) or []]
            return string_array(words, (1, len(words)))
        made = np.empty((1, len(items)), OBJECT)
        for k, item in enumerate(items):
            made[0, k] = item
        return made
    if text_or_none(value) is None and type(value) is not String:
        raise ScriptError(
            "nnet_cnn:trainingOptions:InvalidMetrics",
            "Expected input to be a name, a metric object, a function handle, or a string or cell array of them.",
            notes=(f"got {take.described(value)}",),
            hint="names are " + ", ".join(f"'{name}'" for name in BY_NAME),
        )
    words = [take.choice(word, NAMES, "input") for word in take.texts(value, "input")]
    return string_array(words, (1, len(words)))


def is_own(value: Any) -> bool:
    """Is it an object of a class of metrics of the script?"""
    return type(value) is Instance and OF_CLASS in value.ancestors


@dataclass(frozen=True)
class Chosen:
    """One metric: its name where it has one, and what it is called."""

    value: Any
    title: str

    @property
    def maximize(self) -> bool | None:
        """Is more better?  None where nobody knows."""
        if type(self.value) is MetricObject:
            return self.value.values["Maximize"]
        if is_own(self.value):
            larger = self.value.get("Maximize")
            return None if numel_of(larger) == 0 else bool(as_array(larger).item())
        return None if type(self.value) is Function else False

    def answers_to(self, word: str) -> bool:
        """Is it meant by such a name?"""
        names = {self.title.lower()}
        if type(self.value) is str:
            names.add(self.value)
        if type(self.value) is MetricObject:
            names |= {name for name, kind in BY_NAME.items() if kind == self.value.kind}
        return word.lower() in names

    def measure(self, session: Any, labels: str) -> Metric:
        """What the engine computes.  labels: of the output that it looks at."""
        if type(self.value) is MetricObject:
            return self.value.measure()
        if type(self.value) is str:
            return metrics.of_loss(self.title, lambda y, t: loss_by_name(self.value, t.dtype.is_integer)(y, t))
        if type(self.value) is Function:
            return metrics.of_function(self.title, lambda y, t: called(session, self.value, labels, y, t))
        return Metric(self.title, metrics.kept_whole, lambda parts: evaluated(self.value, labels, parts), self.maximize)


def chosen(value: Any, unique: bool = True) -> list[Chosen]:
    """Metrics that were checked, one by one.  ScriptError where two are called alike but must be `unique`."""
    if type(value) in (MetricObject, Function) or is_own(value):
        items = [value]
    elif is_cell(value):
        items = value.ravel("F").tolist()
    else:
        items = [] if numel_of(value) == 0 else [value]
    found: list[Chosen] = []
    for item in items:
        for one in texts_or_none(item) or [item]:
            if type(one) is str and one in BY_NAME:
                one = MetricObject.of(BY_NAME[one], {})
            found.append(Chosen(one, title_of(one, len(found) + 1)))
    titles = [one.title for one in found]
    double = next((title for title in titles if titles.count(title) > 1), None)
    if unique and double is not None:
        raise ScriptError(
            "nnet_cnn:trainingOptions:DuplicateMetricNames", "Metrics must have unique names.",
            notes=(f"'{double}' is there more than once",), hint="accuracyMetric(Name='Another') has its own",
        )  # fmt: skip
    return found


def title_of(item: Any, place: int) -> str:
    """What tables call a metric: functions by their names, anonymous ones by their place."""
    if type(item) is MetricObject:
        return item.title
    if type(item) is str:
        return LOSSES[item]
    if type(item) is Function:
        return f"Metric{place}" if item.anonymous else item.text
    return text_or_none(item.get("Name")) or item.class_name.rpartition(".")[2]


def measures(session: Any, found: Sequence[Chosen], output: str, labels: str) -> tuple[Metric, ...]:
    """The metrics of the engine.  output: the name of the network's one output, and its labels."""
    for one in found:
        word = network_output(one)
        if word and word != output:
            raise ScriptError(
                "nnet_cnn:metric:InvalidNetworkOutput",
                f"The network has no output '{word}'.",
                notes=(f"it is the NetworkOutput of the metric '{one.title}'", f"the output is '{output}'"),
            )
    return tuple(one.measure(session, labels) for one in found)


def network_output(one: Chosen) -> str:
    """The name of the output that a metric looks at, '' where it has none."""
    of_object = type(one.value) is MetricObject or is_own(one.value)
    return (text_or_none(one.value.get("NetworkOutput")) or "") if of_object else ""


def labelled(array: np.ndarray, labels: str) -> DLArray:
    """N×h×w×c as a dlarray."""
    tensor = tensorflow().constant(array)
    return DLArray(DLArray(None, labels, leaving(tensor, labels)).value, labels)


def called(session: Any, function: Function, labels: str, outputs: np.ndarray, targets: np.ndarray) -> float:
    """metric = f(Y,T)."""
    return number(session.call(function, 1, labelled(outputs, labels), labelled(targets, labels)), function.text)


def evaluated(metric: Instance, labels: str, parts: metrics.Parts) -> float:
    """A metric of a class of the script: reset, an update for each batch, evaluate."""
    definition = metric.definition

    def call(name: str, *arguments: Any) -> Any:
        method = definition.find_method(name)
        if method is None:
            raise ScriptError(
                "nnet_cnn:metric:MissingMethod",
                f"The class '{metric.class_name}' has no function '{name}'.",
                hint="a metric needs reset, update, aggregate and evaluate",
            )
        return method.call(1, *arguments)

    for k, part in enumerate(parts):
        outputs, targets = (labelled(one, labels) for one in part)
        if not k:
            metric = call("initialize", metric, outputs, targets) if definition.find_method("initialize") else metric
            metric = call("reset", metric)
        metric = call("update", metric, outputs, targets)
    return number(call("evaluate", metric), metric.class_name)


def number(value: Any, source: str) -> float:
    plain = value.value if type(value) is DLArray else value
    if not is_numeric(plain) or numel_of(plain) != 1:
        raise ScriptError(
            "nnet_cnn:metric:InvalidValue", "A metric must give a numeric scalar.",
            notes=(f"{source} gave {take.described(value)}",),
        )  # fmt: skip
    return float(as_array(plain).item())
