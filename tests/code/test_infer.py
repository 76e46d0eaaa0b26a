"""What the generator takes for a double without a test: never a value of another class."""

import numpy as np
import pytest

PROGRAMS = [
    # a loop variable of another class
    ("n = int8(3); s = 0; for k = 1:n, s = s + k; end, x = class(s);", "x", "int8"),
    ("x = f(uint8(3));\nfunction r = f(n)\n r = ''; for k = 1:n, r = class(k); end\nend", "x", "uint8"),
    ("x = f([3 9]);\nfunction r = f(n)\n r = 0; for k = 1:n, r = r + k; end\nend", "x", 6.0),
    ("x = f();\nfunction r = f(n)\n r = nargin; if nargin, for k = 1:n, r = k; end, end\nend", "x", 0.0),
    (
        "v = [10 20 30]; x = f(v, int8(2));\nfunction r = f(v, n)\n r = 0; for k = 1:n, r = r + v(k); end\nend",
        "x",
        30.0,
    ),
    # a variable that is a double in one place only
    ("a = 1; a = [a 2]; x = a + 1;", "x", [[2, 3]]),
    ("a = 1; for k = 1:3, a = a + k; if k == 2, a = {a}; break, end, end, x = iscell(a);", "x", True),
    ("a = 1; eval('a = [1 2];'); x = a + 1;", "x", [[2, 3]]),
    ("a = 1; f(); x = a + 1;\nfunction f\n assignin('caller', 'a', [5 6]);\nend", "x", [[6, 7]]),
    # a name that hides a built-in with a known result
    ("numel = {1, 2}; x = iscell(numel(1));", "x", True),
    (
        "x = f([1 2 3]);\nfunction r = f(v)\n r = numel(v) + 1;\nend\nfunction r = numel(v)\n r = v;\nend",
        "x",
        [[2, 3, 4]],
    ),
    # doubles that Python's floats would refuse
    ("a = 1; b = 0; x = a / b;", "x", np.inf),
    ("a = 0; x = isnan(a / 0);", "x", True),
    ("a = 1e308; x = a * 10;", "x", np.inf),
    ("a = -8; x = a^2;", "x", 64.0),
    ("a = 0; x = a^-1;", "x", np.inf),
    ("a = -8; x = a^0.5; x = round(imag(x) * 1000);", "x", 2828.0),
    ("a = 10; x = a^400;", "x", np.inf),
    ("a = NaN; x = a ~= a;", "x", True),
    ("a = -1; x = sqrt(a);", "x", 1j),
    ("a = -1; x = real(log(a));", "x", 0.0),
    ("a = 5; x = mod(a, 0);", "x", 5.0),
    ("a = -7; x = [mod(a, 3) rem(a, 3)];", "x", [[2, -1]]),
    ("a = 2.5; x = [round(a) round(-a) fix(-a) floor(-a) ceil(-a)];", "x", [[3, -3, -2, -3, -2]]),
    ("a = 1e20; x = floor(a);", "x", 1e20),
    ("a = Inf; x = floor(a);", "x", np.inf),
    ("a = 7; x = max(a, NaN);", "x", 7.0),
    ("x = 0; for k = 0.1:0.1:0.5, x = x + k; end, x = round(x * 10);", "x", 15.0),
    ("s = 0; for k = 10:-3:1, s = s + k; end, x = s;", "x", 22.0),
    ("s = 0; for k = 3:3, s = s + k; end, x = s;", "x", 3.0),
    ("s = 0; for k = 1:2.7, s = s + k; end, x = s;", "x", 3.0),
    ("s = 0; for k = 1:NaN, s = s + k; end, x = isnan(s);", "x", True),
    # counters as indices
    ("v = [1 2 3]'; s = 0; for k = 1:3, s = s + v(k); end, x = s;", "x", 6.0),
    ("v = magic(4); s = 0; for k = 1:16, s = s + v(k); end, x = s;", "x", 136.0),
    ("v = 'abc'; s = ''; for k = 3:-1:1, s = [s v(k)]; end, x = s;", "x", "cba"),
    ("v = {1, 'b'}; for k = 1:2, w = v{k}; end, x = w;", "x", "b"),
    ("v = uint8([5 6]); for k = 1:2, w = v(k); end, x = class(w);", "x", "uint8"),
    ("v = [true false]; for k = 1:2, w = v(k); end, x = islogical(w);", "x", True),
    ("v = zeros(2, 2, 2); for k = 1:2, v(k, 1, k) = k; end, x = v(:)';", "x", [[1, 0, 0, 0, 0, 2, 0, 0]]),
    ("v = zeros(2, 2); for k = 1:3, v(k, k) = k; end, x = v;", "x", [[1, 0, 0], [0, 2, 0], [0, 0, 3]]),
    ("v = []; for k = 1:3, v(k) = k; end, x = v;", "x", [[1, 2, 3]]),
    ("v = zeros(3, 1); for k = 1:3, v(k) = k; end, x = v;", "x", [[1], [2], [3]]),
    ("v = {}; for k = 1:3, v{k} = k; end, x = numel(v);", "x", 3.0),
    ("v = int8([1 2 3]); for k = 1:3, v(k) = 1.6 * k; end, x = class(v);", "x", "int8"),
    ("v = @(k) k * 2; s = 0; for k = 1:3, s = s + v(k); end, x = s;", "x", 12.0),
]


@pytest.mark.parametrize(
    ("text", "name", "expected"), PROGRAMS, ids=[row[0].replace("\n", " ")[:60] for row in PROGRAMS]
)
def test_the_value_is_the_same_as_without_shortcuts(run, text, name, expected):
    def check(got):
        if isinstance(expected, str):
            assert got == expected
        else:
            assert np.array_equal(np.atleast_2d(got), np.atleast_2d(expected))

    check(run(text)[name])
    if "eval" not in text and "function" not in text:
        # where names are looked up as the program runs, nothing is known before
        check(run("eval('" + text.replace("'", "''") + "');")[name])


def test_an_index_below_one_is_refused_also_where_it_is_read_inline(fails):
    error = fails("v = [1 2 3]; for k = 0:2, w = v(k); end")
    assert error.message == "Array indices must be positive integers or logical values."
    error = fails("v = magic(3); for k = 1:3, w = v(k - 1, 1); end")
    assert error.message.startswith("Index in position 1 is invalid.")
    error = fails("v = magic(3); for k = 1:3, w = v(1, k + 1); end")
    assert error.message == "Index in position 2 exceeds array bounds. Index must not exceed 3."
    error = fails("v = [1 2 3]; for k = 1:4, w = v(k); end")
    assert error.message == "Index exceeds the number of array elements. Index must not exceed 3."
    error = fails("c = {1}; for k = 1:4, w = c{k}; end")
    assert error.message == "Index exceeds the number of array elements. Index must not exceed 1."
