"""Single in, single out, also where NumPy and SciPy reckon in doubles."""

import pytest

CALLS = """
conv(s, [1 1])
conv2(s, [1 1])
deconv(s, [1 2])
polyval([1 2], s)
polyval(s, 2)
polyfit(s, [1 2 3], 1)
roots(s)
poly(s)
polyder(s)
polyint(s)
trapz(s)
trapz([1 2 3], s)
cumtrapz(s)
corrcoef(s, [1 2 4])
del2(s)
spline(s, [1 2 3], 1.5)
pchip(s, [1 2 3], 1.5)
gamma(s)
vander(s)
ppval(mkpp([0 1], [1 2]), s)
filter2(s, [1 2; 3 4])
detrend(s)
compan(s)
movstd(s, 2)
logm(single([2 0; 0 3]))
"""


@pytest.mark.parametrize("call", CALLS.strip().split("\n"))
def test_single_in_single_out(run, call):
    run(f"s = single([1 2 3]); x = class({call}); s = [1 2 3]; y = class({call.replace('single(', '(')});")
    assert (run["x"], run["y"]) == ("single", "double")


def test_what_is_no_number_stays(run):
    run("[p, S] = polyfit(single(1:3), 1:3, 1); x = class(S); y = class(p);")
    assert (run["x"], run["y"]) == ("struct", "single")
