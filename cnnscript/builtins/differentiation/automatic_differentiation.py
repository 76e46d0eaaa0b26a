"""dlfeval and dlgradient: functions run under a tape, and the gradients of what they compute."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.differentiation.accelerated_functions import AcceleratedFunction
from cnnscript.builtins.differentiation.containers_of_dlarrays import changed, dlarrays_in
from cnnscript.builtins.differentiation.dlarrays import require_dlarray
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.registry import builtin
from cnnscript.engine import recording
from cnnscript.engine.recorded_networks import NetworkRecord
from cnnscript.engine.recording import Record, Recording
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray
from cnnscript.values.numeric import class_of, is_cell, size_text
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.tables import Table


# -------------------------------------------------------------------------------------------------------------- dlfeval
@builtin(outputs=None)
def dlfeval(session, nargout, fun, /, *x):
    """
    [y1,...,yk] = dlfeval(fun,x1,...,xn)

    Run a function, recording what it computes with dlarrays, so that it can ask for gradients by dlgradient.

    The dlarrays among the inputs, those in their cells, structs and tables, and the learnables of dlnetworks are what
    gradients can be taken with respect to. Outputs are dlarrays that nothing records any more.

    Examples
      >> rosenbrock = @(x) dlgradient(100*(x(2) - x(1).^2).^2 + (1 - x(1)).^2, x);
      >> g = dlfeval(rosenbrock, dlarray([-1 2]))
      g =
        1×2 dlarray
         396   200

    See also dlgradient, dlarray, dlnetwork, dlaccelerate.
    """
    if isinstance(fun, AcceleratedFunction) and recording.current() is None and fun.is_graph(nargout, x):
        return all_ended(fun.call(nargout, *x), nargout)  # no tape: nothing outside can ask for gradients
    with Recording() as tape:
        given = [begun(value, tape) for value in x]
        return all_ended(session.call(take.function(fun, "fun", session.function), nargout, *given), nargout)


def all_ended(results: Any, nargout: int) -> Any:
    return ended(results) if nargout <= 1 else tuple(ended(value) for value in results)


def begun(value: Any, tape: Recording) -> Any:
    """A value with its dlarrays, and the learnables of networks in it, on the tape."""

    def begin(one: DLArray) -> DLArray:
        if one.record is not None:
            tape.watch(one.record)
        if one.record is not None or one.underlying == "logical":
            return one
        return DLArray(None, one.labels, tape.begin(one.array()))

    def begin_network(one: DLNetwork) -> DLNetwork:
        if one.network is None:
            return one
        return one.recorded(NetworkRecord(one.network, tape) if one.record is None else one.record.watched_by(tape))

    return changed(value, begin, begin_network)


def ended(value: Any) -> Any:
    """A value with its dlarrays off the tape, unless another one around still records."""
    if recording.current() is not recording.outermost():
        return value

    def end(one: DLArray) -> DLArray:
        return one if one.record is None else DLArray(one.value, one.labels)

    return changed(value, end, lambda one: one if one.record is None else one.recorded(None))


# ----------------------------------------------------------------------------------------------------------- dlgradient
@builtin(outputs=None)
def dlgradient(nargout, y, /, *x, RetainData=False, EnableHigherDerivatives=None, AllowComplex=True):
    """
    [dydx1,...,dydxk] = dlgradient(y,x1,...,xk)
    [dydx1,...,dydxk] = dlgradient(y,x1,...,xk,Name,Value)

    The gradients of a scalar with respect to variables, inside a function that dlfeval runs.

    Each x is a dlarray, or a cell, struct or table of dlarrays, such as net.Learnables; its gradient has the same
    shape, labels and containers. It is 0 where y does not depend on the variable.

    Options
      RetainData               true: keep intermediate values for further calls. They are kept in any case
      EnableHigherDerivatives  true: record how the gradients are computed, so that they can be differentiated
                               (false; true in a function that dlaccelerate made)
      AllowComplex             false: error where a variable or a gradient is complex (true)

    Examples
      >> second = @(x) dlgradient(dlgradient(x.^3, x, 'EnableHigherDerivatives', true), x);
      >> dlfeval(second, dlarray(2))
      ans =
        1×1 dlarray
          12

    See also dlfeval, dlarray, dlnetwork.
    """
    take.flag(RetainData, "RetainData")
    if EnableHigherDerivatives is None:
        higher = recording.is_accelerated()
    else:
        higher = take.flag(EnableHigherDerivatives, "EnableHigherDerivatives")
    complex_too = take.flag(AllowComplex, "AllowComplex")
    if not x:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("dlgradient(y,x1,...,xk)",))
    tape = recording.current()
    of = differentiated(y, tape)
    sources = [source for value in x for source in variables_in(value)]
    if not complex_too and any(source.is_complex for source in sources):
        raise ScriptError(
            "deep:dlgradient:ComplexNotAllowed",
            "Variables to differentiate with respect to must be real when 'AllowComplex' is false.",
        )
    found = iter(gradients(tape, of, sources, higher))
    results = tuple(changed(value, lambda one: next(found)) for value in x)
    return results if nargout > 1 else results[0]


def gradients(tape: Recording, of: Record, sources: list[DLArray], higher: bool) -> list[DLArray]:
    """The gradients with respect to dlarrays, labelled as they are."""
    made = tape.gradients(of, [source.record for source in sources], higher)
    pairs = zip(sources, made, strict=True)
    if higher or recording.is_tracing():
        return [DLArray(None, source.labels, gradient) for source, gradient in pairs]
    return [DLArray(DLArray(None, "", gradient).value, source.labels) for source, gradient in pairs]


def differentiated(y: Any, tape: Recording | None) -> Record:
    """What is to be differentiated, checked."""
    if not isinstance(y, DLArray):
        raise ScriptError(
            "deep:dlarray:ValueToDiffNotDlarray",
            "Value to differentiate must be a traced real dlarray scalar.",
            notes=(f"it is a {class_of(y)}",),
        )
    if tape is None or y.record is None:
        raise ScriptError(
            "deep:dlarray:ValueToDiffNotTraced",
            "Value to differentiate is not traced. It must be a traced real dlarray scalar. Use dlgradient inside a "
            "function called by dlfeval to trace the variables.",
            notes=("no dlfeval is running",) if tape is None else ("it comes of no input of dlfeval",),
        )
    if any(length != 1 for length in y.size()):
        raise ScriptError(
            "deep:dlarray:ValueToDiffNonScalar",
            "Value to differentiate is non-scalar. It must be a traced real dlarray scalar.",
            notes=(f"it is {size_text(y.size(), '×')}",),
            hint="differentiate a sum, or one element: y(k)",
        )
    if y.is_complex:
        raise ScriptError(
            "deep:dlarray:ValueToDiffComplex",
            "Value to differentiate is complex. It must be a traced real dlarray scalar.",
            hint="real(y), or abs(y)",
        )
    return y.record


def variables_in(value: Any) -> list[DLArray]:
    """The dlarrays of one argument of dlgradient, checked."""
    found = list(dlarrays_in(value))
    if not found and not is_cell(value) and type(value) not in (Struct, StructArray, Table):
        require_dlarray(value, "dlgradient")
    for one in found:
        if one.record is None:
            raise ScriptError(
                "deep:dlarray:VariableNotTraced",
                "Variables to differentiate with respect to must be traced dlarray objects.",
                notes=("it comes of no input of dlfeval",),
                hint="hand it to the function as an input: dlfeval(fun,x)",
            )
    return found
