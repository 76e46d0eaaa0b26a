"""Small programs on small arrays of all classes, beside a slow model that knows only MATLAB's rules: indexing,
assignment, deletion, concatenation, ranges, reductions, texts and cells."""

import io
import math
from fractions import Fraction

from array_model import BITS, at, divide, elements_of, held, limits, operands, places, same, script_value, single
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.values.numeric import class_of, size_of

SESSION = Session(out=io.StringIO(), err=io.StringIO())


def run(program, **variables):
    """The variable y after the program, or the identifier of its error."""
    SESSION.variables.clear()
    for name, operand in variables.items():
        SESSION.variables[name] = script_value(operand) if type(operand) is tuple else operand
    try:
        SESSION.run(program)
    except ScriptError as error:
        return error.identifier
    return SESSION.variables["y"]


def shape_of(shape):
    """A size without the ones at its end, at least two."""
    shape = list(shape)
    while len(shape) > 2 and shape[-1] == 1:
        shape.pop()
    return tuple(shape + [1] * (2 - len(shape)))


def agree(got, expected, what):
    """expected: an identifier, or (class, shape, values)."""
    if type(expected) is str or type(got) is str and got.startswith("MATLAB:"):
        assert got == expected, (what, got, expected)
        return
    name, shape, values = expected
    assert (class_of(got), size_of(got)) == (name, shape_of(shape)), (what, got, expected)
    plain = [float(v) if name in ("double", "single") else v for v in values]
    assert all(map(same, elements_of(got), plain)), (what, elements_of(got), plain)


# ------------------------------------------------------------------------------------------------------------ indices
INDICES = st.one_of(
    st.just(":"),
    st.just("end"),
    st.builds(lambda v: ("list", (1, len(v)), v), st.lists(st.integers(1, 4), max_size=4)),
    st.builds(lambda v: ("list", (len(v), 1), v), st.lists(st.integers(1, 4), min_size=2, max_size=3)),
    st.builds(lambda v: ("list", (2, 2), v), st.lists(st.integers(1, 4), min_size=4, max_size=4)),
    st.builds(lambda v: ("mask", (1, len(v)), v), st.lists(st.booleans(), min_size=1, max_size=5)),
    st.builds(lambda v: ("mask", (len(v), 1), v), st.lists(st.booleans(), min_size=2, max_size=4)),
    st.just(("list", (0, 0), [])),
    st.sampled_from([("list", (1, 1), [0]), ("list", (1, 1), [-1]), ("list", (1, 1), [1.5]), ("list", (1, 2), [1, 0])]),
)


def text_of(index):
    if type(index) is str:
        return index
    kind, shape, values = index
    words = [("true" if v else "false") if kind == "mask" else repr(v) for v in values]
    if not words:
        return "[]" if shape == (0, 0) else "zeros(1, 0)"
    rows = [words[row :: shape[0]] for row in range(shape[0])]
    return "[" + "; ".join(" ".join(row) for row in rows) + "]"


def chosen(index, length):
    """Positions (from 0) and the shape of an index of a dimension; None for an index that is none."""
    if index == ":":
        return list(range(length)), (length, 1)
    if index == "end":
        return ([length - 1], (1, 1)) if length else None
    kind, shape, values = index
    if kind == "mask":
        found = [k for k, v in enumerate(values) if v]
        if shape == (1, 1):
            return found, (1, 1) if found else (0, 0)
        return found, (1, len(found)) if shape[0] == 1 else (len(found), 1)
    if any(v < 1 or v != int(v) for v in values):
        return None
    return [int(v) - 1 for v in values], shape


def is_vector(shape):
    return len(shape) == 2 and 1 in shape and shape != (1, 1)


def folded(shape, count):
    """The lengths that `count` indices meet."""
    shape = list(shape) + [1] * (count - len(shape))
    return [*shape[: count - 1], math.prod(shape[count - 1 :])]


def read(operand, indices):
    name, shape, values = operand
    lengths = folded(shape, len(indices))
    if len(indices) == 1:
        lengths = [math.prod(shape)]
    picked = [chosen(index, length) for index, length in zip(indices, lengths, strict=True)]
    if any(p is None or p[0] and max(p[0]) >= n for p, n in zip(picked, lengths, strict=True)):
        return "MATLAB:badsubscript"
    if len(indices) == 1:
        where, form = picked[0]
        if indices[0] != ":" and is_vector(shape) and is_vector(form):
            form = (1, len(where)) if shape[0] == 1 else (len(where), 1)
        return name, form, [values[k] for k in where]
    form = tuple(len(where) for where, _ in picked)
    return name, form, [at(tuple(lengths), values, [p[0][k] for p, k in zip(picked, place, strict=True)])
                        for place in places(form)]  # fmt: skip


