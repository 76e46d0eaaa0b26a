"""dlaccelerate: functions whose computations are traced once for inputs of a kind, and then run as one graph."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from cnnscript.builtins.differentiation.containers_of_dlarrays import changed, dlarrays_in
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.registry import builtin
from cnnscript.engine.recorded_networks import NetworkRecord, tensors_of
from cnnscript.engine.recording import NotTraceable, Record, Recording, accelerating, as_tensor, is_tracing
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.errors import ScriptError
from cnnscript.values import take, warn
from cnnscript.values.dlarrays import DLArray
from cnnscript.values.functions import Function
from cnnscript.values.indexing import called
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.tables import Table
from cnnscript.values.text import String

CACHE_SIZE = 50
UNUSED = 3  # graphs that no second call has used: then the next ones are made when a second call comes


@dataclass
class Trace:
    """What is kept for inputs of one kind.

    run      the graph: numbers of networks and tensors of dlarrays to tensors; None where the function asks for numbers
             on its way, so that it can only be run step by step
    rebuild  tensors to the function's outputs
    waits    is the graph not made yet?
    used     has a second call come?
    """

    run: Callable[..., Any] | None
    rebuild: Callable[[list[Any]], Any] | None = None
    waits: bool = False
    used: bool = False


class AcceleratedFunction(Object):
    """What dlaccelerate makes: a handle object that is called like its function.

    traces  by kind of inputs, the one used last at the end
    """

    class_name: ClassVar[str] = "deep.AcceleratedFunction"
    is_handle = True
    ancestors = ("handle",)
    methods: ClassVar[frozenset[str]] = frozenset(("clearCache",))

    def __init__(self, session: Any, function: Function):
        self.session = session
        self.function = function
        self.enabled = True
        self.cache_size = CACHE_SIZE
        self.check_mode = "none"
        self.tolerance = 1e-4
        self.caller = Function(self.call, function.text)
        self.clear()

    def clear(self) -> None:
        self.traces: OrderedDict[Any, Trace] = OrderedDict()
        self.hits = self.calls = 0

    # -------------------------------------------------------------------------------------------------- as an object
    def properties(self) -> dict[str, Any]:
        graphs = sum(trace.run is not None or trace.waits for trace in self.traces.values())
        return {
            "Function": self.function,
            "Enabled": self.enabled,
            "CacheSize": float(self.cache_size),
            "HitRate": 100.0 * self.hits / self.calls if self.calls else 0.0,
            "Occupancy": 100.0 * graphs / self.cache_size,
            "CheckMode": self.check_mode,
            "CheckTolerance": self.tolerance,
        }

    def set(self, name: str, value: Any) -> Any:
        if name == "Enabled":
            self.enabled = take.flag(value, "Enabled")
        elif name == "CacheSize":
            self.cache_size = take.positive(value, "CacheSize")
            self.drop()
        elif name == "CheckMode":
            self.check_mode = take.choice(value, ("none", "tolerance"), "CheckMode")
        elif name == "CheckTolerance":
            self.tolerance = take.number(value, "CheckTolerance")
        else:
            return super().set(name, value)
        return self

    def own_method(self, name: str) -> Any:
        return clear_cache if name == "clearCache" else None

    def as_function(self) -> Function:
        return self.caller

    def index(self, args: tuple) -> Any:
        return called(self.caller, args)

    # ------------------------------------------------------------------------------------------------------- calling
    def call(self, nargout: int, *args: Any) -> Any:
        if not self.enabled:
            return self.function.call(nargout, *args)
        with accelerating():
            return self.called(nargout, args)

    def is_graph(self, nargout: int, args: tuple) -> bool:
        """Has it a graph for such inputs, whose numbers nothing else checks?"""
        if not self.enabled or self.check_mode != "none":
            return False
        trace = self.traces.get((nargout, *(kind_of(arg) for arg in args)))
        return trace is not None and trace.run is not None

    def called(self, nargout: int, args: tuple) -> Any:
        if is_tracing() or not any(holds_arrays(arg) for arg in args):
            return self.function.call(nargout, *args)
        self.calls += 1
        key = (nargout, *(kind_of(arg) for arg in args))
        trace = self.traces.get(key)
        again = trace is not None
        if trace is None and sum(one.run is not None and not one.used for one in self.traces.values()) >= UNUSED:
            trace = self.traces[key] = Trace(None, waits=True)  # a number that counts steps: none would be used
        elif trace is None or trace.waits:
            trace = self.traces[key] = self.trace(nargout, args)
        self.drop()
        if again and trace.run is not None:
            trace.used = True
            self.hits += 1
        self.traces.move_to_end(key)
        if trace.run is None or trace.rebuild is None:
            return self.function.call(nargout, *args)
        found = trace.rebuild(list(trace.run(*flat(args))))
        if not any(one.record is not None for one in arrays_of(args)):
            found = changed(found, lambda one: DLArray(one.value, one.labels))
        if self.check_mode == "tolerance":
            self.check(found, self.function.call(nargout, *args))
        return found

    def drop(self) -> None:
        while len(self.traces) > self.cache_size:
            self.traces.popitem(last=False)

    def trace(self, nargout: int, args: tuple) -> Trace:
        """The graph of the function for inputs like these: it runs once, on tensors without numbers.

        Where it asks for a number (a condition, extractdata, printing), or draws random numbers, which a graph would
        draw only once, nothing of that run remains, and such calls run step by step.
        """
        session, tf = self.session, tensorflow()
        outputs: list[Any] = []
        stream = session.random.twister.get_state()
        printed = io.StringIO()

        def run(*tensors: Any) -> list[Any]:
            with Recording() as tape:
                given = iter(tensors)
                made = self.function.call(nargout, *(symbolic(arg, given, tape) for arg in args))
            outputs[:] = [made]
            return [one.record.tensor for one in dlarrays_in(as_cell(made)) if one.record is not None]

        graph = tf.function(run, autograph=False)
        try:
            with session.printing_to(printed):
                concrete = graph.get_concrete_function(*flat(args))
        except NotTraceable:
            session.random.twister.set_state(stream)
            return Trace(None)
        after = session.random.twister.get_state()
        if after[2] != stream[2] or not np.array_equal(after[1], stream[1]):
            session.random.twister.set_state(stream)
            return Trace(None)
        session.out.write(printed.getvalue())
        made = outputs[0]

        def rebuild(tensors: list[Any]) -> Any:
            given = iter(tensors)

            def fill(one: DLArray) -> DLArray:
                return one if one.record is None else DLArray(None, one.labels, Record(next(given)))

            if type(made) is tuple:
                return tuple(changed(value, fill) for value in made)
            return changed(made, fill)

        return Trace(concrete, rebuild)

    def check(self, found: Any, plain: Any) -> None:
        """Warn where the graph gives other numbers than the function itself."""
        pairs = zip(dlarrays_in(as_cell(found)), dlarrays_in(as_cell(plain)), strict=False)
        if any(np.abs(one.array() - other.array()).max(initial=0) > self.tolerance for one, other in pairs):
            warn.warn(
                "deep:accelerate:CheckFailed", "The accelerated function gives other values than its function."
            )


def clear_cache(nargout: int, function: AcceleratedFunction) -> None:
    function.clear()


def as_cell(value: Any) -> np.ndarray:
    """Outputs as one cell."""
    items = list(value) if type(value) is tuple else [value]
    cell = np.empty((1, len(items)), object)
    cell[0, :] = items
    return cell


def arrays_of(args: tuple) -> list[DLArray]:
    return dlarrays_in(as_cell(args))


def holds_arrays(arg: Any) -> bool:
    return isinstance(arg, DLNetwork) and arg.network is not None or bool(dlarrays_in(arg))


def kind_of(arg: Any) -> Any:
    """What of an input makes another graph: class, size and labels of dlarrays, the layers of networks, the very value
    of anything else."""
    if isinstance(arg, DLNetwork) and arg.network is not None:
        return "dlnetwork", Same(arg.network.passes)  # on a tape or not: the graph is the same
    found = dlarrays_in(arg)
    if found:
        kinds = tuple((one.size(), one.labels, one.underlying, one.is_complex) for one in found)
        around = None if isinstance(arg, DLArray) else frozen(changed(arg, lambda one: BLANK))
        return type(arg).__name__, kinds, around
    return frozen(arg)


BLANK = DLArray(0.0)


@dataclass(frozen=True, eq=False)
class Same:
    """An object as part of a key, which only itself is equal to."""

    value: Any

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value


def frozen(value: Any) -> Any:
    """A value as a key: equal ones have equal keys."""
    if isinstance(value, DLArray):
        return "dlarray"
    if isinstance(value, np.ndarray):
        if value.dtype == object:
            return value.shape, tuple(frozen(item) for item in value.ravel("F"))
        return value.shape, value.dtype.str, value.tobytes("F")
    if type(value) is Struct:
        return tuple((name, frozen(item)) for name, item in value.fields.items())
    if type(value) is Table:
        return tuple((one.name, frozen(one.data)) for one in value.variables)
    if type(value) is String:
        return "string", value.data.shape, tuple(value.data.ravel("F").tolist())
    if isinstance(value, (str, float, bool, complex, np.generic)):
        return type(value).__name__, value
    return Same(value)


def flat(args: tuple) -> list[Any]:
    """The tensors of the inputs, in the order in which `symbolic` puts them back."""
    tensors: list[Any] = []
    for arg in args:
        if isinstance(arg, DLNetwork) and arg.network is not None:
            held = arg.record.numbers if arg.record is not None else tensors_of(arg.network)
            tensors += [tensor for layer in held.values() for tensor in layer.values()]
        else:
            tensors += [one.record.tensor if one.record is not None else as_tensor(one.array())
                        for one in dlarrays_in(arg)]  # fmt: skip
    return tensors


def symbolic(arg: Any, given: Any, tape: Recording) -> Any:
    """An input with tensors of the graph in place of its numbers."""
    if isinstance(arg, DLNetwork) and arg.network is not None:
        held = arg.record.numbers if arg.record is not None else tensors_of(arg.network)
        numbers = {layer: {name: next(given) for name in names} for layer, names in held.items()}
        return arg.recorded(NetworkRecord(arg.network, tape, numbers))

    def fill(one: DLArray) -> DLArray:
        tensor = next(given)
        tape.tape.watch(tensor)
        return DLArray(None, one.labels, Record(tensor))

    return changed(arg, fill)


@builtin
def dlaccelerate(session, fun, /):
    """
    accfun = dlaccelerate(fun)

    A function that runs faster when it is called again with inputs of the same kind: what it computes is traced once,
    and then computed as one graph.

    Inputs are of one kind where dlarrays have the same sizes, labels and classes, networks the same layers, and all
    else the same values. A function that asks for numbers on its way (in a condition, by extractdata, to print them),
    or draws random ones that are not 'like' a dlarray, cannot be traced: it gives the same results as ever, step by
    step; so do calls with inputs that are others each time, such as the number of the iteration. What a function prints
    or changes besides its outputs happens only while it is traced. Properties: Function, Enabled, CacheSize (50
    graphs), HitRate and Occupancy (percent), CheckMode ("none", "tolerance"), CheckTolerance; clearCache(accfun)
    forgets all graphs.

    Examples
      >> accfun = dlaccelerate(@(x) dlgradient(sum(x.^3,'all'),x));
      >> g = dlfeval(accfun,dlarray([1 2])); g = dlfeval(accfun,dlarray([3 4]))
      g =
        1×2 dlarray
          27    48
      >> disp([accfun.HitRate accfun.Occupancy])
          50     2

    See also dlfeval, dlgradient, dlarray.
    """
    function = take.function(fun, "fun", session.function)
    if isinstance(fun, AcceleratedFunction):
        raise ScriptError("deep:accelerate:Accelerated", "The function is accelerated already.")
    return AcceleratedFunction(session, function)
