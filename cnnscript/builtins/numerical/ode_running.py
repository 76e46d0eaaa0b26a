"""What all solvers of differential equations share: reading their arguments, events, output, the struct `sol`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.numerical import ode_options
from cnnscript.builtins.numerical.ode_steps import Problem, Step
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import COMPLEX, DOUBLE, EMPTY, SINGLE, as_array, ndarray, norm
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import text_or_none

SAMPLES = 9  # times in each step whose values `sol` keeps: the interpolants are polynomials of degree 8 at most
NODES = 0.5 - 0.5 * np.cos(np.pi * np.arange(SAMPLES) / (SAMPLES - 1))


def column(y: ndarray):
    return norm(np.array(y, order="F").reshape(-1, 1))


def called(session, function, what: str) -> Callable:
    """`f(nargout, *args)` of a handle or a name."""
    if isinstance(function, Object):
        function = function.as_function() or function
    if type(function) is Function:
        return function.call
    word = text_or_none(function)
    if word:
        return lambda nargout, *args: session.call(word, nargout, *args)
    raise ScriptError(
        "MATLAB:odearguments:FcnNotHandle", f"{what} must be a function handle.", notes=(f"got {described(function)}",)
    )


class Run:
    """One call of a solver: the problem, where the solution goes, and what was found.

    times    what tspan asks for, in order
    refine   points given per step (with two times)
    """

    def __init__(self, session, solver: str, nargout: int, function, span, start, options, extra: tuple):
        self.session, self.solver, self.nargout, self.options, self.extra = session, solver, nargout, options, extra
        self.function = function
        if options is not None and not isinstance(options, Struct) and np.size(options):
            raise ScriptError(
                "MATLAB:odearguments:OptsNotStruct",
                "Options argument must be a structure created with ODESET.",
                notes=(f"got {described(options)}",),
            )
        self.call = called(session, function, "The first argument")
        self.name = getattr(function, "text", None) or str(text_or_none(function))
        self.times = self.times_of(span)
        values = require_numeric(start, solver)
        self.single = values.dtype == SINGLE
        y0 = values.ravel("F").astype(COMPLEX if values.dtype.kind == "c" else DOUBLE)
        self.problem = Problem(solver, self.slope, float(self.times[0]), float(self.times[-1]), y0)
        self.read_tolerances()
        self.read_mass()
        self.read_jacobian()
        first = self.raw_slope(self.problem.start, y0)
        self.problem.statistics.calls = 0  # the solvers ask for it again
        if first.dtype.kind == "c":
            self.problem.y0 = y0.astype(COMPLEX)
        self.read_output()

    def times_of(self, span) -> ndarray:
        times = take.real(span, "tspan").ravel("F")
        if times.size < 2:
            raise ScriptError(
                "MATLAB:odearguments:SizeTspan",
                f"When the first argument to {self.solver} is a function handle, the tspan argument must have at "
                "least two elements.",
            )
        if np.isnan(times).any():
            raise ScriptError("MATLAB:odearguments:TspanNaNValues", "The entries in tspan cannot be NaN.")
        if times[0] == times[-1]:
            raise ScriptError(
                "MATLAB:odearguments:tspanEndpointsNotDistinct",
                "The last entry in tspan must be different from the first entry.",
            )
        if np.any(np.sign(times[-1] - times[0]) * np.diff(times) <= 0):
            raise ScriptError(
                "MATLAB:odearguments:tspanNotMonotonic", "The entries in tspan must strictly increase or decrease."
            )
        return times

    # ---------------------------------------------------------------------------------------------- the equations
    def raw_slope(self, t: float, y: ndarray) -> ndarray:
        self.problem.statistics.calls += 1
        value = self.call(1, float(t), column(y), *self.extra)
        found = as_array(value)
        if found.dtype.kind not in "fcbiu":
            raise ScriptError(
                "MATLAB:odearguments:InvalidClass",
                "The function must return numbers.",
                notes=(f"got {described(value)}",),
            )
        if (found.ndim > 2 or found.shape[1] != 1) and found.size:
            raise ScriptError(
                "MATLAB:odearguments:FcnMustReturnCol",
                f"{self.name.upper()} must return a column vector.",
                notes=(f"it gave {described(value)}",),
            )
        if found.size != self.problem.y0.size:
            shown = self.name.upper()
            raise ScriptError(
                "MATLAB:odearguments:SizeIC",
                f"{shown} returns a vector of length {found.size}, but the length of initial conditions vector is "
                f"{self.problem.y0.size}. The vector returned by {shown} and the initial conditions vector must have "
                "the same number of elements.",
            )
        return found.ravel("F").astype(COMPLEX if found.dtype.kind == "c" else DOUBLE)

    def slope(self, t: float, y: ndarray) -> ndarray:
        found = self.raw_slope(t, y)
        if self.mass is not None and self.problem.mass is None:
            try:
                return np.linalg.solve(self.mass(t, y), found)
            except np.linalg.LinAlgError:
                raise ScriptError(
                    f"MATLAB:{self.solver}:SingularMass",
                    f"{self.solver} needs a mass matrix that is not singular.",
                    hint="ode15s takes singular ones",
                ) from None
        return found

    def read_tolerances(self) -> None:
        problem, options = self.problem, self.options
        relative = ode_options.number(options, "RelTol", 1e-3)
        if relative < 100 * np.finfo(float).eps:
            relative = 100 * np.finfo(float).eps
            self.session.warn(
                "MATLAB:odearguments:RelTolIncrease", f"RelTol has been increased to {relative:g}."
            )
        absolute = ode_options.given(options, "AbsTol")
        limits = np.array([1e-6]) if absolute is None else take.vector(absolute, "AbsTol")
        if (limits <= 0).any():
            raise ScriptError("MATLAB:odearguments:AbsTolNotPos", "AbsTol must be positive.")
        problem.by_norm = ode_options.switch(options, "NormControl")
        if limits.size not in (1, problem.y0.size) or problem.by_norm and limits.size != 1:
            raise ScriptError(
                "MATLAB:odearguments:SizeAbsTol",
                "Solving with NormControl 'on' requires a scalar AbsTol."
                if problem.by_norm
                else f"The AbsTol vector must have {problem.y0.size} elements.",
            )
        problem.relative = relative
        problem.threshold = limits[0] / relative if limits.size == 1 else limits / relative
        length = abs(problem.final - problem.start)
        problem.largest = min(length, ode_options.number(options, "MaxStep", 0.1 * length))
        problem.first = ode_options.number(options, "InitialStep", None)
        problem.first_span = abs(float(self.times[1]) - problem.start)
        problem.backward = ode_options.switch(options, "BDF")
        order = ode_options.given(options, "MaxOrder")
        problem.highest_order = 5 if order is None else take.integer(order, "MaxOrder", 1, 5)
        positive = ode_options.given(options, "NonNegative")
        if positive is not None:
            places = take.vector(positive, "NonNegative")
            if ((places < 1) | (places > problem.y0.size) | (places != np.floor(places))).any():
                raise ScriptError(
                    "MATLAB:odearguments:NonNegativeIndicesInvalid",
                    "Indices of nonnegative components must be positive integers up to the number of components.",
                )
            if self.solver not in ("ode45", "ode23"):
                raise ScriptError(
                    f"MATLAB:{self.solver}:NonNegativeNotHere",
                    f"NonNegative is not in cnnscript's {self.solver} yet.",
                    hint="ode45 and ode23 take it",
                )
            problem.positive = places.astype(int) - 1
            if (problem.y0[problem.positive] < 0).any():
                raise ScriptError(
                    "MATLAB:odenonnegative:NonNegativeViolatedAtT0",
                    "Nonnegativity constraints violated at the initial time.",
                )

    def read_mass(self) -> None:
        self.mass = None
        given = ode_options.given(self.options, "Mass")
        if given is None:
            return
        size = self.problem.y0.size
        if type(given) is Function:
            kind = ode_options.given(self.options, "MStateDependence")
            word = "weak" if kind is None else take.choice(kind, ("none", "weak", "strong"), "MStateDependence")

            def mass(t: float, y: ndarray) -> ndarray:
                state = () if word == "none" else (column(y),)
                return self.square(given.call(1, float(t), *state, *self.extra), "Mass")

            self.mass = mass
        else:
            matrix = self.square(given, "Mass")
            if matrix.shape == (size, size) and (matrix == np.eye(size)).all():
                return
            self.mass = lambda t, y: matrix
        self.mass(self.problem.start, self.problem.y0)
        if self.solver == "ode15s":
            self.problem.mass = self.mass
            slope = ode_options.given(self.options, "InitialSlope")
            if slope is not None:
                self.problem.initial_slope = take.array(slope, "InitialSlope").ravel("F")

    def square(self, value, name: str) -> ndarray:
        size = self.problem.y0.size
        kept = hasattr(value, "class_name")  # a sparse matrix, say
        matrix = np.asarray(as_array(self.session.call("full", 1, value) if kept else value))
        if matrix.shape != (size, size) or matrix.dtype.kind not in "fcbiu":
            raise ScriptError(
                f"MATLAB:odearguments:{name}Size", f"{name} must be a {size}-by-{size} matrix.",
                notes=(f"got {described(value)}",),
            )  # fmt: skip
        return matrix.astype(COMPLEX if matrix.dtype.kind == "c" else DOUBLE)

    def read_jacobian(self) -> None:
        given = ode_options.given(self.options, "Jacobian")
        if given is None:
            return
        if type(given) is Function or text_or_none(given) is not None:
            call = called(self.session, given, "Jacobian")

            def plain(t, y):
                return self.square(call(1, float(t), column(y), *self.extra), "Jacobian")
        else:
            matrix = self.square(given, "Jacobian")

            def plain(t, y):
                return matrix

        if self.mass is None or self.problem.mass is not None:
            self.problem.jacobian = plain
        else:
            self.problem.jacobian = lambda t, y: np.linalg.solve(self.mass(t, y), plain(t, y))

    # ------------------------------------------------------------------------------------------------- the output
    def read_output(self) -> None:
        options, size = self.options, self.problem.y0.size
        default = 4 if self.solver == "ode45" else 1
        refine = ode_options.given(options, "Refine")
        self.refine = default if refine is None else max(1, take.integer(refine, "Refine"))
        output = ode_options.given(options, "OutputFcn")
        self.output = None if output is None else called(self.session, output, "OutputFcn")
        chosen = ode_options.given(options, "OutputSel")
        places = np.arange(1, size + 1) if chosen is None else take.vector(chosen, "OutputSel")
        if ((places < 1) | (places > size) | (places != np.floor(places))).any():
            raise ScriptError("MATLAB:odearguments:OutputSel", f"OutputSel must hold whole numbers from 1 to {size}.")
        self.shown = places.astype(int) - 1
        events = ode_options.given(options, "Events")
        self.events = None if events is None else called(self.session, events, "Events")
        self.event_times: list[float] = []
        self.event_states: list[ndarray] = []
        self.event_indices: list[int] = []

    def event_values(self, t: float, y: ndarray) -> tuple[ndarray, ndarray, ndarray]:
        found = self.events(3, float(t), column(y), *self.extra)
        value, terminal, direction = (take.vector(part, "Events") for part in found)
        for name, part in (("isterminal", terminal), ("direction", direction)):
            if part.size not in (1, value.size):
                raise ScriptError(
                    "MATLAB:odearguments:EventSizes",
                    "The events function must give value, isterminal and direction of the same size.",
                    notes=(f"value has {value.size}, {name} {part.size} elements",),
                )
        return value, np.broadcast_to(terminal, value.shape), np.broadcast_to(direction, value.shape)

    def find_events(self, step: Step, before: ndarray, first: bool) -> tuple[ndarray, float | None]:
        """Events within a step; the values at its end, and the time of the first that ends the run."""
        after, terminal, direction = self.event_values(step.after, step.end)
        crossed = np.flatnonzero(
            ((before < 0) & (after >= 0) & (direction >= 0)) | ((before > 0) & (after <= 0) & (direction <= 0))
        )
        if not crossed.size:
            return after, None
        import scipy.optimize

        found = []
        for place in crossed.tolist():

            def value(t: float, place=place) -> float:
                return float(self.event_values(t, step.at(np.array([t]))[:, 0])[0][place])

            root = step.after
            if after[place] != 0:
                low, high = value(step.t), value(step.after)
                if low * high < 0:
                    root = scipy.optimize.brentq(value, step.t, step.after, xtol=1e-300, rtol=4 * 2.0**-52)
            found.append((root, place))
        forward = np.sign(self.problem.final - self.problem.start)
        for root, place in sorted(found, key=lambda pair: (forward * pair[0], pair[1])):
            self.event_times.append(root)
            self.event_states.append(step.end if root == step.after else step.at(np.array([root]))[:, 0])
            self.event_indices.append(place + 1)
            if terminal[place] and not (first and abs(root - self.problem.start) < 1e-12 * abs(step.after - step.t)):
                return after, root
        return after, None

    def tell(self, times: ndarray, states: ndarray, flag: str) -> bool:
        """Call the output function; whether it says stop."""
        picked = states[self.shown]
        answer = self.output(
            0 if flag == "init" else 1,
            norm(np.asfortranarray(times.reshape(-1, 1) if flag == "init" else times.reshape(1, -1))),
            norm(np.asfortranarray(picked)),
            flag,
            *self.extra,
        )
        return flag == "" and answer is not None and bool(np.all(as_array(answer)))

    def solve(self, steps: Iterator[Step]) -> Any:
        problem = self.problem
        asked = self.times.size > 2
        forward = np.sign(problem.final - problem.start)
        times, states = [np.array([problem.start])], [problem.y0[:, None]]
        mesh, mesh_states, pieces = [problem.start], [problem.y0], []
        following = 1
        before = self.event_values(problem.start, problem.y0)[0] if self.events else None
        if self.output:
            self.tell(np.array([problem.start, problem.final]), problem.y0[:, None], "init")
        stopped = False
        for step in steps:
            after, end = step.after, step.end
            if self.events:
                before, root = self.find_events(step, before, len(mesh) == 1)
                if root is not None:
                    after, end, stopped = root, self.event_states[-1], True
            mesh.append(after)
            mesh_states.append(end)
            if self.nargout == 1:
                pieces.append(step.at(step.t + NODES * (after - step.t)))
            if asked:
                reach = following
                while reach < self.times.size and forward * (after - self.times[reach]) >= 0:
                    reach += 1
                wanted = self.times[following:reach]
                following = reach
                values = step.at(wanted)
                if wanted.size and wanted[-1] == after:
                    values[:, -1] = end
                if stopped and (not wanted.size or wanted[-1] != after):
                    wanted, values = np.append(wanted, after), np.column_stack([values, end])
            else:
                inner = step.t + (after - step.t) * np.arange(1, self.refine) / self.refine
                wanted = np.append(inner, after)
                values = np.column_stack([step.at(inner), end]) if inner.size else end[:, None]
            if wanted.size:
                if problem.positive.size:
                    values[problem.positive] = np.maximum(values[problem.positive].real, 0)
                times.append(wanted)
                states.append(values)
                if self.output and self.tell(wanted, values, ""):
                    stopped = True
            if stopped:
                break
        if self.output:
            self.output(0, EMPTY, EMPTY, "done", *self.extra)
        if ode_options.switch(self.options, "Stats"):
            self.print_statistics()
        t, y = np.concatenate(times), np.concatenate(states, axis=1)
        return self.results(t, y, np.array(mesh), np.array(mesh_states).T, pieces)

    def print_statistics(self) -> None:
        counts = self.problem.statistics
        lines = [f"{counts.successes:d} successful steps", f"{counts.failures:d} failed attempts"]
        lines.append(f"{counts.calls:d} function evaluations")
        if self.solver not in ("ode45", "ode23", "ode113"):
            lines.append(f"{counts.partials:d} partial derivatives")
            lines.append(f"{counts.decompositions:d} LU decompositions")
            lines.append(f"{counts.solutions:d} solutions of linear systems")
        self.session.out.write("".join(line + "\n" for line in lines))

    def converted(self, array: ndarray):
        if array.dtype.kind == "c" and not array.imag.any():
            array = array.real
        return norm(np.asfortranarray(array.astype(SINGLE) if self.single else array))

    def results(self, t: ndarray, y: ndarray, mesh: ndarray, mesh_states: ndarray, pieces: list):
        found = (
            norm(np.array(self.event_times).reshape(-1, 1)) if self.event_times else EMPTY,
            self.converted(np.array(self.event_states)) if self.event_states else EMPTY,
            norm(np.array(self.event_indices, DOUBLE).reshape(-1, 1)) if self.event_indices else EMPTY,
        )
        if self.nargout == 1:
            return self.solution(mesh, mesh_states, pieces, found)
        if self.nargout == 0:
            if self.output is None:
                self.session.call("plot", 0, norm(t.reshape(-1, 1)), self.converted(y[self.shown].T), "-o")
            return None
        return (norm(t.reshape(-1, 1)), self.converted(y.T), *found)

    def extra_cell(self) -> ndarray:
        cell = np.empty((1, len(self.extra)) if self.extra else (0, 0), object)
        for place, value in enumerate(self.extra):
            cell[0, place] = value
        return cell

    def solution(self, mesh: ndarray, states: ndarray, pieces: list, found: tuple) -> Struct:
        """The struct `sol`; `idata.samples` (components × 9 × steps) is what deval reads."""
        counts = self.problem.statistics
        fields: dict[str, Any] = {
            "solver": self.solver,
            "extdata": Struct({
                "odefun": self.function,
                "options": self.options if isinstance(self.options, Struct) else EMPTY,
                "varargin": self.extra_cell(),
            }),
            "x": norm(mesh.reshape(1, -1)),
            "y": self.converted(states),
        }  # fmt: skip
        if self.events:
            fields["xe"] = norm(np.array(self.event_times).reshape(1, -1)) if self.event_times else EMPTY
            fields["ye"] = self.converted(np.array(self.event_states).T) if self.event_states else EMPTY
            fields["ie"] = norm(np.array(self.event_indices, DOUBLE).reshape(1, -1)) if self.event_indices else EMPTY
        fields["stats"] = Struct(
            {"nsteps": float(counts.successes), "nfailed": float(counts.failures), "nfevals": float(counts.calls)}
        )
        samples = np.stack(pieces, axis=2) if pieces else np.zeros((states.shape[0], SAMPLES, 0))
        fields["idata"] = Struct({"samples": np.asfortranarray(samples)})
        return Struct(fields)