@given(operands(), st.lists(INDICES, min_size=1, max_size=3))
@settings(max_examples=250, deadline=None, derandomize=True)
def test_indexing_equals_the_model(x, indices):
    program = f"y = x({', '.join(map(text_of, indices))});"
    agree(run(program, x=x), read(x, indices), (program, x))


# --------------------------------------------------------------------------------------------------------- assignment
def converted(value, source, name):
    """One element in another class; None where there is no such element."""
    if name in BITS:
        return held(value if isinstance(value, float) else Fraction(value), name)
    if name == "logical":
        return None if value != value else bool(value)
    if name == "single":
        return single(value)
    return float(value) if name == "double" else value


def written(x, indices, rhs):
    name, shape, values = x
    other, form, given_values = rhs
    new = [converted(float(v) if other in ("logical", "char") else v, other, name) for v in given_values]
    if None in new:
        return "MATLAB:nologicalnan"
    lengths = [math.prod(shape)] if len(indices) == 1 else folded(shape, len(indices))
    picked = [chosen(index, length) for index, length in zip(indices, lengths, strict=True)]
    if any(p is None for p in picked):
        return "MATLAB:badsubscript"
    counts = [len(where) for where, _ in picked]
    count = math.prod(counts)
    if len(new) != 1:
        if len(indices) == 1 and len(new) != count:
            return "MATLAB:matrix:singleSubscriptNumelMismatch"
        if len(indices) > 1 and [n for n in counts if n != 1] != [n for n in shape_of(form) if n != 1]:
            return "MATLAB:subsassigndimmismatch"
    reach = [max([length, *(k + 1 for k in where)]) for (where, _), length in zip(picked, lengths, strict=True)]
    if not count:
        return name, shape, values
    if len(indices) == 1:
        if reach[0] > lengths[0]:
            if not lengths[0] and shape not in ((0, 0), (1, 0)):
                return None  # what an empty matrix of another size becomes, no page says
            if lengths[0] == 0 and shape == (0, 0) or shape[0] == 1 and len(shape) == 2:
                shape = (1, reach[0])
            elif len(shape) == 2 and shape[1] == 1:
                shape = (reach[0], 1)
            else:
                return "MATLAB:matlab:growAmbiguous"
        result = list(values) + [0] * (reach[0] - lengths[0])
        for k, where in enumerate(picked[0][0]):
            result[where] = new[k if len(new) > 1 else 0]
        return name, shape, result
    if reach != lengths:
        if len(indices) < len(shape):
            return "MATLAB:matlab:growAmbiguous" if reach[-1] > lengths[-1] else None
        shape = tuple(reach)
    old = dict(zip(places(tuple(lengths)), values, strict=True))
    table = {place: old.get(place, 0) for place in places(tuple(reach))}
    for k, place in enumerate(places(tuple(counts))):
        table[tuple(p[0][i] for p, i in zip(picked, place, strict=True))] = new[k if len(new) > 1 else 0]
    return name, shape, [table[place] for place in places(tuple(reach))]


@given(operands(), st.lists(INDICES, min_size=1, max_size=2), operands())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_assignment_equals_the_model(x, indices, rhs):
    if x[0] == "char" and rhs[0] not in ("char",) or not rhs[2] or "end" in indices:
        return  # which code a number becomes, and deletion by '', are tested elsewhere
    expected = written(x, indices, rhs)
    if expected is None:
        return
    program = f"y = x; y({', '.join(map(text_of, indices))}) = v;"
    got = run(program, x=x, v=rhs)
    agree(got, expected, (program, x, rhs))


@given(operands(), INDICES)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_deleting_columns_equals_the_model(x, index):
    name, shape, values = x
    lengths = folded(shape, 2)
    picked = chosen(index, lengths[1])
    if len(shape) > 2 or picked is None or picked[0] and max(picked[0]) >= lengths[1] or index == ":":
        return
    kept = [k for k in range(lengths[1]) if k not in picked[0]]
    expected = [at(tuple(lengths), values, (row, k)) for k in kept for row in range(lengths[0])]
    program = f"y = x; y(:, {text_of(index)}) = [];"
    agree(run(program, x=x), (name, (lengths[0], len(kept)), expected), (program, x))


