"""Arguments nobody means to give are answered as MATLAB answers them, or refused in words: never a fault of ours."""

import numpy as np
import pytest

from cnnscript import ScriptError

REFUSED = """
circshift(1:3, [1 NaN 3])    diff([1 2 3], [1 Inf])       tril(magic(3), uint8([]))    diag({1, 'a'})
tril(["a" "b"])              subplot(Inf)                 subplot(2, 2, 'all')         nexttile([1 Inf])
figure(NaN)                  set([1 NaN 3], 'Name', 'a')  xlabel(@sin)                 sgtitle(containers.Map)
movmean(1:3, NaN)            movmax(1:3, [])              histc(1:3, [])               discretize(1:3, [])
isprime(Inf)                 lu(Inf)                      null(NaN)                    rank([1 NaN])
invhilb(NaN)                 fclose([1 2 3])              ftell(uint8([]))             fprintf(1i, 'a')
ind2sub(Inf, 1)              mink([1 2 3], 1i)            blkdiag(ones(2, 2, 2))       bandwidth(ones(2, 2, 2))
uniquetol(1, [1 2])          saveas(gcf, '')              warning(struct())            rot90(1, 1i)
containers.Map([1+2i 3], 1)  turbo(Inf)                   gobjects(2, Inf)             shiftdim(1, ['ab'; 'cd'])
"""
ANSWERED = [
    ("x = int2str(int8(5));", "5"),
    ("x = int2str(true);", "1"),
    ("x = mat2str(string(missing));", "missing"),
    ("x = compose('%d', int8([1; 2])); x = x{2};", "2"),
    ("x = factorial(int8([3 4])); x = class(x);", "int8"),
    ("x = range([1+2i 3]);", 2 - 2j),
    ("x = movmax([1 5 2], [0 Inf]); x = x(3);", 2.0),
    ("x = movmean([1 2 3], Inf); x = x(1);", 2.0),
    ("x = size(fft([1 2 3], 0)); x = x(2);", 0.0),
    ("x = cond(NaN);", float("nan")),
    ("x = isempty(imgaussfilt([]));", True),
    ("x = numel(num2cell(1:3, []));", 3.0),
    ("x = ishold;", False),
    ("x = strvcat('', ''); x = size(x, 2);", 0.0),
]


@pytest.mark.parametrize("call", [call for line in REFUSED.split("\n") for call in line.split("  ") if call.strip()])
def test_refused_in_words(run, call):
    with pytest.raises(ScriptError):
        run(f"x = {call.strip()};")


@pytest.mark.parametrize(("text", "value"), ANSWERED)
def test_answered(run, text, value):
    run(text)
    assert type(run["x"]) is type(value)
    assert run["x"] == value or np.isnan(value)


@pytest.mark.parametrize(
    "call", ["gamma(1i)", "unwrap(1i)", "repelem(1, Inf)", "bar(ones(4, 4, 3))", "peaks(NaN)", "repelem(1, 1i)"]
)
def test_complex_endless_and_deep_arguments_are_refused_in_words(run, call):
    with pytest.raises(ScriptError):
        run(f"x = {call};")


def test_nothing_convolved_rotated_or_drawn_is_nothing(run):
    run("a = conv(zeros(1, 0), 1); b = imrotate(uint8([]), 1); c = peaks(-1); d = conv([1; 2], [1 2]);")
    assert run["a"].shape == (1, 0)
    assert run["b"].size == 0 and run["b"].dtype == np.uint8
    assert run["c"].size == 0
    assert run["d"].shape == (1, 3)
