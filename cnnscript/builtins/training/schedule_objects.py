"""Schedules of learn rates: by name, as objects (warmupLearnRate and its kind), as functions and classes."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

import numpy as np

from cnnscript.builtins.networks.layer_checks import as_argument, nonnegative, positive, refused, scalar
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.training import option_checks as checks
from cnnscript.builtins.training.option_checks import inside
from cnnscript.engine.training import schedules
from cnnscript.engine.training.schedules import Part, Rate
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.instances import Instance
from cnnscript.values.named_values import NamedValues
from cnnscript.values.numeric import OBJECT, as_array, is_cell, is_numeric, numel_of
from cnnscript.values.text import string_array, text_or_none, texts_or_none

Check = checks.Check
NAMES = ("none", "piecewise", "warmup", "polynomial", "exponential", "cosine", "cyclical")
OF_CLASS = "deep.LearnRateSchedule"


# ------------------------------------------------------------------------------------------------------------- settings
def factor(value: Any) -> float:
    """A factor to which the rate goes; 0 is the smallest."""
    return nonnegative(value)


def growth(value: Any) -> float:
    """How much longer a period is than the one before; Inf: there is one only."""
    found = inf if checks.is_infinite(value) else scalar(value)
    if found < 1:
        raise refused("a scalar with value >= 1", "notGreaterEqual", value)
    return found


UNIT = checks.one_of("epoch", "iteration")
EPOCHS, ITERATIONS = ("epoch", UNIT), ("iteration", UNIT)

# class → properties: default and check, in the order in which they are shown; NumSteps without a check is fixed
KINDS: dict[str, dict[str, tuple[Any, Check | None]]] = {
    "warmupLearnRate": {
        "InitialFactor": (0.1, factor), "FinalFactor": (1.0, factor), "NumSteps": (5.0, checks.count),
        "FrequencyUnit": ITERATIONS,
    },
    "piecewiseLearnRate": {
        "DropFactor": (0.1, inside), "Period": (10.0, checks.count), "FrequencyUnit": EPOCHS, "NumSteps": (inf, None)
    },
    "polynomialLearnRate": {
        "InitialFactor": (1.0, factor), "FinalFactor": (0.0, factor), "Power": (1.0, positive),
        "NumSteps": (10.0, checks.count), "FrequencyUnit": EPOCHS,
    },
    "exponentialLearnRate": {
        "DropFactor": (0.1, inside), "Period": (1.0, checks.count), "FrequencyUnit": EPOCHS, "NumSteps": (inf, None)
    },
    "cosineLearnRate": {
        "InitialFactor": (1.0, factor), "FinalFactor": (0.0, factor), "Period": (10.0, checks.count),
        "PeriodGrowthFactor": (1.0, growth), "FrequencyUnit": EPOCHS, "NumSteps": (inf, None),
    },
    "cyclicalLearnRate": {
        "MaxFactor": (10.0, positive), "Period": (10.0, checks.count), "StepRatio": (0.5, inside),
        "FrequencyUnit": EPOCHS, "NumSteps": (inf, None),
    },
}  # fmt: skip
FACTORS: dict[str, Callable[[Callable[[str], Any]], schedules.Factor]] = {
    "warmupLearnRate": lambda get: schedules.power_law(get("InitialFactor"), get("FinalFactor"), 1, get("NumSteps")),
    "piecewiseLearnRate": lambda get: schedules.piecewise(get("DropFactor"), get("Period")),
    "polynomialLearnRate": lambda get: schedules.power_law(
        get("InitialFactor"), get("FinalFactor"), get("Power"), get("NumSteps")
    ),
    "exponentialLearnRate": lambda get: schedules.exponential(get("DropFactor"), get("Period")),
    "cosineLearnRate": lambda get: schedules.cosine(
        get("InitialFactor"), get("FinalFactor"), get("Period"), get("PeriodGrowthFactor")
    ),
    "cyclicalLearnRate": lambda get: schedules.cyclical(get("MaxFactor"), get("Period"), get("StepRatio")),
}


class LearnRateSchedule(NamedValues):
    """One of the kinds: a value whose properties can be changed."""

    def __init__(self, kind: str, values: dict[str, Any]):
        super().__init__(values)
        self.kind = kind
        self.class_name = kind  # type: ignore[misc]

    @classmethod
    def of(cls, kind: str, given: dict[str, Any]) -> LearnRateSchedule:
        made = cls(kind, {name: default for name, (default, _) in KINDS[kind].items()})
        for name in made.values:
            if given.get(name) is not None:
                made = made.set(name, given[name])
        return made

    @classmethod
    def kept(cls, kind: str, values: dict[str, Any]) -> LearnRateSchedule:
        """The schedule that a file holds.  Raises KeyError, ValueError where it is none."""
        if values.keys() != KINDS[kind].keys():
            raise ValueError(f"{sorted(values)} are not the properties of a {kind}")
        return cls(kind, values)

    def checked(self, name: str, value: Any) -> Any:
        check = KINDS[self.kind][name][1]
        if check is None:
            raise self.read_only(name)
        return as_argument(name, check, value)

    def rates(self) -> Part:
        """The factors of the rate, as the engine takes them."""
        by_iteration = self.values["FrequencyUnit"] == "iteration"
        return schedules.of_factor(FACTORS[self.kind](self.values.get), by_iteration, self.values["NumSteps"])


# --------------------------------------------------------------------------------------------------------- as an option
def checked(value: Any) -> Any:
    """A schedule as options keep it: a name, several names, an object, a function, or a cell of such."""
    if type(value) in (LearnRateSchedule, Function) or is_own(value):
        return value
    if is_cell(value) and numel_of(value):
        made = np.empty((1, numel_of(value)), OBJECT)
        for k, one in enumerate(value.ravel("F").tolist()):
            made[0, k] = checked(one)
            if text_or_none(made[0, k]) == "none":
                raise refused("schedules, of which 'none' is not one", "unrecognizedStringChoice", value)
        return made
    words = texts_or_none(value)
    if words is None:
        raise ScriptError(
            "nnet_cnn:trainingOptions:InvalidLearnRateSchedule",
            "Expected input to be a name, a learning rate schedule object, a function handle, or a string or cell "
            "array of them.",
            notes=(f"got {take.described(value)}",), hint="names are " + ", ".join(f"'{name}'" for name in NAMES),
        )  # fmt: skip
    if len(words) == 1:
        return take.choice(value, NAMES, "input")
    return string_array([take.choice(word, NAMES[1:], "input") for word in words], (1, len(words)))


def is_own(value: Any) -> bool:
    """Is it an object of a class of schedules of the script?"""
    return type(value) is Instance and OF_CLASS in value.ancestors


def parts_of(session: Any, value: Any, drop: float, period: float, epochs: int) -> list[Part]:
    """What was checked, as parts for the engine.

    drop, period  of 'piecewise' by name; epochs: of the whole training, over which named curves go
    """
    found: list[Part] = []
    for item in value.ravel("F").tolist() if is_cell(value) else texts_or_none(value) or [value]:
        word = text_or_none(item)
        if type(item) is Function:
            found.append(Part(lambda item=item: of_function(session, item)))
        elif is_own(item):
            steps = as_array(item.get("NumSteps"))
            by_iteration = text_or_none(item.get("FrequencyUnit")) == "iteration"
            found.append(Part(lambda item=item: of_object(item), by_iteration, float(steps.item())))
        elif type(item) is LearnRateSchedule:
            found.append(item.rates())
        elif word != "none":
            told = {"piecewise": {"DropFactor": drop, "Period": period}, "polynomial": {"NumSteps": float(epochs)},
                    "cosine": {"Period": float(epochs)}}.get(word or "", {})  # fmt: skip
            kind = f"{word}LearnRate"
            found.append(LearnRateSchedule(kind, LearnRateSchedule.of(kind, {}).values | told).rates())
    return found


def title_of(value: Any) -> str:
    """What plots call a schedule that was checked: 'Constant', 'Piecewise', 'Warmup, Cosine'."""
    words = []
    for item in value.ravel("F").tolist() if is_cell(value) else texts_or_none(value) or [value]:
        name = text_or_none(item) or (item.kind if type(item) is LearnRateSchedule else "custom")
        words.append("Constant" if name == "none" else name.removesuffix("LearnRate").capitalize())
    return ", ".join(words)


def of_function(session: Any, function: Function) -> Rate:
    """learnRate = f(initialLearnRate,epoch), asked once an epoch."""
    known: dict[int, float] = {}

    def rate(first: float, iteration: int, epoch: int) -> float:
        if epoch not in known:
            known[epoch] = as_rate(session.call(function, 1, first, float(epoch)), function.text)
        return known[epoch]

    return rate


def of_object(schedule: Instance) -> Rate:
    """[schedule,learnRate] = update(schedule,initialLearnRate,iteration,epoch), each time of what it was before."""
    update = schedule.definition.find_method("update")
    if update is None:
        raise ScriptError(
            "nnet_cnn:LearnRateSchedule:MissingMethod", f"The class '{schedule.class_name}' has no function 'update'."
        )

    def rate(first: float, iteration: int, epoch: int) -> float:
        nonlocal schedule
        schedule, found = update.call(2, schedule, first, float(iteration), float(epoch))
        return as_rate(found, schedule.class_name)

    return rate


def as_rate(value: Any, source: str) -> float:
    if not is_numeric(value) or numel_of(value) != 1 or not 0 <= float(as_array(value).item()) < inf:
        raise ScriptError(
            "nnet_cnn:LearnRateSchedule:InvalidLearnRate", "A learning rate must be a nonnegative finite scalar.",
            notes=(f"{source} gave {take.described(value)}",),
        )  # fmt: skip
    return float(as_array(value).item())


# ------------------------------------------------------------------------------------------------------------- builtins
@builtin(name="warmupLearnRate")
def warmup_learn_rate(session, /, *, InitialFactor=None, FinalFactor=None, NumSteps=None, FrequencyUnit=None):
    """
    schedule = warmupLearnRate
    schedule = warmupLearnRate(Name=Value)

    A learn rate that begins small: a schedule for the option LearnRateSchedule of trainingOptions.

    Options
      InitialFactor  what the first rate is multiplied by at the first step (0.1)
      FinalFactor    what it is multiplied by after the last one (1)
      NumSteps       how many steps that takes (5)
      FrequencyUnit  'iteration' or 'epoch': what a step is

    Examples
      >> schedule = warmupLearnRate(NumSteps=100)
      schedule =
        warmupLearnRate with properties:

          InitialFactor: 0.1000
            FinalFactor: 1
               NumSteps: 100
          FrequencyUnit: 'iteration'
      >> options = trainingOptions("adam",LearnRateSchedule={schedule,"cosine"});

    See also trainingOptions, cosineLearnRate, piecewiseLearnRate.
    """
    return LearnRateSchedule.of("warmupLearnRate", locals())


@builtin(name="piecewiseLearnRate")
def piecewise_learn_rate(session, /, *, DropFactor=None, Period=None, FrequencyUnit=None):
    """
    schedule = piecewiseLearnRate
    schedule = piecewiseLearnRate(Name=Value)

    A learn rate that drops from time to time: a schedule for the option LearnRateSchedule of trainingOptions.

    Options
      DropFactor     by which it drops (0.1)
      Period         steps between two drops (10)
      FrequencyUnit  'epoch' or 'iteration': what a step is

    Examples
      >> schedule = piecewiseLearnRate(DropFactor=0.5,Period=50,FrequencyUnit="iteration"); schedule.NumSteps
      ans =
         Inf

    See also trainingOptions, exponentialLearnRate, warmupLearnRate.
    """
    return LearnRateSchedule.of("piecewiseLearnRate", locals())


@builtin(name="polynomialLearnRate")
def polynomial_learn_rate(session, /, *, InitialFactor=None, FinalFactor=None, Power=None, NumSteps=None,
                          FrequencyUnit=None):  # fmt: skip
    """
    schedule = polynomialLearnRate
    schedule = polynomialLearnRate(Name=Value)

    A learn rate that falls by a power law: a schedule for the option LearnRateSchedule of trainingOptions, where the
    name "polynomial" falls over all epochs.

    Options
      InitialFactor  what the first rate is multiplied by at the first step (1)
      FinalFactor    what it is multiplied by after the last one (0)
      Power          of the law (1: a straight line)
      NumSteps       how many steps that takes (10)
      FrequencyUnit  'epoch' or 'iteration': what a step is

    Examples
      >> schedule = polynomialLearnRate(Power=2); schedule.NumSteps
      ans =
          10

    See also trainingOptions, cosineLearnRate, exponentialLearnRate.
    """
    return LearnRateSchedule.of("polynomialLearnRate", locals())


@builtin(name="exponentialLearnRate")
def exponential_learn_rate(session, /, *, DropFactor=None, Period=None, FrequencyUnit=None):
    """
    schedule = exponentialLearnRate
    schedule = exponentialLearnRate(Name=Value)

    A learn rate that falls by the same factor at each step: a schedule for the option LearnRateSchedule of
    trainingOptions.

    Options
      DropFactor     by which it falls in a period (0.1)
      Period         in steps (1)
      FrequencyUnit  'epoch' or 'iteration': what a step is

    Examples
      >> schedule = exponentialLearnRate(DropFactor=0.5,Period=4); schedule.Period
      ans =
           4

    See also trainingOptions, piecewiseLearnRate, polynomialLearnRate.
    """
    return LearnRateSchedule.of("exponentialLearnRate", locals())


@builtin(name="cosineLearnRate")
def cosine_learn_rate(session, /, *, InitialFactor=None, FinalFactor=None, Period=None, PeriodGrowthFactor=None,
                      FrequencyUnit=None):  # fmt: skip
    """
    schedule = cosineLearnRate
    schedule = cosineLearnRate(Name=Value)

    A learn rate that falls along half a cosine, and begins anew: a schedule for the option LearnRateSchedule of
    trainingOptions, where the name "cosine" falls once, over all epochs.

    Options
      InitialFactor       what the first rate is multiplied by at the start of a period (1)
      FinalFactor         what it is multiplied by at its end (0)
      Period              in steps (10)
      PeriodGrowthFactor  how many times as long as the one before each period is (1)
      FrequencyUnit       'epoch' or 'iteration': what a step is

    Examples
      >> schedule = cosineLearnRate(Period=50,PeriodGrowthFactor=2); schedule.FrequencyUnit
      ans =
          'epoch'

    See also trainingOptions, warmupLearnRate, cyclicalLearnRate.
    """
    return LearnRateSchedule.of("cosineLearnRate", locals())


@builtin(name="cyclicalLearnRate")
def cyclical_learn_rate(session, /, *, MaxFactor=None, Period=None, StepRatio=None, FrequencyUnit=None):
    """
    schedule = cyclicalLearnRate
    schedule = cyclicalLearnRate(Name=Value)

    A learn rate that rises and falls: a schedule for the option LearnRateSchedule of trainingOptions.

    Options
      MaxFactor      what the first rate is multiplied by where it is largest (10)
      Period         steps of a rise and a fall (10)
      StepRatio      the share of the period in which it rises (0.5)
      FrequencyUnit  'epoch' or 'iteration': what a step is

    Examples
      >> schedule = cyclicalLearnRate(MaxFactor=4); schedule.StepRatio
      ans =
          0.5000

    See also trainingOptions, cosineLearnRate.
    """
    return LearnRateSchedule.of("cyclicalLearnRate", locals())
