"""dlode45: differential equations of dlarrays, solved as ode45 does, and differentiated through the solver's steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from cnnscript.builtins.differentiation.dlarrays import require_dlarray
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.numerical.ode_steps import DORMAND_PRINCE, Problem, Step, explicit_steps
from cnnscript.builtins.registry import builtin
from cnnscript.engine import recording
from cnnscript.engine.recording import Record, Recording, as_tensor
from cnnscript.errors import ScriptError
from cnnscript.values import dimension_labels, take
from cnnscript.values.dlarrays import DLArray, dlarray, labelled, plain_shape
from cnnscript.values.numeric import norm, numel_of, size_text

MODES = ("direct", "adjoint", "adjoint-seminorm")


class Kept(NamedTuple):
    """A step of the solver, and the times asked for in it."""

    t: float
    after: float
    times: np.ndarray


@builtin
def dlode45(
    session, odefun, tspan, Y0, theta=None, /, *, DataFormat=None, GradientMode="direct", InitialStepSize=None,
    MaxStepSize=None, RelativeTolerance=1e-3, AbsoluteTolerance=1e-6,
):  # fmt: skip
    """
    Y = dlode45(odefun,tspan,Y0,theta)
    Y = dlode45(odefun,tspan,Y0,theta,DataFormat=FMT)
    Y = dlode45(...,Name=Value)

    The solution of the differential equation y' = odefun(t,y,theta) from Y0 on, at the times tspan(2:end), by the
    method of ode45. In a function that dlfeval runs it can be differentiated by Y0 and theta.

    Y0 is a dlarray with labels, or without and with DataFormat. theta is what odefun takes as its third input: a
    dlarray, a cell, struct or table of them, or a dlnetwork. With two times Y is as Y0; with more there is a further
    dimension of times at the end, labelled T where Y0 has labels.

    Options
      DataFormat         the labels of a Y0 without
      GradientMode       'direct': gradients are those of the solver's steps, the only mode there is ('direct')
      InitialStepSize    the first step ([]: what the slope at the start allows)
      MaxStepSize        the longest step ([]: a tenth of the interval)
      RelativeTolerance  error of a step relative to the solution (1e-3)
      AbsoluteTolerance  error of a step below which it does not matter (1e-6)

    Examples
      >> y = dlode45(@(t,y,a) a*y,[0 1],dlarray([1; 2]),dlarray(-1),DataFormat="CB",RelativeTolerance=1e-6);
      >> disp(abs(y - exp(-1)*[1; 2]) < 1e-5)
        2×1 logical dlarray
         1
         1
      >> f = @(a) dlgradient(dlode45(@(t,y,a) a*y,[0 1],dlarray(1),a,DataFormat="CB"),a);
      >> abs(extractdata(dlfeval(f,dlarray(-1))) - exp(-1)) < 1e-3
      ans =
        logical
         1

    See also ode45, dlarray, dlfeval, dlgradient.
    """
    start = state_at_start(Y0, DataFormat)
    times = times_of(tspan)
    if take.choice(GradientMode, MODES, "GradientMode") != "direct":
        raise ScriptError(
            "deep:dlode45:GradientMode", f"The gradient mode '{GradientMode}' is not in cnnscript yet.",
            hint="GradientMode=\"direct\" differentiates the solver's steps",
        )  # fmt: skip
    slope = slope_of(session, odefun, theta, Y0)
    relative = positive(RelativeTolerance, "RelativeTolerance")
    whole = abs(times[-1] - times[0])
    problem = Problem("dlode45", None, times[0], times[-1], start.array().ravel("F").astype(float), relative)
    problem.threshold = positive(AbsoluteTolerance, "AbsoluteTolerance") / relative
    problem.largest = min(length_of(MaxStepSize, "MaxStepSize") or whole / 10, whole)  # as ode45 has it
    problem.first, problem.first_span = length_of(InitialStepSize, "InitialStepSize"), abs(times[1] - times[0])
    recorded, kept, found = walked(problem, slope, start, times)
    if recorded:
        columns = replayed(slope, start, kept)
        shape = (*start.size(), len(times) - 1)
        together = columns[0].compute("stack", *columns).reshape(shape if len(times) > 2 else start.size())
        return DLArray(None, labels_over_time(start, len(times)), together)
    numbers = found.astype(start.array().dtype).reshape((*start.size(), len(times) - 1), order="F")
    if len(times) == 2:
        return dlarray(numbers[..., 0], start.labels)
    if start.labels:
        return labelled(DLArray(numbers), start.labels + "T")
    return DLArray(norm(numbers.reshape(plain_shape(numbers.shape), order="F")))


# ----------------------------------------------------------------------------------------------------------- arguments
def state_at_start(Y0: Any, data_format: Any) -> DLArray:
    require_dlarray(Y0, "dlode45")
    if Y0.is_complex:
        raise ScriptError("deep:dlode45:Complex", "The initial condition of dlode45 must be real.")
    if data_format is not None:
        labels = dimension_labels.checked(take.text(data_format, "DataFormat").upper())
        if Y0.labels:
            raise ScriptError(
                "deep:dlode45:DataFormat", "DataFormat is for an initial condition without labels.",
                notes=(f"its labels are '{Y0.labels}'",),
            )  # fmt: skip
        if len(plain_shape(Y0.size())) > max(len(labels), 2):
            raise dimension_labels.too_few(labels, len(plain_shape(Y0.size())))
    elif not Y0.labels:
        raise ScriptError(
            "deep:dlode45:NoFormat",
            "The initial condition must be a formatted dlarray, or the option 'DataFormat' must be specified.",
            notes=(f"it is {size_text(Y0.size(), '×')}, without labels",), hint='DataFormat="CB"',
        )  # fmt: skip
    return Y0


def times_of(tspan: Any) -> list[float]:
    numbers = tspan.value if isinstance(tspan, DLArray) else tspan
    times = take.real(numbers, "tspan").ravel("F")
    steps = np.diff(times)
    if times.size < 2 or not np.isfinite(times).all() or not ((steps > 0).all() or (steps < 0).all()):
        raise ScriptError(
            "deep:dlode45:Tspan", "tspan must hold two or more times that rise or fall from one to the next.",
            notes=(f"it has {times.size}",),
        )  # fmt: skip
    return times.tolist()


def length_of(value: Any, name: str) -> float | None:
    return None if value is None or numel_of(value) == 0 else positive(value, name)


def positive(value: Any, name: str) -> float:
    found = take.number(value, name)
    if not found > 0:
        raise take.wanted("a positive number", name, value)
    return found


def slope_of(session: Any, odefun: Any, theta: Any, Y0: DLArray) -> Callable[[float, DLArray], DLArray]:
    """y' of a time and a state, checked."""
    if isinstance(odefun, DLNetwork):
        raise ScriptError(
            "deep:dlode45:Network", "The first input of dlode45 must be a function handle.",
            notes=("it is a dlnetwork",), hint="dlode45(@(t,y,net) forward(net,y),tspan,Y0,net)",
        )  # fmt: skip
    function = take.function(odefun, "odefun", session.function)

    def slope(t: float, y: DLArray) -> DLArray:
        made = session.call(function, 1, t, y, theta)
        made = made if isinstance(made, DLArray) else DLArray(made)
        if made.size() != y.size() or made.labels != y.labels:
            raise ScriptError(
                "deep:dlode45:SlopeSize",
                "The output of the ODE function must have the size and format of the initial condition.",
                notes=(f"it is {described(made)}", f"the initial condition is {described(Y0)}"),
            )
        return made

    return slope