# ------------------------------------------------------------------------------------------------------ concatenation
def joined_class(first, second):
    if "char" in (first, second):
        return "char"
    for name in (first, second):
        if name in BITS:
            return name
    if "single" in (first, second):
        return "single"
    return "logical" if first == second == "logical" else "double"


@given(operands(), operands(), st.booleans())
@settings(max_examples=250, deadline=None, derandomize=True)
def test_concatenation_equals_the_model(a, b, below):
    name = joined_class(a[0], b[0])
    if name == "char" and {a[0], b[0]} != {"char"} or len(a[1]) > 2 or len(b[1]) > 2:
        return
    values = [[converted(float(v) if n in ("logical", "char") else v, n, name) for v in vs] for n, _, vs in (a, b)]
    program = "y = [a; b];" if below else "y = [a, b];"
    axis = 0 if below else 1
    got = run(program, a=a, b=b)
    if (0, 0) in (a[1], b[1]):
        k = 1 if a[1] == (0, 0) else 0
        agree(got, (name, (a, b)[k][1], values[k]), (program, a, b))
        return
    if a[1][1 - axis] != b[1][1 - axis]:
        if 0 in (math.prod(a[1]), math.prod(b[1])):
            return  # empties of other sizes: tested one by one in test_concatenate
        agree(got, "MATLAB:catenate:dimensionMismatch", (program, a, b))
        return
    shape = list(a[1])
    shape[axis] += b[1][axis]
    both = []
    for place in places(tuple(shape)):
        mine = place[axis] < a[1][axis]
        moved = list(place)
        moved[axis] -= 0 if mine else a[1][axis]
        both.append(at((a, b)[not mine][1], values[not mine], moved))
    agree(got, (name, tuple(shape), both), (program, a, b))


# ------------------------------------------------------------------------------------------------------------- ranges
QUARTERS = st.integers(-40, 40).map(lambda n: n / 4)


@given(QUARTERS, QUARTERS, QUARTERS)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_ranges_equal_the_model(first, step, last):
    count = 0 if step == 0 else max(0, math.floor(Fraction(last - first) / Fraction(step)) + 1)
    program = f"y = ({first!r}):({step!r}):({last!r});"
    agree(run(program), ("double", (1, count), [first + k * step for k in range(count)]), program)


@given(st.sampled_from(sorted(BITS)), st.integers(-130, 260), st.integers(-70, 70), st.integers(-130, 300))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_integer_ranges_equal_the_model(name, first, step, last):
    low, high = limits(name)
    start = held(float(first), name)
    inside = low <= last <= high and abs(step) <= high
    row = list(range(start, last + (1 if step > 0 else -1), step)) if step else []
    expected = (name, (1, len(row)), row) if inside else "MATLAB:colon:OutOfRange"
    program = f"y = {name}({first}):({step}):({last});"
    agree(run(program), expected, program)


# --------------------------------------------------------------------------------------------------------- reductions
def lanes(shape, axis):
    """The places of each lane along an axis, and the shape that is left."""
    padded = list(shape) + [1] * (axis + 1 - len(shape))
    left = tuple(1 if k == axis else n for k, n in enumerate(padded))
    for place in places(left):
        yield [tuple(i if k == axis else p for k, p in enumerate(place)) for i in range(padded[axis])]


def left_shape(shape, axis):
    padded = list(shape) + [1] * (axis + 1 - len(shape))
    return tuple(1 if k == axis else n for k, n in enumerate(padded))


def best(values, pick):
    real = [v for v in values if v == v]
    return pick(real) if real else math.nan


SMALL = st.sampled_from([0.0, 1.0, 2.0, 3.0, -1.0, -2.0, math.nan])


@given(operands(), st.sampled_from(["sum", "prod", "max", "min", "any", "all", "mean", "cumsum"]),
       st.sampled_from([None, 1, 2, 3]), st.data())  # fmt: skip
