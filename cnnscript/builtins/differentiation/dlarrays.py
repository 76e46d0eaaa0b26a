"""dlarray: arrays for deep learning, with labels of their dimensions; into them and out of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.differentiation.reference_pages import declare
from cnnscript.builtins.networks.data_layouts import DataLayout
from cnnscript.builtins.registry import builtin, overload
from cnnscript.engine.recording import Record, at_each_run, current, is_tracing
from cnnscript.errors import ScriptError
from cnnscript.values import dimension_labels, take
from cnnscript.values.compare import logical_of
from cnnscript.values.convert import to_class
from cnnscript.values.dlarrays import (
    UNDERLYING,
    DLArray,
    labelled,
    numbers,
    permuted,
    reshaped,
    unlabelled,
    with_labels,
)
from cnnscript.values.numeric import DTYPE_OF_CLASS, as_array, class_of, norm


def require_dlarray(value: Any, function: str) -> DLArray:
    if not isinstance(value, DLArray):
        raise ScriptError(
            "MATLAB:UndefinedFunction",
            f"Undefined function '{function}' for input arguments of type '{class_of(value)}'.",
            hint="dlarray(X) makes a dlarray of numbers",
        )
    return value


def as_dlarray(value: Any) -> DLArray:
    """Numbers as a dlarray without labels; a dlarray as it is.  ScriptError for classes it cannot hold."""
    if isinstance(value, DLArray):
        return value
    if class_of(value) not in UNDERLYING or getattr(value, "is_sparse", False):
        raise ScriptError(
            "deep:dlarray:UnsupportedDataType",
            "dlarray is supported only for full arrays of data type double, single, or logical, or for full gpuArrays "
            "of these data types.",
            notes=(f"got {'a sparse matrix' if getattr(value, 'is_sparse', False) else take.described(value)}",),
            hint="single(X) first" if class_of(value) in DTYPE_OF_CLASS else None,
        )
    return DLArray(value)


@builtin
def dlarray(x, fmt=None, /):
    """
    dlX = dlarray(X)
    dlX = dlarray(X,fmt)
    dlX = dlarray(v,dim)

    An array for deep learning: its gradients can be computed, its dimensions can have labels.

    X is double, single or logical. fmt has a label for each dimension: "S" space, "C" channel, "B" batch, "T" time,
    "U" anything; C, B and T once each. Dimensions are put into the order SCBTU. A vector with one label is a column.
    dlarray(dlX) keeps the labels, dlarray(dlX,fmt) gives it others.

    Examples
      >> dlX = dlarray(magic(3),"CS")
      dlX =
        3(S) × 3(C) dlarray
           8     3     4
           1     5     9
           6     7     2
      >> size(dlarray(zeros(28,28,1,16,'single'),"SSCB"))
      ans =
          28    28     1    16

    See also dims, stripdims, extractdata, finddim, dlfeval.
    """
    source = as_dlarray(x)
    if fmt is None:
        return source
    return labelled(source, dimension_labels.checked(take.text(fmt, "Dimension labels")))


@builtin
def dims(x, /):
    """
    d = dims(dlX)

    The labels of the dimensions of a dlarray, an empty char where it has none.

    Examples
      >> dims(dlarray(randn(3,4),"TS"))
      ans =
          'ST'

    See also dlarray, finddim, stripdims.
    """
    return require_dlarray(x, "dims").labels


@builtin
def stripdims(x, fmt=None, /):
    """
    Y = stripdims(dlX)
    Y = stripdims(dlX,fmt)

    A dlarray without its labels; with fmt, its dimensions in the order that these labels have there.

    Examples
      >> y = stripdims(dlarray([1 2 3; 4 5 6],"CB"),"BC")
      y =
        3×2 dlarray
           1     4
           2     5
           3     6

    See also dlarray, dims, extractdata.
    """
    source = require_dlarray(x, "stripdims")
    if fmt is None:
        return unlabelled(source)
    wanted = dimension_labels.checked(take.text(fmt, "Dimension labels"))
    if not source.labels:
        return source
    left, order = list(range(len(source.labels))), []
    size = source.size() + (1,) * len(wanted)
    for label in wanted:
        found = next((k for k in left if source.labels[k] == label), None)
        if found is None:
            found = len(source.labels) + sum(k >= len(source.labels) for k in order)
        else:
            left.remove(found)
        order.append(found)
    if any(size[k] != 1 for k in left):
        raise ScriptError(
            "deep:dlarray:StripdimsMissingLabels",
            "The format must have all labels of the dimensions of the data that are not singletons.",
            notes=(f"the data is {dimension_labels.size_text(source.size(), source.labels)}",
                   f"the format is '{wanted}'"),
        )  # fmt: skip
    order += left
    padded = reshaped(source, source.size() + (1,) * max(0, len(order) - len(source.labels)))
    return unlabelled(with_labels(permuted(padded, order), "U" * len(order)))


@builtin
def extractdata(x, /):
    """
    Y = extractdata(dlX)

    The numbers of a dlarray, without labels; dlgradient follows them no further.

    Examples
      >> extractdata(dlarray([1 2 3],"TC"))
      ans =
           1
           2
           3

    See also dlarray, stripdims, gather.
    """
    return require_dlarray(x, "extractdata").value


@builtin
def finddim(x, label, /):
    """
    dim = finddim(dlX,label)
    dim = finddim(layout,label)

    The numbers of the dimensions of a dlarray, or of a networkDataLayout, that have a label; 1×0 where none has.

    Examples
      >> finddim(dlarray(zeros(5,5,3,2),"SSCB"),"S")
      ans =
           1     2
      >> finddim(networkDataLayout([28 28 3 NaN],"SSCB"),"C")
      ans =
           3

    See also dlarray, networkDataLayout, dims, size.
    """
    word = take.text(label, "Label")
    if len(dimension_labels.checked(word)) != 1:
        raise take.wanted("one of the labels 'S', 'C', 'B', 'T', 'U'", "Label", label, "deep:dlarray:InvalidLabel")
    letters = x.letters if isinstance(x, DataLayout) else require_dlarray(x, "finddim").labels
    found = [float(at) for at, letter in enumerate(letters, 1) if letter == word]
    return norm(np.array([found]).reshape(1, -1))


@builtin
def isdlarray(x, /):
    """
    tf = isdlarray(X)

    Whether a value is a dlarray.

    Examples
      >> [isdlarray(dlarray(1)) isdlarray(1)]
      ans =
        1×2 logical array
         1   0

    See also dlarray, isa, class.
    """
    return isinstance(x, DLArray)


# ---------------------------------------------------------------------------------------- what a dlarray is asked about
def of_class(source: DLArray) -> Any:
    """A number of the class of a dlarray's numbers, complex where they are."""
    one = norm(DTYPE_OF_CLASS[source.underlying].type(1))
    return one * 1j if source.is_complex else one


