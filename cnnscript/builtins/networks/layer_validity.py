"""checkLayer: a layer of the script's tried on random numbers, and what its functions do wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.networks.custom_layers import LayerCall, custom_layer, is_custom
from cnnscript.builtins.networks.data_layouts import DataLayout
from cnnscript.builtins.networks.network_objects import LayerObject
from cnnscript.builtins.registry import builtin
from cnnscript.code.traces import explained
from cnnscript.engine.function_layers import CustomLayer, ScriptLayer
from cnnscript.engine.layers import Size, Steps, Vector
from cnnscript.engine.recording import Recording
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray
from cnnscript.values.numeric import as_array, class_of, is_cell, norm, size_text

OBSERVATIONS = 2  # of the tests with several
STEP, TOLERANCE = 1e-6, 1e-4  # of differences of doubles: the way between two points, the relative error let pass
TRIED = 60  # elements of an input or a learnable whose derivative is compared
WITHOUT_OBSERVATIONS = """Skipping multi-observation tests. To enable tests with multiple observations, specify the \
'ObservationDimension' option.
For 2-D image data, set 'ObservationDimension' to 4.
For 3-D image data, set 'ObservationDimension' to 5.
For sequence data, set 'ObservationDimension' to 2.
"""
WITHOUT_CODEGEN = """Skipping code generation compatibility tests. To check validity of the layer for code generation, \
specify the 'CheckCodegenCompatibility' and 'ObservationDimension' options.
"""
SKIPPED = 10  # tests that a GPU or code generation would take
RULE = "=" * 80
NOT_THE_SLOPE = (
    "The derivative '{}' for 'backward' is inconsistent with the numerical gradient. Either '{}' is incorrectly "
    "computed, the function is non-differentiable at some input points, or the error tolerance is too small."
)


@builtin(name="checkLayer")
def check_layer(session, layer, /, *sizes, ObservationDimension=None, CheckCodegenCompatibility=False):  # noqa: N803
    """
    checkLayer(layer,layout1,...,layoutN)
    checkLayer(layer,validInputSize)
    checkLayer(...,Name=Value)

    Try a custom layer or a function layer on random numbers, and print what its functions do wrong.

    layout1 to layoutN are networkDataLayout objects, one for each input; validInputSize is the size of one observation,
    or a cell array of such sizes. The functions must run and give arrays of the right sizes and classes, and the
    derivatives of backward must be those of predict: they are compared with differences, of 60 numbers of each array
    at most. There are no tests of GPUs and of code generation: they count as skipped. The tests are those that
    MathWorks' page "Check Custom Layer Validity" lists.

    Options
      ObservationDimension       the dimension of the observations: 4 for images, 2 for sequences (channels x
                                 observations x steps) and features. With it several observations are tried, too
      CheckCodegenCompatibility  false: code generation is not in cnnscript

    Examples
      >> said = evalc("checkLayer(functionLayer(@(X) 2*X),[4 4 3],'ObservationDimension',4)");
      >> contains(said,'18 Passed, 0 Failed, 0 Incomplete, 10 Skipped.')
      ans =
        logical
         1

    See also functionLayer, networkDataLayout, dlnetwork, assembleNetwork.
    """
    if take.flag(CheckCodegenCompatibility, "CheckCodegenCompatibility"):
        raise ScriptError("cnnscript:NotYet", "Code generation is not in cnnscript.",
                          hint="leave out 'CheckCodegenCompatibility'")  # fmt: skip
    described = checked_kind(layer)
    by_layout = bool(sizes) and isinstance(sizes[0], DataLayout)
    observed = by_layout or ObservationDimension is not None
    forms, lengths = inputs_of(described, sizes, ObservationDimension)
    out = session.out
    if not observed:
        out.write(WITHOUT_OBSERVATIONS + "\n")
    if by_layout and not (isinstance(described, CustomLayer) and described.begin is not None):
        out.write("Skipping initialization tests. The layer does not have an initialize function.\n\n")
    out.write("Skipping GPU tests. No compatible GPU device found.\n\n" + WITHOUT_CODEGEN + "\n")
    settled = replace(described, vectors=True).settled(*(
        {"CBT": Steps, "CB": Vector, "SSCB": tuple}[form](size) for form, size in zip(forms, lengths, strict=True)
    ))  # fmt: skip
    report(out, Trial(settled, forms, lengths), observed)


def checked_kind(layer: Any) -> ScriptLayer:
    """The description of a layer that can be checked."""
    if is_custom(layer):
        described = custom_layer(layer)
        if described.is_output:
            raise ScriptError(
                "cnnscript:NotYet", "checkLayer of output layers is not in cnnscript yet.",
                notes=(f"{described.custom_class} ends a network",),
            )  # fmt: skip
        if described.nested:
            raise ScriptError(
                "cnnscript:NotYet", "checkLayer of layers with networks inside is not in cnnscript yet.",
                notes=(f"{described.custom_class} has {len(described.nested)} learnables of a network",),
            )  # fmt: skip
        return described
    if isinstance(layer, LayerObject) and isinstance(layer.layer, ScriptLayer):
        return layer.layer
    raise ScriptError(
        "nnet_cnn:checkLayer:InvalidLayer", "Layer must be a custom layer or a function layer.",
        notes=(f"got a {class_of(layer)}",),
    )  # fmt: skip


def inputs_of(layer: ScriptLayer, sizes: Sequence[Any], dimension: Any) -> tuple[list[str], list[Size]]:
    """The form of each input, and its height (steps), width and channels."""
    wanted = len(layer.input_names)
    if sizes and all(isinstance(size, DataLayout) for size in sizes):
        given: list[Any] = list(sizes)
    elif len(sizes) == 1:
        given = sizes[0].ravel("F").tolist() if is_cell(sizes[0]) else [sizes[0]]
    else:
        raise ScriptError("MATLAB:minrhs" if not sizes else "MATLAB:TooManyInputs",
                          "Not enough input arguments." if not sizes else "Too many input arguments.",
                          notes=("after the layer come layouts, or one valid input size",))  # fmt: skip
    if len(given) != wanted:
        raise ScriptError(
            "nnet_cnn:checkLayer:WrongNumberOfSizes",
            "The number of input sizes must match the number of inputs of the layer.",
            notes=(f"got {len(given)}, the layer has {wanted}",),
        )
    if not isinstance(given[0], DataLayout) and layer.call.formatted:
        raise ScriptError(
            "nnet_cnn:checkLayer:FormattableNeedsLayout",
            "To check a layer that inherits from nnet.layer.Formattable, specify networkDataLayout objects.",
            hint='checkLayer(layer,networkDataLayout([28 28 3 NaN],"SSCB"))',
        )
    found = [of_layout(one) if isinstance(one, DataLayout) else of_size(one, dimension) for one in given]
    return [form for form, _ in found], [size for _, size in found]


def of_layout(layout: DataLayout) -> tuple[str, Size]:
    size = layout.entering_size()
    return "CBT" if isinstance(size, Steps) else "CB" if isinstance(size, Vector) else "SSCB", size


def of_size(size: Any, dimension: Any) -> tuple[str, Size]:
    lengths = [int(n) for n in np.asarray(take.vector(size, "validInputSize"), float).ravel()]
    at = 4 if dimension is None else int(take.number(dimension, "ObservationDimension"))
    if at == 4 and len(lengths) <= 3:
        height, width, channels = (*lengths, 1, 1)[:3]
        return "SSCB", (height, width, channels)
    if at == 2 and len(lengths) == 3:
        return "CBT", (lengths[2], 1, lengths[0])
    if at == 2 and len(lengths) <= 2:
        return "CB", (1, 1, lengths[0])
    raise ScriptError(
        "nnet_cnn:checkLayer:InvalidSize",
        "The valid input size must be that of an observation of images, sequences or features.",
        notes=(f"it has {len(lengths)} dimensions, and ObservationDimension is {at}",),
        hint="[height width channels] and 4; [channels 1 steps] and 2; [channels 1] and 2",
    )


# ---------------------------------------------------------------------------------------------------------------- tests
class Trial:
    """A layer with random inputs.  Every test gives what is wrong, '' for nothing."""

    def __init__(self, layer: ScriptLayer, forms: Sequence[str], sizes: Sequence[Size]):
        self.layer, self.call, self.forms, self.sizes = layer, layer.call, forms, sizes
        self.names = (*layer.learnables, *layer.state)
        self.random = np.random.default_rng(0)

    # ------------------------------------------------------------------------------------------------------ ingredients
    def inputs(self, count: int, kind: str = "double") -> list[np.ndarray]:
        made = []
        for form, (height, width, channels) in zip(self.forms, self.sizes, strict=True):
            shape = {"SSCB": (height, width, channels, count), "CB": (channels, count),
                     "CBT": (channels, count, height)}[form]  # fmt: skip
            made.append(np.asfortranarray(self.random.normal(size=shape).astype(DTYPES[kind])))
        return made

    def numbers(self, kind: str = "double") -> list[np.ndarray]:
        return [np.asfortranarray(one.astype(DTYPES[kind])) for one in self.layer.numbers]

    def results(self, inputs: list[np.ndarray], numbers: list[np.ndarray], training: bool) -> list[Any]:
        """What predict or forward gives, as values."""
        if self.call.plain:
            return self.call.results(training, self.call.values_of(numbers), [norm(x) for x in inputs])
        values = [self.call.labelled(DLArray(norm(x)), form) for x, form in zip(inputs, self.forms, strict=True)]
        return self.call.results(training, self.call.values_of(numbers), values)

    def arrays(self, results: list[Any]) -> list[np.ndarray]:
        return [self.call.array_of(value, self.call.form_of(value, self.forms))
                for value in results[: self.call.outputs]]  # fmt: skip

    # ------------------------------------------------------------------------------------------------------------ tests
    def syntaxes(self) -> str:
        if not isinstance(self.call, LayerCall):
            return ""
        wrong = []
        for name, least in (("predict", self.call.outputs), ("forward", self.call.outputs),
                            ("backward", len(self.forms))):  # fmt: skip
            method = getattr(self.call, name)
            if method is None:
                continue
            node, inputs = method.node, len(self.forms)
            wanted = 1 + inputs + (2 * self.call.outputs + self.call.states + 1 if name == "backward" else 0)
            open_ended = bool(node.parameters) and node.parameters[-1].name == "varargin"
            if not open_ended and len(node.parameters) != wanted:
                wrong.append(f"Incorrect number of input arguments for '{name}'. Expected {wanted}, "
                             f"but there are {len(node.parameters)}.")  # fmt: skip
            several = bool(node.outputs) and node.outputs[-1].name == "varargout"
            if not several and len(node.outputs) < least:
                wrong.append(f"Incorrect number of output arguments for '{name}'. Expected {least}, "
                             f"but there are {len(node.outputs)}.")  # fmt: skip
        return "\n".join(wrong)

    def runs(self, count: int, training: bool) -> str:
        found = self.arrays(self.results(self.inputs(count), self.numbers(), training))
        axis = {"SSCB": 3, "CB": 1, "CBT": 1}[self.forms[0]]
        if not self.call.formatted and any(one.shape[axis] != count for one in found):
            return (f"Incorrect size of 'Z' for '{word(training)}'. It must have {count} observations, and is "
                    f"[{size_text(found[0].shape, ' ')}].")  # fmt: skip
        return ""

    def same_sizes(self, count: int) -> str:
        first, second = (self.arrays(self.results(self.inputs(count), self.numbers(), way)) for way in (False, True))
        if [one.shape for one in first] != [one.shape for one in second]:
            return "The outputs of 'predict' and 'forward' are inconsistent in size."
        return ""

    def type_kept(self, training: bool, kind: str, count: int = 1) -> str:
        found = self.arrays(self.results(self.inputs(count, kind), self.numbers(kind), training))
        wrong = [one for one in found if one.dtype != DTYPES[kind]]
        if wrong:
            got = "single" if wrong[0].dtype == np.float32 else wrong[0].dtype.name
            return f"Incorrect type of 'Z' for '{word(training)}'. Expected type: {kind}. Actual type: {got}."
        return ""

    def states(self, training: bool) -> str:
        if not self.call.states:
            return ""
        found = self.results(self.inputs(1), self.numbers(), training)[self.call.outputs :][: self.call.states]
        if len(found) < self.call.states:
            return f"'{word(training)}' must return a value for each state parameter."
        held = self.numbers()[len(self.layer.learnables) :]
        for name, value, before in zip(self.layer.state, found, held, strict=True):
            if self.call.array_of(value, "").shape != before.shape:
                return f"Incorrect size of state '{name}' for '{word(training)}'."
        return ""

    def slopes(self, count: int, kind: str = "double") -> tuple[list[np.ndarray], list[str], Callable[[list], float]]:
        """The derivatives of a random sum of the outputs by inputs and learnables, what they are called, and the sum
        itself as a function of both."""
        inputs, numbers = self.inputs(count, kind), self.numbers(kind)
        results = self.results(inputs, numbers, self.call.has_backward and self.call.forward is not None)
        outputs = self.arrays(results)
        weights = [self.random.normal(size=one.shape).astype(one.dtype) for one in outputs]
        learned = len(self.layer.learnables)

        def total(given: list[np.ndarray]) -> float:
            held = [*given[len(inputs) :], *numbers[learned:]]
            found = self.arrays(self.results(given[: len(inputs)], held, False))
            return float(sum((one * weight).sum() for one, weight in zip(found, weights, strict=True)))

        labels = ["dLdX" if len(inputs) == 1 else f"dLdX{k}" for k in range(1, len(inputs) + 1)]
        labels += [f"dLd{name}" for name in self.layer.learnables]
        self.at = [*inputs, *numbers[:learned]]
        if self.call.has_backward:
            memory = results[-1] if len(results) > self.call.outputs + self.call.states else np.zeros((0, 0))
            states = [np.zeros_like(one) for one in numbers[learned:]]
            values = [norm(np.asfortranarray(one)) for one in (*inputs, *outputs, *weights, *states)]
            wanted = len(labels)
            instance = self.call.with_numbers(self.call.values_of(numbers))
            found = self.call.backward.call(wanted, instance, *values, memory)
            found = list(found) if isinstance(found, tuple) else [found]
            return [as_array(one.value if isinstance(one, DLArray) else one) for one in found], labels, total
        return self.by_tape(inputs, numbers, weights), labels, total

    def by_tape(self, inputs: list[np.ndarray], numbers: list[np.ndarray], weights: list[np.ndarray]
                ) -> list[np.ndarray]:  # fmt: skip
        from cnnscript.engine.recording import as_tensor
        from cnnscript.engine.tensorflow_start import tensorflow

        tf = tensorflow()
        with Recording() as recording:
            records = [recording.begin(x) for x in (*inputs, *numbers)]
            given = [self.call.labelled(DLArray(None, "", one), form)
                     for one, form in zip(records, self.forms, strict=False)]  # fmt: skip
            held = [DLArray(None, "", one) for one in records[len(inputs) :]]
            found = self.call.results(False, held, given)[: self.call.outputs]
            targets = [one.record.tensor for one in found if isinstance(one, DLArray) and one.record is not None]
            losses = [tf.reshape(tf.cast(as_tensor(weight), target.dtype), target.shape)
                      for weight, target in zip(weights, targets, strict=False)]  # fmt: skip
            slopes = recording.tape.gradient(targets, [one.tensor for one in records], losses)
        made = []
        for slope, source in zip(slopes, (*inputs, *numbers), strict=True):
            array = np.zeros(source.shape) if slope is None else tf.convert_to_tensor(slope).numpy().T
            made.append(array.reshape(source.shape, order="F"))
        return made[: len(inputs) + len(self.layer.learnables)]

    def back_runs(self, count: int) -> str:
        self.slopes(count)
        return ""

    def back_sizes(self, count: int) -> str:
        found, labels, _ = self.slopes(count)
        wrong = []
        for slope, label, source in zip(found, labels, self.at, strict=False):
            rank = max(slope.ndim, source.ndim)
            if slope.shape + (1,) * (rank - slope.ndim) != source.shape + (1,) * (rank - source.ndim):
                sizes = [size_text(one.shape, " ") for one in (source, slope)]
                wrong.append("Incorrect size of '{}' for 'backward'. Expected size: [{}]. Actual size: [{}].".format(
                    label, *sizes))  # fmt: skip
        return "\n".join(wrong)

    def back_types(self, kind: str) -> str:
        found, labels, _ = self.slopes(1, kind)
        wrong = [f"Incorrect type of '{label}' for 'backward'. Expected type: {kind}."
                 for slope, label in zip(found, labels, strict=False) if slope.dtype != DTYPES[kind]]  # fmt: skip
        return "\n".join(wrong)

    def slopes_right(self, count: int) -> str:
        found, labels, total = self.slopes(count)
        wrong = []
        for k, (slope, label) in enumerate(zip(found, labels, strict=False)):
            source = self.at[k]
            if slope.size != source.size:
                return f"Incorrect size of '{label}' for 'backward'."
            told = slope.astype(float).ravel("F")
            places = self.random.permutation(source.size)[:TRIED]
            measured = np.array([self.difference(total, k, int(place)) for place in places])
            if not np.allclose(told[places], measured, rtol=TOLERANCE, atol=TOLERANCE * max(1, abs(measured).max())):
                wrong.append(NOT_THE_SLOPE.format(label, label))
        return "\n".join(wrong)

    def difference(self, total: Callable[[list], float], k: int, place: int) -> float:
        ends = []
        for step in (STEP, -STEP):
            moved = self.at[k].copy(order="F")
            moved.ravel(order="K")[place] += step
            ends.append(total([*self.at[:k], moved, *self.at[k + 1 :]]))
        return (ends[0] - ends[1]) / (2 * STEP)


DTYPES = {"single": np.dtype(np.float32), "double": np.dtype(np.float64)}


def word(training: bool) -> str:
    return "forward" if training else "predict"


def tests_of(trial: Trial, observed: bool) -> list[tuple[str, Callable[[], str]]]:
    """The tests by name, those of one observation, then those of several."""
    kinds = ("single", "double")
    tests: list[tuple[str, Callable[[], str]]] = [
        ("functionSyntaxesAreCorrect", trial.syntaxes),
        ("predictDoesNotError", lambda: trial.runs(1, False)),
        ("forwardDoesNotError", lambda: trial.runs(1, True)),
        ("forwardPredictAreConsistentInSize", lambda: trial.same_sizes(1)),
        *((f"predictIsConsistentInType(precision={kind})", lambda kind=kind: trial.type_kept(False, kind))
          for kind in kinds),
        *((f"forwardIsConsistentInType(precision={kind})", lambda kind=kind: trial.type_kept(True, kind))
          for kind in kinds),
        ("predictReturnsValidStates", lambda: trial.states(False)),
        ("forwardReturnsValidStates", lambda: trial.states(True)),
    ]  # fmt: skip
    several = OBSERVATIONS
    more: list[tuple[str, Callable[[], str]]] = [
        ("predictDoesNotError(observations=multiple)", lambda: trial.runs(several, False)),
        ("forwardDoesNotError(observations=multiple)", lambda: trial.runs(several, True)),
        ("forwardPredictAreConsistentInSize(observations=multiple)", lambda: trial.same_sizes(several)),
        ("predictIsConsistentInType(observations=multiple)", lambda: trial.type_kept(False, "single", several)),
    ]
    name = "backwardDoesNotError" if trial.call.has_backward else "backwardPropagationDoesNotError"
    tests += [(name, lambda: trial.back_runs(1)), ("gradientsAreNumericallyCorrect", lambda: trial.slopes_right(1))]
    more += [
        (f"{name}(observations=multiple)", lambda: trial.back_runs(several)),
        ("gradientsAreNumericallyCorrect(observations=multiple)", lambda: trial.slopes_right(several)),
    ]
    if trial.call.has_backward:
        tests += [("backwardIsConsistentInSize", lambda: trial.back_sizes(1))]
        tests += [(f"backwardIsConsistentInType(precision={kind})", lambda kind=kind: trial.back_types(kind))
                  for kind in kinds]  # fmt: skip
        more += [("backwardIsConsistentInSize(observations=multiple)", lambda: trial.back_sizes(several))]
    return tests + more if observed else tests


def report(out: Any, trial: Trial, observed: bool) -> None:
    """Run the tests, and print what MATLAB's test runner prints."""
    group = "nnet.checklayer.TestLayerWith" + ("" if trial.call.has_backward else "out") + "Backward"
    begun = time.perf_counter()
    out.write(f"Running {group}\n")
    tests = tests_of(trial, observed)
    failed: list[str] = []
    line = ""
    for number, (name, test) in enumerate(tests):
        wrong = outcome(test)
        line += " " * (number > 0 and number % 10 == 0) + "."
        if wrong:
            failed.append(f"{group}/{name}")
            shown = "\n".join("    " + part for part in ("-" * 16, "Test Diagnostic:", "-" * 16, *wrong.splitlines()))
            out.write(f"{line}\n{RULE}\nVerification failed in {failed[-1]}.\n{shown}\n{RULE}\n")
            line = ""
    out.write(f"{line}\nDone {group}\n__________\n\n")
    if failed:
        width = max(map(len, failed))
        out.write(f"Failure Summary:\n\n     {'Name':<{width}}  Failed  Incomplete  Reason(s)\n"
                  f"    {'=' * (width + 45)}\n")  # fmt: skip
        for name in failed:
            out.write(f"     {name:<{width}}    X                 Failed by verification.\n")
        out.write("\n")
    more = 0 if observed else len(tests_of(trial, True)) - len(tests)
    passed, elapsed = len(tests) - len(failed), time.perf_counter() - begun
    out.write(f"Test Summary:\n\t {passed} Passed, {len(failed)} Failed, 0 Incomplete, {SKIPPED + more} Skipped.\n")
    out.write(f"\t Time elapsed: {elapsed:.5g} seconds.\n\n")


def outcome(test: Callable[[], str]) -> str:
    """What is wrong: what the test finds, or the fault of the layer's function with its place."""
    try:
        return test()
    except ScriptError as fault:
        told = explained(fault)
        if told.span is None:
            return told.message
        place = told.span.source.place(told.span.line, told.span.column)
        return f"The function threw an error:\n{told.message}\n{place}"
