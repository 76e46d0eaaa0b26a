"""Dictionaries: values of one class by keys of one class, copied as values are."""

import time


def test_a_copy_does_not_change_with_the_original(run):
    run('d = dictionary(["a" "b"], [1 2]); e = d; e("a") = 9; f = e; f("c") = 3; e("a") = 8;')
    assert run('disp([d("a") e("a") f("a")])') == ["1     8     9"]
    assert run("disp([numEntries(d) numEntries(e) numEntries(f)])") == ["2     2     3"]
    assert run("disp(keys(d)')") == ['"a"    "b"']


def test_filling_one_in_a_loop_takes_linear_time(run):
    def seconds(count):
        begin = time.process_time()
        run(f'd = configureDictionary("double", "double"); for k = 1:{count}, d(k) = k; end')
        return time.process_time() - begin

    seconds(100)
    assert seconds(8000) < 12 * seconds(2000)


def test_keys_and_values_are_converted_to_the_classes_that_are_settled(run):
    run('d = dictionary; d("a") = int8(3); d(\'b\') = 4.6;')
    assert run("disp(values(d)'); disp(class(values(d)))") == ["3   5", "int8"]
    assert run.fault('d("a") = {1}').identifier == "MATLAB:dictionary:UnableToConvertValue"
    assert run.fault("d({1})").identifier == "MATLAB:dictionary:UnableToConvertKey"


def test_a_key_that_is_not_there_is_an_error_or_a_fallback(run):
    run("d = dictionary([1 2], [10 20]);")
    assert run.fault("d(3)").identifier == "MATLAB:dictionary:ScalarKeyNotFound"
    assert run.fault("d(3)").message == "Key not found."
    assert run("disp(lookup(d, [1 3], FallbackValue=-1))") == ["10    -1"]
    assert run.fault("x = dictionary; x(1)").identifier == "MATLAB:dictionary:UnconfiguredLookupNotSupported"


def test_entries_are_deleted_by_empty_brackets(run):
    run('d = dictionary(["a" "b" "c"], 1:3); d(["a" "c"]) = [];')
    assert run("d") == ["d =", "dictionary (string ⟼ double) with 1 entry:", '"b" ⟼ 2']
    assert run.fault('d("z") = []').identifier == "MATLAB:dictionary:ScalarKeyNotFound"


def test_cells_hold_values_of_any_size(run):
    run('d = dictionary; d{"x"} = 1:3; d{"y"} = "s";')
    assert run('disp(d{"x"}); disp(class(d("x")))') == ["1     2     3", "cell"]
    assert run.fault('e = dictionary("a", 1); e{"a"}').identifier == "MATLAB:dictionary:CurlyBraceNotSupported"


def test_dictionaries_are_equal_with_the_same_entries_in_any_order(run):
    assert run('disp(isequal(dictionary(["a" "b"], [1 2]), dictionary(["b" "a"], [2 1])))') == ["1"]
    assert run('disp(isequal(dictionary("a", 1), dictionary("a", 2)))') == ["0"]
    assert run.fault("[dictionary(1, 2) dictionary(3, 4)]").identifier == (
        "MATLAB:dictionary:ConcatenationNotSupported"
    )


def test_keys_of_other_classes(run):
    assert run("d = dictionary(datetime(2020, 1, 1:2), [5 6]); disp(d(datetime(2020, 1, 2)))") == ["6"]
    assert run("d = dictionary(categorical({'a' 'b'}), [5 6]); disp(d(categorical({'b'})))") == ["6"]
    assert run("d = dictionary({[1 2]}, 7); disp(d({[1 2]}))") == ["7"]
