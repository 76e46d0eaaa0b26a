"""Solvers of ordinary differential equations: ode45 and its kin; deval, odextend, output functions."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.numerical.ode_multistep import numerical_differentiation_steps
from cnnscript.builtins.numerical.ode_running import NODES, Run
from cnnscript.builtins.numerical.ode_steps import (
    BOGACKI_SHAMPINE,
    DORMAND_PRINCE,
    explicit_steps,
    library_steps,
    rosenbrock_steps,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, EMPTY, as_array, ndarray, norm
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import text_or_none

METHODS = {
    "ode45": lambda problem: explicit_steps(problem, DORMAND_PRINCE),
    "ode23": lambda problem: explicit_steps(problem, BOGACKI_SHAMPINE),
    "ode113": lambda problem: library_steps(problem, "LSODA"),
    "ode15s": numerical_differentiation_steps,
    "ode23s": rosenbrock_steps,
    "ode23t": lambda problem: library_steps(problem, "Radau"),
    "ode23tb": lambda problem: library_steps(problem, "Radau"),
}


def solved(session, nargout: int, solver: str, odefun, tspan, y0, options, extra: tuple):
    run = Run(session, solver, nargout, odefun, tspan, y0, options, extra)
    return run.solve(METHODS[solver](run.problem))


@builtin(outputs=5)
def ode45(session, nargout, odefun, tspan, y0, options=None, /, *extra):
    """
    [t, y] = ode45(odefun, tspan, y0)
    [t, y] = ode45(odefun, tspan, y0, options)
    [t, y, te, ye, ie] = ode45(...)
    sol = ode45(...)
    ode45(...)

    Solve y' = f(t, y) from y0 over the times of tspan, by the pair of Dormand and Prince of orders 4 and 5.

    odefun(t, y) gives a column. With two times in tspan, t holds four points for each step (odeset's 'Refine');
    with more times it holds just those. Without outputs the solution is plotted.

    Examples
      >> [t, y] = ode45(@(t, y) -y, [0 0.5 1], 1)
      t =
               0
          0.5000
          1.0000
      y =
          1.0000
          0.6065
          0.3679
      >> options = odeset('RelTol', 1e-8, 'AbsTol', 1e-10);
      >> [t, y] = ode45(@(t, y) [y(2); -y(1)], [0 pi], [0; 1], options); y(end, :)
      ans =
         -0.0000   -1.0000
      >> fall = @(t, y) [y(2); -9.8]; ground = @(t, y) deal(y(1), 1, -1);
      >> [t, y, te, ye, ie] = ode45(fall, [0 5], [10; 0], odeset('Events', ground)); te
      te =
          1.4286
      >> sol = ode45(@(t, y) -y, [0 1], 1); deval(sol, 0.5)
      ans =
          0.6065
      >> ode45(@(t, y) -y, [0 1], 1)
      figure 1: line 41 points

    See also ode23, ode15s, odeset, deval.
    """
    return solved(session, nargout, "ode45", odefun, tspan, y0, options, extra)


@builtin(outputs=5)
def ode23(session, nargout, odefun, tspan, y0, options=None, /, *extra):
    """
    [t, y] = ode23(odefun, tspan, y0)
    [t, y] = ode23(odefun, tspan, y0, options)
    [t, y, te, ye, ie] = ode23(...)
    sol = ode23(...)

    Solve y' = f(t, y) by the pair of Bogacki and Shampine of orders 2 and 3; otherwise as ode45.

    Examples
      >> [t, y] = ode23(@(t, y) -y, [0 0.5 1], 1)
      t =
               0
          0.5000
          1.0000
      y =
          1.0000
          0.6065
          0.3679
      >> [t, y, te, ye, ie] = ode23(@(t, y) 1, [0 2], 0, odeset('Events', @(t, y) deal(y - 1.5, 1, 0))); te, ie
      te =
          1.5000
      ie =
           1
      >> sol = ode23(@(t, y) -y, [0 1], 1); numel(sol.x)
      ans =
          12

    See also ode45, odeset, deval.
    """
    return solved(session, nargout, "ode23", odefun, tspan, y0, options, extra)


@builtin(outputs=5)
def ode113(session, nargout, odefun, tspan, y0, options=None, /, *extra):
    """
    [t, y] = ode113(odefun, tspan, y0)
    [t, y] = ode113(odefun, tspan, y0, options)
    [t, y, te, ye, ie] = ode113(...)
    sol = ode113(...)

    Solve y' = f(t, y) by Adams's formulas of several steps and orders; otherwise as ode45.

    The steps are LSODA's, not those of MATLAB's ode113: the solution keeps the same tolerances at other times.

    Examples
      >> [t, y] = ode113(@(t, y) -y, [0 0.5 1], 1, odeset('RelTol', 1e-8)); y(end)
      ans =
          0.3679
      >> [t, y, te, ye, ie] = ode113(@(t, y) 1, [0 2], 0, odeset('Events', @(t, y) deal(y - 1.5, 1, 0))); te
      te =
          1.5000
      >> sol = ode113(@(t, y) -y, [0 1], 1); sol.x(end)
      ans =
           1

    See also ode45, ode15s.
    """
    return solved(session, nargout, "ode113", odefun, tspan, y0, options, extra)


@builtin(outputs=5)
def ode15s(session, nargout, odefun, tspan, y0, options=None, /, *extra):
    """
    [t, y] = ode15s(odefun, tspan, y0)
    [t, y] = ode15s(odefun, tspan, y0, options)
    [t, y, te, ye, ie] = ode15s(...)
    sol = ode15s(...)

    Solve stiff equations, M(t,y)*y' = f(t, y), by numerical differentiation formulas of order 1 to 5.

    The mass matrix may be singular; the values at the start then have to fit the equations. Otherwise as ode45.

    Examples
      >> stiff = @(t, y) [y(2); 1000*(1 - y(1)^2)*y(2) - y(1)];
      >> [t, y] = ode15s(stiff, [0 3000], [2; 0]); abs(y(end, 1)) < 2.1
      ans =
        logical
         1
      >> [t, y] = ode15s(@(t, y) [-y(1); y(1) - y(2)], [0 1], [1; 1], odeset('Mass', [1 0; 0 0])); round(y(end, :), 2)
      ans =
          0.3700    0.3700
      >> [t, y, te, ye, ie] = ode15s(@(t, y) 1, [0 2], 0, odeset('Events', @(t, y) deal(y - 1.5, 1, 0))); te
      te =
          1.5000
      >> sol = ode15s(@(t, y) -y, [0 1], 1); sol.x(end)
      ans =
           1

    See also ode45, ode23s, odeset.
    """
    return solved(session, nargout, "ode15s", odefun, tspan, y0, options, extra)


@builtin(outputs=5)
def ode23s(session, nargout, odefun, tspan, y0, options=None, /, *extra):
    """
    [t, y] = ode23s(odefun, tspan, y0)
    [t, y] = ode23s(odefun, tspan, y0, options)
    [t, y, te, ye, ie] = ode23s(...)
    sol = ode23s(...)

    Solve stiff equations by a modified Rosenbrock formula of order 2; otherwise as ode45.

    Examples
      >> [t, y] = ode23s(@(t, y) -1000*(y - cos(t)), [0 1], 0); round(y(end), 2)
      ans =
          0.5400
      >> [t, y] = ode23s(@(t, y) -y, [0 0.5 1], 1, odeset('Jacobian', -1)); round(y', 3)
      ans =
          1.0000    0.6060    0.3680
      >> [t, y, te, ye, ie] = ode23s(@(t, y) 1, [0 2], 0, odeset('Events', @(t, y) deal(y - 1.5, 1, 0))); te
      te =
          1.5000
      >> sol = ode23s(@(t, y) -y, [0 1], 1); sol.x(end)
      ans =
           1

    See also ode15s, ode23t.
    """
    return solved(session, nargout, "ode23s", odefun, tspan, y0, options, extra)


@builtin(outputs=5)
def ode23t(session, nargout, odefun, tspan, y0, options=None, /, *extra):
    """
    [t, y] = ode23t(odefun, tspan, y0)
    [t, y] = ode23t(odefun, tspan, y0, options)
    [t, y, te, ye, ie] = ode23t(...)
    sol = ode23t(...)

    Solve moderately stiff equations; otherwise as ode45.

    The steps are those of the Radau IIA method of order 5, not MATLAB's: the solution keeps the same tolerances at
    other times.

    Examples
      >> [t, y] = ode23t(@(t, y) -1000*(y - cos(t)), [0 0.5 1], 0); round(y(end), 2)
      ans =
          0.5400
      >> [t, y, te, ye, ie] = ode23t(@(t, y) 1, [0 2], 0, odeset('Events', @(t, y) deal(y - 1.5, 1, 0))); te
      te =
          1.5000
      >> sol = ode23t(@(t, y) -y, [0 1], 1); sol.x(end)
      ans =
           1

    See also ode23tb, ode15s.
    """
    return solved(session, nargout, "ode23t", odefun, tspan, y0, options, extra)


@builtin(outputs=5)
def ode23tb(session, nargout, odefun, tspan, y0, options=None, /, *extra):
    """
    [t, y] = ode23tb(odefun, tspan, y0)
    [t, y] = ode23tb(odefun, tspan, y0, options)
    [t, y, te, ye, ie] = ode23tb(...)
    sol = ode23tb(...)

    Solve stiff equations; otherwise as ode45.

    The steps are those of the Radau IIA method of order 5, not MATLAB's: the solution keeps the same tolerances at
    other times.

    Examples
      >> [t, y] = ode23tb(@(t, y) -1000*(y - cos(t)), [0 0.5 1], 0); round(y(end), 2)
      ans =
          0.5400
      >> [t, y, te, ye, ie] = ode23tb(@(t, y) 1, [0 2], 0, odeset('Events', @(t, y) deal(y - 1.5, 1, 0))); te
      te =
          1.5000
      >> sol = ode23tb(@(t, y) -y, [0 1], 1); sol.x(end)
      ans =
           1

    See also ode23t, ode15s.
    """
    return solved(session, nargout, "ode23tb", odefun, tspan, y0, options, extra)


# ---------------------------------------------------------------------------------------------------- the struct sol
@builtin(outputs=2)
def deval(nargout, sol, x, idx=None, /):
    """
    sxint = deval(sol, xint)
    sxint = deval(sol, xint, idx)
    [sxint, spxint] = deval(...)

    The solution of a solver at given times, one column a time; its slope; only the components idx.

    Examples
      >> sol = ode45(@(t, y) [y(2); -y(1)], [0 3], [0; 1], odeset('RelTol', 1e-8));
      >> sxint = deval(sol, [1 2])
      sxint =
          0.8415    0.9093
          0.5403   -0.4161
      >> [sxint, spxint] = deval(sol, pi/2, 1); round([sxint spxint], 4)
      ans =
           1     0

    See also ode45.
    """
    if not isinstance(sol, Struct) and isinstance(x, Struct):
        sol, x = x, sol
    idata = sol.fields.get("idata") if isinstance(sol, Struct) else None
    if not isinstance(idata, Struct) or "samples" not in idata.fields:
        raise ScriptError(
            "MATLAB:deval:SolNotFromDiffEqSolver",
            "The first argument must be a structure returned by a differential equation solver.",
            notes=(f"got {described(sol)}",),
        )
    mesh = take.vector(sol.fields["x"], "sol.x")
    states = as_array(sol.fields["y"])
    samples = as_array(idata.fields["samples"])
    samples = samples.reshape(states.shape[0], NODES.size, -1, order="F")
    times = take.vector(x, "xint")
    chosen = np.arange(states.shape[0]) if idx is None else take.vector(idx, "idx").astype(int) - 1
    if chosen.size and (chosen.min() < 0 or chosen.max() >= states.shape[0]):
        raise ScriptError(
            "MATLAB:deval:IDXInvalidSolComp", "Incorrect solution components requested in input argument IDX."
        )
    forward = np.sign(mesh[-1] - mesh[0])
    low, high = sorted((mesh[0], mesh[-1]))
    if times.size and ((times < low) | (times > high)).any():
        raise ScriptError(
            "MATLAB:deval:SolOutsideInterval",
            "Attempting to evaluate the solution outside the interval "
            f"[{mesh[0]:e}, {mesh[-1]:e}] where it is defined.",
        )
    values, slopes = (np.empty((chosen.size, times.size), samples.dtype) for _ in range(2))
    pieces = np.clip(np.searchsorted(forward * mesh, forward * times, side="right") - 1, 0, mesh.size - 2)
    for place, (time, piece) in enumerate(zip(times, pieces, strict=True)):
        h = mesh[piece + 1] - mesh[piece]
        value, slope = lagrange((time - mesh[piece]) / h)
        values[:, place] = samples[chosen, :, piece] @ value
        slopes[:, place] = samples[chosen, :, piece] @ slope / h
        if time == mesh[piece]:
            values[:, place] = states[chosen, piece]
        elif time == mesh[piece + 1]:
            values[:, place] = states[chosen, piece + 1]
    return norm(np.asfortranarray(values)), norm(np.asfortranarray(slopes))


def lagrange(share: float) -> tuple[ndarray, ndarray]:
    """The weights of the samples in a polynomial's value at a share of the step, and in its derivative there."""
    differences = NODES[:, None] - NODES[None, :]
    np.fill_diagonal(differences, 1.0)
    factors = (share - NODES)[None, :] / differences
    np.fill_diagonal(factors, 1.0)
    value = factors.prod(axis=1)
    slope = np.zeros(NODES.size)
    for one in range(NODES.size):
        for other in range(NODES.size):
            if other != one:
                rest = np.delete(factors[one], [one, other])
                slope[one] += rest.prod() / differences[one, other]
    return value, slope


@builtin
def odextend(session, sol, odefun, tfinal, y0=None, options=None, /, *extra):
    """
    solext = odextend(sol, odefun, tfinal)
    solext = odextend(sol, odefun, tfinal, yinit)
    solext = odextend(sol, odefun, tfinal, yinit, options)

    Go on with a solution to a later time; [] for odefun takes the same function.

    Examples
      >> sol = ode45(@(t, y) -y, [0 1], 1); solext = odextend(sol, [], 2); solext.x(end)
      ans =
           2

    See also ode45, deval.
    """
    if not isinstance(sol, Struct) or "extdata" not in sol.fields:
        raise ScriptError(
            "MATLAB:odextend:SolNotStruct", "The first argument must be a structure returned by a solver.",
            notes=(f"got {described(sol)}",),
        )  # fmt: skip
    data = sol.fields["extdata"].fields
    function = data["odefun"] if isinstance(odefun, ndarray) and odefun.size == 0 else odefun
    states = as_array(sol.fields["y"])
    start = norm(np.asfortranarray(states[:, -1:])) if y0 is None or np.size(y0) == 0 else y0
    used = data["options"] if options is None else session.call("odeset", 1, data["options"], options)
    mesh = take.vector(sol.fields["x"], "sol.x")
    span = norm(np.array([[mesh[-1], take.number(tfinal, "tfinal")]]))
    more = solved(session, 1, str(text_or_none(sol.fields["solver"])), function, span, start, used, extra)
    fields = dict(sol.fields)
    fields["extdata"] = more.fields["extdata"]
    for name in ("x", "y", "xe", "ye", "ie"):
        if name in more.fields:
            old, new = as_array(fields.get(name, EMPTY)), as_array(more.fields[name])
            new = new[:, 1:] if name in ("x", "y") else new
            fields[name] = norm(np.asfortranarray(np.concatenate([old, new], axis=1) if old.size else new))
    samples = [as_array(s.fields["idata"].fields["samples"]) for s in (sol, more)]
    samples = [part.reshape(states.shape[0], NODES.size, -1, order="F") for part in samples]
    fields["idata"] = Struct({"samples": np.asfortranarray(np.concatenate(samples, axis=2))})
    counts = sol.fields["stats"].fields, more.fields["stats"].fields
    fields["stats"] = Struct({name: counts[0][name] + counts[1][name] for name in counts[0]})
    return Struct(fields)


# --------------------------------------------------------------------------------------------------- output functions
@builtin
def odeprint(session, nargout, t, y, flag="", /, *extra):
    """
    status = odeprint(t, y, flag)

    Print the solution as it is found, as an 'OutputFcn' of odeset.

    Examples
      >> status = odeprint(1, [2; 3], '');
      t =
           1
      y =
           2
           3

    See also odeset, odeplot.
    """
    word = take.text(flag, "Flag") if flag is not None else ""
    if word == "init":
        times = require_numeric(t, "odeprint").ravel("F")
        session.show("t", norm(times[:1]))
        session.show("y", y)
    elif word == "":
        session.show("t", t)
        session.show("y", y)
    else:
        session.out.write("\n\n")
    return False if nargout else None


@builtin
def odeplot(session, nargout, t, y, flag="", /, *extra):
    """
    status = odeplot(t, y, flag)

    Plot the components of a solution over time, as an 'OutputFcn' of odeset.

    Examples
      >> [t, y] = ode45(@(t, y) -y, [0 1], 1, odeset('OutputFcn', @odeplot)); status = odeplot([], [], 'done');
      figure 1: line 41 points

    See also odeset, odephas2, odeprint.
    """
    return traced(session, nargout, t, y, flag, "odeplot")


@builtin
def odephas2(session, nargout, t, y, flag="", /, *extra):
    """
    status = odephas2(t, y, flag)

    Plot the second component of a solution over the first, as an 'OutputFcn' of odeset.

    Examples
      >> [t, y] = ode45(@(t, y) [y(2); -y(1)], [0 1], [0; 1], odeset('OutputFcn', @odephas2));
      figure 1: line 57 points
      >> status = odephas2([], [], 'done');

    See also odeset, odeplot.
    """
    return traced(session, nargout, t, y, flag, "odephas2")


def traced(session, nargout: int, t, y, flag, kind: str):
    """Gather a solution from 'init' on; 'done' draws it."""
    word = take.text(flag, "Flag") if flag is not None else ""
    traces = session.__dict__.setdefault("ode_traces", {})
    if word == "init":
        traces[kind] = [(require_numeric(t, kind).ravel("F")[:1], as_array(y).reshape(-1, 1, order="F"))]
    elif word == "" and kind in traces:
        traces[kind].append((require_numeric(t, kind).ravel("F"), as_array(y)))
    elif word == "done" and kind in traces:
        parts = traces.pop(kind)
        times = np.concatenate([part[0] for part in parts]).astype(DOUBLE)
        states = np.concatenate([part[1] for part in parts], axis=1)
        needed = {"odeplot": 1, "odephas2": 2, "odephas3": 3}[kind]
        if states.shape[0] < needed:
            raise ScriptError(
                f"MATLAB:{kind}:NotEnoughComponents", f"The solution must have at least {needed} components."
            )
        rows = [norm(states[place].reshape(-1, 1)) for place in range(min(3, states.shape[0]))]
        if kind == "odeplot":
            session.call("plot", 0, norm(times.reshape(-1, 1)), norm(np.asfortranarray(states.T)), "-o")
        elif kind == "odephas2":
            session.call("plot", 0, rows[0], rows[1], "-o")
        else:
            session.call("plot3", 0, *rows, "-o")
    return False if nargout else None
