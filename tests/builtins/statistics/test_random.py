"""Random numbers are MATLAB's, number for number."""

from types import SimpleNamespace

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.statistics import random  # noqa: F401  declares what is tested
from cnnscript.builtins.statistics.random_stream import Stream
from cnnscript.errors import ScriptError
from cnnscript.values.text import String

SESSION = SimpleNamespace(random=Stream())


def call(name, *args, nargout=1):
    return find(name).bind(SESSION)(nargout, *args)


@pytest.fixture(autouse=True)
def seeded():
    call("rng", "default", nargout=0)


def test_rand_after_rng_default_is_matlabs():
    assert np.round(call("rand", 1.0, 6.0), 4).tolist() == [[0.8147, 0.9058, 0.1270, 0.9134, 0.6324, 0.0975]]


def test_randn_after_rng_default_is_matlabs():
    published = [0.5377, 1.8339, -2.2588, 0.8622, 0.3188, -1.3077, -0.4336, 0.3426, 3.5784, 2.7694]
    published += [-1.3499, 3.0349, 0.7254, -0.0631, 0.7147, -0.2050, -0.1241, 1.4897, 1.4090, 1.4172]
    assert np.round(call("randn", 1.0, 20.0), 4).tolist() == [published]


def test_randi_and_randperm_take_the_same_stream():
    assert call("randi", 10.0, 1.0, 5.0).tolist() == [[9, 10, 2, 10, 7]]
    call("rng", 0.0, nargout=0)
    assert call("randperm", 6.0).tolist() == [[6, 3, 5, 1, 2, 4]]


def test_normals_come_the_same_one_by_one_as_many_at_once():
    many = call("randn", 1.0, 3000.0).ravel()
    call("rng", "default", nargout=0)
    alone = [call("randn") for _ in range(3000)]
    assert many.tolist() == alone
    rest = call("rand")
    call("rng", "default", nargout=0)
    call("randn", 3000.0, 1.0)
    assert call("rand") == rest


def test_normals_are_normal():
    numbers = call("randn", 300.0, 300.0)
    assert abs(numbers.mean()) < 0.02 and abs(numbers.std() - 1) < 0.02 and abs((numbers**4).mean() - 3) < 0.1


def test_columns_fill_first():
    matrix = call("rand", 2.0, 2.0)
    call("rng", "default", nargout=0)
    assert matrix.ravel("F").tolist() == call("rand", 1.0, 4.0).ravel().tolist()


def test_the_state_can_be_kept_and_restored():
    call("rng", 42.0, nargout=0)
    state = call("rng")
    assert state.fields["Type"] == "twister" and state.fields["Seed"] == 42 and state.fields["State"].shape == (625, 1)
    first = call("rand", 1.0, 5.0)
    call("rng", state, nargout=0)
    assert (call("rand", 1.0, 5.0) == first).all()
    assert call("rng", "shuffle", nargout=0) is None


def test_the_fraction_of_a_seed_is_dropped():
    call("rng", 12.75, nargout=0)
    assert call("rng").fields["Seed"] == 12 and call("rand") == np.random.RandomState(12).random_sample()


def test_the_seed_of_other_numbers_is_the_twisters():
    call("rng", 1.0, "twister", nargout=0)
    assert call("rand") == np.random.RandomState(1).random_sample()


def test_limits_classes_and_sizes():
    numbers = call("randi", np.array([[5.0, 7.0]]), 100.0, 1.0)
    assert set(numbers.ravel()) == {5.0, 6.0, 7.0}
    assert call("randi", 9.0, 2.0, "uint8").dtype == np.uint8
    assert call("rand", 2.0, String.of("single")).dtype == np.float32
    assert sorted(call("randperm", 10.0).ravel()) == list(range(1, 11))
    chosen = call("randperm", 10.0, 4.0).ravel()
    assert len(set(chosen)) == 4 and chosen.min() >= 1 and chosen.max() <= 10


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("rng", (-1.0,)),
        ("rng", (float("nan"),)),
        ("rng", ("defaultt",)),
        ("rng", (1.0, "philox")),
        ("randi", (0.0,)),
        ("randi", (2.5,)),
        ("randi", (np.array([[3.0, 1.0]]),)),
        ("randperm", (3.0, 4.0)),
    ],
)
def test_what_is_no_seed_limit_or_count_is_refused(name, args):
    with pytest.raises(ScriptError):
        call(name, *args)


def test_each_session_has_a_stream_of_its_own():
    other = SimpleNamespace(random=Stream())
    first = call("rand")
    assert find("rand").bind(other)(1) == first


def test_streams_are_drawn_from_on_their_own(run):
    run("rng(3); s = RandStream('mt19937ar', 'Seed', 3); a = [rand(s) randn(s, 1, 2) randi(s, 9)]; ")
    run("b = [rand randn(1, 2) randi(9)]; t = s; t.State = RandStream('mt19937ar').State; c = rand(s);")
    assert run["a"].tolist() == run["b"].tolist() and round(run["c"], 4) == 0.8147


def test_the_global_stream_can_be_another_one(run):
    run("""s = RandStream('mt19937ar', 'Seed', 7); old = RandStream.setGlobalStream(s); a = rand; reset(s); b = rand;
    g = RandStream.getGlobalStream == s; n = old == s; RandStream.setGlobalStream(old); rng(7); c = rand;""")
    assert run["a"] == run["b"] == run["c"] and run["g"] is True and run["n"] is False


def test_seeding_of_old_warns_but_for_the_twister(run):
    assert run("rand('twister', 5);") == []
    assert "not those of MATLAB's" in " ".join(run("rand('state', 5); a = rand; randn('seed', 5); b = rand;"))
    run("s = rand('twister'); a = rand; rand('twister', s); b = rand; k = size(s);")
    assert run["a"] == run["b"] and run["k"].tolist() == [[625, 1]]
    assert run.fault("RandStream('philox')").identifier == "MATLAB:RandStream:InvalidType"
    assert run.fault("rand('state', 'x')").identifier == "MATLAB:rand:badState"
