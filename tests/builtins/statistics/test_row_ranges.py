"""mapminmax, mae, and mse of errors alone."""

import numpy as np


def test_rows_go_to_the_range_and_back(run):
    run("x = [1 2 4; 3 2 2]; [y, ps] = mapminmax(x, 0, 1); b = mapminmax('reverse', y, ps);")
    run("z = mapminmax('Apply', [7; 1], ps);")
    assert np.allclose(run["y"], [[0, 1 / 3, 1], [1, 0, 0]]) and np.allclose(run["b"], [[1, 2, 4], [3, 2, 2]])
    assert np.allclose(run["z"], [[2], [-1]])


def test_a_constant_or_infinite_row_stays_as_it_is(run):
    run("x = [5 5 5; 1 Inf 2; 0 1 2]; [y, ps] = mapminmax(x); same = isequal(y(1:2,:), x(1:2,:)); g = ps.gain';")
    assert run["same"] is True and run["g"].tolist() == [[1, 1, 1]] and run["y"][2].tolist() == [-1, 0, 1]
    run("b = isequal(mapminmax('reverse', y(1,:), mapminmaxsettings(x(1,:))), x(1,:));\n"
        "function ps = mapminmaxsettings(x)\n[~, ps] = mapminmax(x);\nend")  # fmt: skip
    assert run["b"] is True


def test_a_cell_has_one_range_for_all_its_matrices(run):
    run("[y, ps] = mapminmax({[0 1], single([4 2])}); c = class(y{2}); a = y{1}; b = y{2};")
    assert run["a"].tolist() == [[-1, -0.5]] and run["b"].tolist() == [[1, 0]] and run["c"] == "single"


def test_rows_that_do_not_fit_the_settings_are_named(run):
    fault = run.fault("[~, ps] = mapminmax([1 2; 3 4]); mapminmax('apply', [1; 2; 3], ps)")
    assert "3" in fault.notes[0] and "PS 2" in fault.notes[0]
    assert run.fault("mapminmax('apply', [1 2 3])").message == "Not enough input arguments."


def test_settings_of_one_row_bring_a_column_of_predictions_back(run):
    run("[~, ps] = mapminmax([2 4 6], 0, 1); a = mapminmax('reverse', single([0; 0.5; 1]), ps); c = class(a);")
    assert run["a"].tolist() == [[2], [4], [6]] and run["c"] == "single"


def test_what_follows_errors_does_not_count(run):
    run("a = mae([1 -3], [9 9]); b = mse([1 3], [9 9], 5); c = mse(dlarray([1 2],'CB'), [1 4]);")
    assert run["a"] == 2 and run["b"] == 5 and run("disp(extractdata(c))") == ["1"]
    assert run.fault("mae(1, 2, 3, 4, 5)").message == "Too many input arguments."


def test_errors_alone_have_a_mean_square_that_is_not_halved(run):
    run("a = mse([3 4]); b = mse({[3 NaN], [4; 0]}); c = mae([-3 4 NaN]);")
    assert run["a"] == 12.5 and np.isclose(run["b"], 25 / 3) and run["c"] == 3.5
    assert run.fault("mse(dlarray([1 2],'CB'))").message == "Not enough input arguments."


def test_errors_name_the_function_that_was_called(run):
    for name in ("mae", "mse", "mapminmax"):
        assert f"function {name}." in run.fault(f"{name}(struct('a',1))").message
