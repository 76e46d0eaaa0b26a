"""What a dlarray is: labels and their order, display, questions, arithmetic label by label, indexing, refusals."""

import numpy as np
import pytest


def test_dimensions_come_into_the_order_of_labels(run):
    run('x = dlarray(reshape(1:24,2,3,4),"BTC"); d = dims(x); s = size(x); first = extractdata(x(:,1,1));')
    assert run["d"] == "CBT" and run["s"].ravel().tolist() == [4, 2, 3]
    assert run["first"].ravel().tolist() == [1, 7, 13, 19]


def test_a_vector_with_one_label_is_a_column(run):
    run('x = dlarray([1 2 3],"C"); d = dims(x); s = size(x);')
    assert run["d"] == "CU" and run["s"].ravel().tolist() == [3, 1]


def test_labelled_singletons_at_the_end_stay_and_unlabelled_ones_go(run):
    run('x = dlarray(ones(5,4,3),"SSCB"); s = size(x); y = dlarray(ones(5,4),"SSU"); d = dims(y);')
    assert run["s"].ravel().tolist() == [5, 4, 3, 1] and run["d"] == "SS"


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ('dlarray(1,"Q");', "deep:dlarray:InvalidDimensionLabels"),
        ('dlarray(1,"CC");', "deep:dlarray:RepeatedDimensionLabels"),
        ('dlarray(ones(2,3,4),"CB");', "deep:dlarray:WrongNumberOfLabels"),
        ("dlarray(uint8(1));", "deep:dlarray:UnsupportedDataType"),
        ("dlarray(sparse(1));", "deep:dlarray:UnsupportedDataType"),
        ('dlarray("text");', "deep:dlarray:UnsupportedDataType"),
        ("gpuArray(dlarray(1));", "parallel:gpu:device:DriverNotFound"),
        ("dims(1);", "MATLAB:UndefinedFunction"),
        ('finddim(dlarray(1,"CB"),"CB");', "deep:dlarray:InvalidLabel"),
        ('dlarray(ones(2),"CB")*ones(2);', "deep:dlarray:mtimes:Labeled"),
        ('dlarray(ones(2,3),"CB")\';', "deep:dlarray:TransposeLabeled"),
        ('permute(dlarray(ones(2,3),"CB"),[2 1]);', "deep:dlarray:PermuteLabeled"),
        ("mode(dlarray([1 2]));", "MATLAB:UndefinedFunction"),
        ('x = dlarray(1); x(2) = "a";', "MATLAB:UnableToConvert"),
        ("dlarray(ones(2,3)) + ones(3,2);", "MATLAB:sizeDimensionsMustMatch"),
        ("x = dlarray(ones(2)); x(3,1);", "MATLAB:badsubscript"),
    ],
)
def test_refusals(run, text, identifier):
    assert run.fault(text).identifier == identifier


def test_display(run):
    assert run('x = dlarray(single([1.5 2; 3 4]),"CB")') == [
        "x =", "2(C) × 2(B) single dlarray", "1.5000    2.0000", "3.0000    4.0000",
    ]  # fmt: skip
    assert run('x = dlarray(2,"SSCB")') == ["x =", "1(S) × 1(S) × 1(C) × 1(B) dlarray", "2"]
    assert run("x = dlarray(1) > 0") == ["x =", "1×1 logical dlarray", "1"]
    assert run("disp(dlarray(zeros(0,3)))") == ["0×3 dlarray"]
    assert run("s.a = dlarray(1)") == ["s =", "struct with fields:", "a: [1×1 dlarray]"]
    assert run("x = dlarray(ones(2,1,2)); x")[:3] == ["x =", "2×1×2 dlarray", "(:,:,1) ="]


def test_questions(run):
    run("""x = dlarray(single([1 2 3]));
        q = {class(x), isa(x,'dlarray'), isnumeric(x), isfloat(x), islogical(x > 1), underlyingType(x), numel(x), ...
             isempty(x), isrow(x), isreal(x), class(double(x)), underlyingType(double(x)), isdlarray(1), ...
             isscalar(x)};""")
    assert run["q"].ravel("F").tolist() == [
        "dlarray", True, True, True, True, "single", 3.0, False, True, True, "dlarray", "double", False, False,
    ]  # fmt: skip
    run("w = whos('x'); c = w.class; b = w.bytes;")
    assert run["c"] == "dlarray" and run["b"] == 12


def test_operands_meet_label_by_label(run):
    run("""x = dlarray(ones(2,3,4),"SCB"); y = dlarray([10; 20; 30],"C"); z = x.*y; d = dims(z); s = size(z);
        v = extractdata(z(1,:,1)); t = dlarray(ones(2,5),"CT") + dlarray(ones(2,3),"CB"); dt = dims(t);
        st = size(t);""")
    assert run["d"] == "SCB" and run["s"].ravel().tolist() == [2, 3, 4]
    assert run["v"].ravel().tolist() == [10, 20, 30]
    assert run["dt"] == "CBT" and run["st"].ravel().tolist() == [2, 3, 5]


def test_an_operand_without_labels_goes_along_the_dimensions_in_order(run):
    run('x = dlarray(ones(2,3),"CB") + [1; 2]; d = dims(x); v = extractdata(x);')
    assert run["d"] == "CB" and run["v"].tolist() == [[2, 2, 2], [3, 3, 3]]


def test_single_wins_and_comparisons_are_logical(run):
    run("""a = underlyingType(dlarray(single(1)) + 1); b = underlyingType(dlarray(1,"CB") == 1);
        c = dims(~dlarray(1,"CB"));""")
    assert (run["a"], run["b"], run["c"]) == ("single", "logical", "CB")