def ask_the_numbers(name: str, what: str) -> None:
    def question(session, x, /, *rest):
        return session.builtin(name).call(1, of_class(require_dlarray(x, name)), *rest)

    more = ",'single'" if name == "isUnderlyingType" else ""
    declare(name, question, f"answer = {name}(dlX{',typename' if more else ''})", f"{what} of a dlarray.",
            f"disp(isequal({name}(dlarray(single(1)){more}),{name}(single(1){more})))")  # fmt: skip


for word, meaning in {
    "isnumeric": "Whether those are numbers", "isfloat": "Whether those are floating-point numbers",
    "isreal": "Whether those are real", "islogical": "Whether those are logicals",
    "isinteger": "Whether those are of an integer class", "underlyingType": "The class",
    "isUnderlyingType": "Whether those are of a class,",
}.items():  # fmt: skip
    ask_the_numbers(word, meaning if word == "underlyingType" else f"{meaning}: the elements")


@overload("dlarray")
def gather(x, /):
    """
    Y = gather(dlX)

    A dlarray whose numbers lie in the memory of the computer: itself.

    Examples
      >> disp(isdlarray(gather(dlarray(1))))
         1

    See also dlarray, extractdata.
    """
    return x


@overload("dlarray")
def full(x, /):
    """
    Y = full(dlX)

    A dlarray is never sparse: it is itself.

    Examples
      >> disp(isequal(full(dlarray([1 0])),dlarray([1 0])))
         1

    See also dlarray, extractdata.
    """
    return x