@settings(max_examples=300, deadline=None, derandomize=True)
def test_reductions_equal_the_model(x, function, dim, data):
    name, shape, values = x
    count = len(values)
    if name in ("double", "single"):
        values = data.draw(st.lists(SMALL, min_size=count, max_size=count))
    elif name in BITS:
        values = data.draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    x = (name, shape, values)
    if dim is None and shape == (0, 0):
        return
    axis = dim - 1 if dim else next((k for k, n in enumerate(shape) if n != 1), 0)
    pad = shape + (1,) * (axis + 1 - len(shape))
    plain = [float(v) if name in ("logical", "char") else v for v in values]
    whole = name if name == "single" or name in BITS and function == "cumsum" else "double"
    result_class = {"any": "logical", "all": "logical"}.get(function, whole)
    if function in ("max", "min"):
        result_class = {"logical": "logical", "char": "double"}.get(name, name)
    if function in ("any", "all") and any(v != v for v in plain):
        return
    result = []
    for lane in lanes(pad, axis):
        items = [at(pad, plain, place) for place in lane]
        if function == "cumsum":
            result += [sum(items[: k + 1]) for k in range(len(items))]
        elif function in ("max", "min"):
            if items:
                result.append(best(items, {"max": max, "min": min}[function]))
        elif function == "mean":
            result.append(divide(float(sum(items)), float(len(items))))
        else:
            result.append({"sum": sum, "prod": math.prod, "any": any, "all": all}[function](items))
    form = left_shape(pad, axis)
    if function == "cumsum":
        order = [place for lane in lanes(pad, axis) for place in lane]
        table = dict(zip(order, result, strict=True))
        form, result = pad, [table[place] for place in places(pad)]
    if function in ("max", "min") and pad[axis] == 0:
        form = tuple(0 if k == axis else n for k, n in enumerate(pad))
    if function == "mean" and name == "single":
        result = [single(v) for v in result]
    arguments = "x" if dim is None else f"x, [], {dim}" if function in ("max", "min") else f"x, {dim}"
    program = f"y = {function}({arguments});"
    if function in ("max", "min") and name == "logical":
        result = [bool(v) for v in result]
    agree(run(program, x=x), (result_class, form, result), (program, x))


# ---------------------------------------------------------------------------------------------------- texts and cells
WORDS = st.sampled_from(["", "a", "ab", "conv1", "relu", "A", "a b"])


@given(WORDS, WORDS, st.sampled_from(["'", '"']), st.sampled_from(["'", '"']))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_texts_equal_the_model(a, b, left, right):
    joined = run(f"y = [{left}{a}{left} {right}{b}{right}];")
    if '"' in (left, right):
        assert class_of(joined) == "string" and joined.data.ravel().tolist() == [a, b]
        added = run(f"y = {left}{a}{left} + {right}{b}{right};")
        assert class_of(added) == "string" and added.data.item() == a + b
        assert run(f"y = {left}{a}{left} == {right}{b}{right};") is (a == b)
    else:
        assert joined == a + b or a + b == "" and size_of(joined) == (0, 0)
        equal = run(f"y = '{a}' == '{b}';")
        if len(a) != len(b) and 1 not in (len(a), len(b)):
            assert equal == "MATLAB:sizeDimensionsMustMatch"
    assert run(f"y = strcmp({left}{a}{left}, {right}{b}{right});") is (a == b)


@given(st.lists(st.integers(0, 9), max_size=4), st.lists(st.integers(0, 9), max_size=3), st.integers(1, 6), st.data())
@settings(max_examples=80, deadline=None, derandomize=True)
def test_cells_equal_the_model(first, second, place, data):
    model = [[float(v)] for v in first]
    start = f"c = {{{', '.join(map(str, first))}}}; d = {{{', '.join(map(str, second))}}}; "

    def contents(program):
        got = run(start + program)
        return got if type(got) is str else [v if type(v) is list else [] if getattr(v, "size", 1) == 0 else [v]
                                             for v in got.ravel("F").tolist()]  # fmt: skip

    assert contents("y = [c, d];") == model + [[float(v)] for v in second]
    grown = model + [[]] * (place - len(model))
    grown[place - 1] = [7.0]
    assert contents(f"y = c; y{{{place}}} = 7;") == grown
    assert contents(f"y = c; y({place}) = {{7}};") == grown
    if place <= len(model):
        assert contents(f"y = c; y({place}) = [];") == model[: place - 1] + model[place:]
        assert run(start + f"y = c{{{place}}};") == model[place - 1][0]
    else:
        assert contents(f"y = c; y({place}) = [];") == "MATLAB:subsdeldimmismatch"
        assert run(start + f"y = c{{{place}}};") == "MATLAB:badsubscript"
    assert run(start + "y = [c{:}];").ravel().tolist() == first if len(first) > 1 else True
    assert run(start + "y = numel([c; c]);") == 2 * len(first)