def described(one: DLArray) -> str:
    return dimension_labels.size_text(one.size(), one.labels) if one.labels else size_text(one.size(), "×")


def labels_over_time(start: DLArray, count: int) -> str:
    return start.labels + "T" if start.labels and count > 2 else start.labels


# ------------------------------------------------------------------------------------------------------------- solving
def walked(problem: Problem, slope: Any, start: DLArray, times: list[float]) -> tuple[bool, list[Kept], np.ndarray]:
    """The steps of ode45 on the numbers alone: whether a tape would record them, the steps, the solution (a column for
    each time asked for)."""
    tape: Recording | None = recording.current()
    kind = start.array().dtype
    recorded = start.record is not None

    def numbers_of(t: float, y: np.ndarray) -> np.ndarray:
        nonlocal recorded
        made = slope(
            t,
            DLArray(None, start.labels, Record(as_tensor(y.astype(kind).reshape(start.size(), order="F"))))
            if tape is not None
            else dlarray(y.astype(kind).reshape(start.size(), order="F"), start.labels),
        )
        recorded = recorded or tape is not None and made.record is not None
        return made.array().ravel("F").astype(float)

    problem.slope = numbers_of
    wanted = np.array(times[1:])
    sign = 1 if times[-1] > times[0] else -1
    kept, columns, done = [], [], 0

    def walk() -> None:
        nonlocal done
        for step in explicit_steps(problem, DORMAND_PRINCE):
            last = done + int(np.sum(sign * wanted[done:] <= sign * step.after))
            kept.append(Kept(step.t, step.after, wanted[done:last]))
            columns.append(solution(step, wanted[done:last]))
            done = last

    if tape is None:
        walk()
    else:
        with tape.tape.stop_recording():
            walk()
    if done < wanted.size:
        raise ScriptError(
            "deep:dlode45:ToleranceNotMet", "Unable to meet the tolerances without steps too small to be told apart.",
            notes=(f"the solution ends at t = {kept[-1].after if kept else times[0]:g}",),
        )  # fmt: skip
    return recorded, kept, np.concatenate(columns, axis=1)


def solution(step: Step, times: np.ndarray) -> np.ndarray:
    found = step.at(times)
    found[:, times == step.after] = step.end[:, None]
    return found


def replayed(slope: Any, start: DLArray, steps: list[Kept]) -> list[Record]:
    """The same steps again, recorded: the solution at each time asked for."""
    first = start.record if start.record is not None else Record(as_tensor(start.array()))
    state, pair, columns = first, DORMAND_PRINCE, []
    here = at(slope, steps[0].t, state, start)
    for step in steps:
        h = step.after - step.t
        slopes = [here]
        for stage, node in enumerate(pair.nodes[:-1]):
            moved = moved_by(state, slopes, h * pair.stages[: len(slopes), stage])
            slopes.append(at(slope, step.t + h * node, moved, start))
        end = moved_by(state, slopes, h * pair.stages[: len(slopes), -1])
        here = at(slope, step.after, end, start)
        slopes.append(here)
        for time in step.times:
            share = (time - step.t) / h
            weights = h * (pair.between @ share ** np.arange(1, pair.between.shape[1] + 1))
            columns.append(end if time == step.after else moved_by(state, slopes, weights))
        state = end
    return columns


def at(slope: Any, t: float, state: Record, start: DLArray) -> Record:
    made = slope(float(t), DLArray(None, start.labels, state))
    return made.record if made.record is not None else Record(as_tensor(made.array()))


def moved_by(state: Record, slopes: list[Record], weights: np.ndarray) -> Record:
    """The state and weighed slopes together."""
    return state.compute("combination", state, *slopes, weights=(1.0, *(float(weight) for weight in weights)))