@overload("dlarray", outputs=0)
def csvwrite(session, name, value, /, *rest):
    """
    csvwrite(filename,dlX)

    Write the numbers of a dlarray, such as weights of a network, as comma-separated text.

    Examples
      >> csvwrite('w.csv',dlarray([1 2.25])); disp(strtrim(fileread('w.csv')))
      1,2.25

    See also dlarray, writematrix.
    """
    session.builtin("csvwrite").call(0, name, numbers(value), *rest)


@overload("dlarray", outputs=0)
def dlmwrite(session, name, value, /, *rest):
    """
    dlmwrite(filename,dlX,...)

    Write the numbers of a dlarray as text.

    Examples
      >> dlmwrite('w.txt',dlarray([1 2]),';'); disp(strtrim(fileread('w.txt')))
      1;2

    See also dlarray, writematrix.
    """
    session.builtin("dlmwrite").call(0, name, numbers(value), *rest)


def convert_to(class_name: str) -> None:
    def converted(x, /):
        source = require_dlarray(x, class_name)
        if class_name == "logical":
            return DLArray(logical_of(source.value), source.labels)
        if source.record is None:
            return DLArray(to_class(source.value, class_name), source.labels)
        return DLArray(None, source.labels, source.record.converted(class_name))

    declare(class_name, converted, f"Y = {class_name}(dlX)", f"A dlarray whose elements are {class_name}.",
            f"disp(underlyingType({class_name}(dlarray(1))))", shows=class_name)  # fmt: skip


for word in UNDERLYING:
    convert_to(word)


@overload("dlarray")
def cast(session, x, newclass, /, *like):
    """
    Y = cast(dlX,newclass)
    Y = cast(dlX,'like',p)
    Y = cast(X,'like',dlP)

    A dlarray whose elements are of another class; numbers as a dlarray like dlP.

    Examples
      >> disp(underlyingType(cast(dlarray(1),'single')))
      single
      >> disp(class(cast(1,'like',dlarray(2))))
      dlarray

    See also dlarray, underlyingType.
    """
    class_name = take.text(newclass, "Class")
    if like:
        prototype = like[0]
        class_name = prototype.underlying if isinstance(prototype, DLArray) else class_of(prototype)
        if not isinstance(x, DLArray) and isinstance(prototype, DLArray):
            return DLArray(logical_of(x) if class_name == "logical" else to_class(x, class_name))
    if class_name not in UNDERLYING:
        raise as_dlarray_error(class_name)
    return session.builtin(class_name).call(1, x)


def as_dlarray_error(class_name: str) -> ScriptError:
    return ScriptError(
        "deep:dlarray:UnsupportedDataType",
        "dlarray is supported only for full arrays of data type double, single, or logical, or for full gpuArrays of "
        "these data types.",
        notes=(f"it cannot be made {class_name}",),
    )


def make_like(name: str) -> None:
    def made(session, /, *args):
        plain = tuple(of_class(arg) if isinstance(arg, DLArray) else arg for arg in args)
        if name.startswith("rand") and current() is not None and is_tracing():
            return drawn_when_traced(session, lambda: as_array(session.builtin(name).call(1, *plain)))
        return DLArray(session.builtin(name).call(1, *plain))

    size = "[0 1],2" if name == "randi" else "2"
    declare(name, made, f"X = {name}({'limits,' if name == 'randi' else ''}sz,'like',dlP)",
            "A new dlarray of the class of dlP's elements, without labels.",
            f"disp(class({name}({size},'like',dlarray({'true' if name in ('true', 'false') else '1'}))))",
            shows="dlarray")  # fmt: skip


def drawn_when_traced(session: Any, draw: Callable[[], np.ndarray]) -> DLArray:
    """Random numbers in what is traced: others whenever it runs, as without a trace.  Only their size is needed yet."""
    twister = session.random.twister
    state = twister.get_state()
    example = draw()
    twister.set_state(state)
    return DLArray(None, "", Record(at_each_run(lambda: draw().T, example.shape[::-1], example.dtype)))


for word in ("zeros", "ones", "eye", "rand", "randn", "randi", "NaN", "Inf", "true", "false"):
    make_like(word)
