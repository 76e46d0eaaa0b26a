import threading
import warnings

import numpy as np
import pytest

from cnnscript.values import numeric
from cnnscript.values.numeric import as_array, class_of, norm, numel_of, quiet, rounded_half_away, saturated, size_of
from cnnscript.values.text import CharArray, String

INTEGERS = sorted(numeric.INTEGER_CLASSES)


def test_one_element_is_a_scalar_of_its_kind():
    assert type(norm(np.array([[2.0]]))) is float and type(norm(np.array([[True]]))) is bool
    assert type(norm(np.array([[1j]]))) is complex and type(norm(np.array([[3]], np.int8))) is np.int8
    assert type(norm(np.float64(2))) is float and type(norm(np.bool_(True))) is bool
    assert norm(np.ones((1, 1), object)).shape == (1, 1)
    assert norm(np.array(2.0)) == 2.0 and norm(np.array([1.0, 2.0])).shape == (1, 2)


def test_trailing_singletons_go():
    assert norm(np.zeros((2, 3, 1, 1))).shape == (2, 3) and norm(np.zeros((1, 1, 1))) == 0.0
    assert norm(np.zeros((2, 1, 3))).shape == (2, 1, 3)


def test_text_as_codes():
    assert as_array("aé").tolist() == [[97.0, 233.0]] and as_array("").shape == (0, 0)
    assert as_array(CharArray(np.array([[65], [66]], np.uint32))).tolist() == [[65], [66]]


def test_class_and_size_of_every_kind():
    for value, name, size in [
        (1.0, "double", (1, 1)),
        (True, "logical", (1, 1)),
        (1j, "double", (1, 1)),
        ("abc", "char", (1, 3)),
        ("", "char", (0, 0)),
        (np.float32(1), "single", (1, 1)),
        (np.zeros((2, 0, 3), np.int8), "int8", (2, 0, 3)),
        (np.empty((1, 2), object), "cell", (1, 2)),
        (String.of("a"), "string", (1, 1)),
    ]:
        assert class_of(value) == name and size_of(value) == size and numel_of(value) == np.prod(size)


@pytest.mark.parametrize("name", INTEGERS)
def test_saturation_rounds_half_away_and_holds_at_the_limits(name):
    limits = np.iinfo(name)
    numbers = [0.4999999999999999, 0.5, 1.5, 2.5, -0.5, -2.5, np.nan, np.inf, -np.inf, 1e300, -1e300]
    wanted = [0, 1, 2, 3, -1, -3, 0, limits.max, limits.min, limits.max, limits.min]
    got = saturated(np.array([numbers]), np.dtype(name))
    assert got.dtype == name and got.tolist() == [[max(number, limits.min) for number in wanted]]


@pytest.mark.parametrize("name", INTEGERS)
def test_saturation_of_singles_and_of_long_arrays(name):
    dtype = np.dtype(name)
    assert saturated(np.array([1e30, -1e30, 2.5], np.float32), dtype).tolist()[0] == np.iinfo(name).max
    long = np.asfortranarray(np.linspace(-400, 400, 30000).reshape(3, 100, 100))
    got = saturated(long, dtype)
    assert got.shape == long.shape and got.flags.f_contiguous
    assert got[1, 7].tolist() == [int(saturated(x, dtype)) for x in long[1, 7]]


def test_saturation_between_integer_classes_is_exact():
    assert saturated(np.array([2**63 - 1, -5]), np.dtype("uint64")).tolist() == [2**63 - 1, 0]
    assert saturated(np.array([2**64 - 1], np.uint64), np.dtype("int64")).tolist() == [2**63 - 1]
    assert saturated(np.array([300, -300], np.int16), np.dtype("int8")).tolist() == [127, -128]


def test_halves_go_away_from_zero():
    assert rounded_half_away(np.array([0.5, -0.5, 2.5, -2.5, 0.49999999999999994])).tolist() == [1, -1, 3, -3, 0]


def test_another_thread_is_quiet_too():
    caught = []

    def divide():
        with quiet(), warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            assert np.isinf(np.ones((1, 2)) / 0.0).all()
            caught.extend(heard)

    thread = threading.Thread(target=divide)
    thread.start()
    thread.join()
    assert caught == []