def test_parts_keep_labels_where_each_dimension_has_an_index(run):
    run('x = dlarray(reshape(1:24,2,3,4),"SCB"); a = dims(x(1,:,end)); b = dims(x(5)); c = size(x(:,:,2));'
        "d = dims(x(:,:)); x(1,1,:) = 0; e = extractdata(sum(x,'all')); f = dims(x);")  # fmt: skip
    assert (run["a"], run["b"], run["d"], run["f"]) == ("SCB", "", "", "SCB")
    assert run["c"].ravel().tolist() == [2, 3, 1]
    assert run["e"] == 300 - (1 + 7 + 13 + 19)


def test_reductions_keep_labels(run):
    run('x = dlarray(magic(4),"CB"); a = dims(sum(x,"all")); b = size(mean(x,2)); [m,i] = max(x,[],1); c = class(i);')
    assert run["a"] == "CB" and run["b"].ravel().tolist() == [4, 1] and run["c"] == "double"
    assert run["m"].array().ravel().tolist() == [16, 14, 15, 13]


def test_joining_keeps_labels_and_grows_arrays(run):
    run('x = dlarray([1; 2],"CB"); y = [x, x+1, [7; 8]]; d = dims(y); v = extractdata(y); a = [];'
        "a(end+1) = dlarray(3); a(end+1) = dlarray(4); c = class(a); "
        "k = cat(3,dlarray(1),2); s = size(k);")  # fmt: skip
    assert run["d"] == "CB" and run["v"].tolist() == [[1, 2, 7], [2, 3, 8]]
    assert run["c"] == "dlarray" and run["s"].ravel().tolist() == [1, 1, 2]


def test_stripdims_in_another_order(run):
    run('x = dlarray(reshape(1:6,1,2,3),"BCT"); y = stripdims(x,"TCB"); s = size(y); v = extractdata(y);')
    assert run["s"].ravel().tolist() == [3, 2]
    assert run["v"].tolist() == [[1, 2], [3, 4], [5, 6]]
    assert run.fault('stripdims(x,"BC");').identifier == "deep:dlarray:StripdimsMissingLabels"


def test_conditions_indices_and_equality(run):
    run("""x = dlarray(2); v = [5 6 7]; a = v(x); b = 0; if x > 1, b = 1; end, while x < 5, x = x + 1; end
        c = isequal(dlarray([1 2]),[1 2]); d = isequal(dlarray([1 2],"CB"),dlarray([1 2],"SC"));
        m = v(dlarray(v) > 5);""")
    assert run["a"] == 6 and run["b"] == 1 and run["x"].value == 5
    assert run["c"] is True and run["d"] is False and run["m"].ravel().tolist() == [6, 7]


def test_new_arrays_like_a_dlarray(run):
    run("z = zeros(2,3,'like',dlarray(single(1))); c = class(z); u = underlyingType(z); r = rand(2,'like',z);"
        "k = cast(1,'like',z); n = numel(r);")  # fmt: skip
    assert run["c"] == "dlarray" and run["u"] == "single" and run["n"] == 4
    assert run["k"].underlying == "single"


def test_numbers_without_a_tape_stay_double_and_start_no_tensorflow():
    import subprocess
    import sys

    code = (
        "import sys; from cnnscript import Session; s = Session(); "
        "s.run('x = dlarray(magic(3),\"CB\"); y = sum(x.*x,2);'); "
        "assert 'tensorflow' not in sys.modules; assert s['y'].value.dtype == 'float64'"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_from_python_it_is_an_array(run):
    run('x = dlarray([1 2; 3 4],"CB");')
    assert np.array_equal(run["x"].value, [[1, 2], [3, 4]])


def test_dlarrays_come_back_from_files(run):
    run("""x = dlarray(single([1 2; 3 4]),"SSCB"); s.p = {dlarray(5), x}; save kept.mat x s; clear; load kept.mat
        d = dims(x); u = underlyingType(x); n = size(x); y = extractdata(s.p{1}); e = dims(s.p{2});""")
    assert (run["d"], run["u"], run["y"], run["e"]) == ("SSCB", "single", 5, "SSCB")
    assert run["n"].ravel().tolist() == [2, 2, 1, 1]


def test_functions_stand_after_the_dot_of_a_dlarray_too(run):
    run('x = dlarray(reshape(1:6,1,2,3),"SSC"); a = dims(x.squeeze()); b = x.sum(3).extractdata; '
        's = dlfeval(@(v) dlgradient(v.power(2).sum,v),dlarray([1 2 3])).extractdata;')  # fmt: skip
    assert run["a"] == "SC" and run["b"].tolist() == [[9, 12]] and run["s"].tolist() == [[2, 4, 6]]


def test_every_word_after_the_dot_is_a_function_that_takes_dlarrays(run):
    from cnnscript.builtins import find
    from cnnscript.values.dlarrays import METHOD_WORDS

    for word in METHOD_WORDS.split():
        entry = find(word)
        assert entry is not None and (entry.takes_dlarrays or "dlarray" in entry.overloaded), word


def test_arrays_of_numbers_take_the_numbers_of_what_nothing_records(run):
    run("a = zeros(2,2); a(2,:) = dlarray(single([7 8]),'CB'); b = single([1 2]); b(3) = dlarray(5); c = class(b);")
    assert run["a"].tolist() == [[0, 0], [7, 8]] and run["b"].tolist() == [[1, 2, 5]] and run["c"] == "single"
    fault = run.fault("dlfeval(@f,dlarray(1)); function y = f(x), y = zeros(1,2); y(1) = x; end")
    assert fault.identifier == "MATLAB:UnableToConvert"
