"""Questions: right answers, computed once, traced only when it pays, kept only while true."""

import gc
import threading
import weakref

import numpy as np
import pytest

from cnnscript.engine import questions, tracing
from cnnscript.engine.architectures import architecture, read_architecture
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.questions import ask, of
from cnnscript.errors import ScriptError
from tests.engine import numpy_layers as plain

SMALL = """
in	image-input	12x10x3 zerocenter mean=10,20,30
conv1	convolution	4 3x3 padding=1
relu1	relu
conv2	convolution	5 3x3 stride=2	relu1
relu2	relu
pool	global-average-pooling
prob	softmax
"""
WITH_FC = SMALL.replace("pool\tglobal-average-pooling", "fc\tfully-connected\t7")


def network(text=SMALL, seed=0):
    """A small network with random weights."""
    rng = np.random.default_rng(seed)
    found = read_architecture(text)
    arrays = {
        layer.name: {name: rng.normal(size=shape) for name, shape in layer.parameter_shapes().items()}
        for layer in found.network().layers
    }
    return found.network(arrays)


def images(count=1, size=(12, 10), seed=1):
    return np.random.default_rng(seed).integers(0, 256, (count, *size, 3)).astype(np.uint8)


def answer(net, x, *names, **options):
    found = ask(net, x, [net.number(name) for name in names], **options)
    return found[0] if len(names) == 1 else found


def expected_conv2(net, x):
    def conv(y, name, **options):
        return plain.convolution(y, net.parameter(name, "Weights"), net.parameter(name, "Bias"), **options)

    first = conv(x - np.array([10.0, 20, 30]), "conv1", padding=(1, 1, 1, 1))
    return conv(np.maximum(first, 0), "conv2", stride=(2, 2))


def test_answers_are_the_formulas():
    net = network()
    x = images()
    np.testing.assert_allclose(answer(net, x, "conv2"), expected_conv2(net, x), rtol=1e-4, atol=1e-2)


def test_three_layers_of_one_image_cost_one_pass_and_no_trace():
    net = network()
    x = images()
    answer(net, x, "conv1")
    assert of(net).counts == {"walks": 1, "steps": 2, "traces": 0, "traced calls": 0}  # not deeper than asked
    answer(net, x, "conv2")
    assert of(net).counts["steps"] == 4  # relu1 and conv2 only
    answer(net, x, "relu2")
    assert of(net).counts == {"walks": 3, "steps": 5, "traces": 0, "traced calls": 0}
    answer(net, x, "relu1")
    assert of(net).counts["walks"] == 3  # known already


def test_the_second_image_promotes_the_question_and_the_third_size_does_not_trace_again():
    net = network()
    for seed, size in enumerate([(12, 10), (12, 10), (12, 10), (20, 31), (13, 10)]):
        x = images(size=size, seed=seed)
        np.testing.assert_allclose(answer(net, x, "conv2"), expected_conv2(net, x), rtol=1e-4, atol=1e-2)
    assert of(net).counts == {"walks": 1, "steps": 4, "traces": 1, "traced calls": 4}


def test_a_question_through_many_layers_is_walked_a_few_times_before_it_is_traced(monkeypatch):
    monkeypatch.setattr(tracing, "SHORT", 3)
    monkeypatch.setattr(tracing, "A_WALK", 2)
    net = network()
    for seed in range(5):
        answer(net, images(seed=seed), "conv2")  # four layers: three walks
    assert of(net).counts == {"walks": 3, "steps": 12, "traces": 1, "traced calls": 2}


def test_batches_share_the_trace_whatever_their_size():
    net = network()
    x = images(7)
    found = answer(net, x, "conv2", batch_size=3)
    np.testing.assert_allclose(found, expected_conv2(net, x), rtol=1e-4, atol=1e-2)
    assert of(net).counts == {"walks": 1, "steps": 4, "traces": 1, "traced calls": 2}
    assert len(of(net).kept) == 0


def test_acceleration_none_never_traces():
    net = network()
    for seed in range(3):
        answer(net, images(seed=seed), "conv2", acceleration="none")
    assert of(net).counts["traces"] == 0
    assert of(net).counts["walks"] == 3


def test_several_layers_at_once():
    net = network()
    first, last = answer(net, images(), "conv1", "prob")
    assert first.shape == (1, 12, 10, 4)
    assert last.shape == (1, 1, 1, 5)
    assert last.sum() == pytest.approx(1)


def test_answers_are_the_callers_own_to_change():
    net = network()
    x = images()
    first = answer(net, x, "conv1")
    kept = first.copy()
    first[:] = 0
    np.testing.assert_array_equal(answer(net, x, "conv1"), kept)


def test_answers_lie_in_memory_as_matlab_lays_them():
    net = network()
    assert answer(net, images(), "conv1").transpose(1, 2, 3, 0).flags.f_contiguous
    assert answer(net, images(5), "conv1", batch_size=2).transpose(1, 2, 3, 0).flags.f_contiguous


def test_new_weights_make_old_answers_stale_and_need_no_new_trace():
    net = network()
    x, y = images(), images(seed=9)
    answer(net, x, "conv1")
    answer(net, y, "conv1")
    traces = of(net).counts["traces"]
    before = answer(net, x, "conv1")
    net.set_parameter("conv1", "Bias", net.parameter("conv1", "Bias") + 1)
    np.testing.assert_allclose(answer(net, x, "conv1"), before + 1, rtol=1e-5, atol=1e-3)
    assert of(net).counts["traces"] == traces


def test_the_class_of_the_numbers_does_not_matter_but_their_values_do():
    net = network()
    x = images()
    by_class = [answer(net, x.astype(kind), "prob") for kind in (np.uint8, np.float32, np.float64, np.int16)]
    for found in by_class[1:]:
        np.testing.assert_allclose(found, by_class[0], rtol=1e-6)
    assert abs(answer(net, x.astype(float) + 0.5, "conv1") - answer(net, x, "conv1")).max() > 0


def test_equal_images_in_another_memory_order_are_the_same_image():
    net = network()
    x = images()
    answer(net, x, "conv1")
    answer(net, np.asfortranarray(x), "conv1")
    assert of(net).counts["walks"] == 1


def test_larger_images_give_larger_maps_and_smaller_ones_are_refused():
    net = network()
    assert answer(net, images(size=(24, 30)), "conv1").shape == (1, 24, 30, 4)
    for size in [(11, 10), (12, 9)]:
        with pytest.raises(ScriptError) as caught:
            answer(net, images(size=size), "conv1")
        assert caught.value.message == "Incorrect input size. The input images must have a size of [12 10 3]."
        assert caught.value.notes == (f"the image is {size[0]}×{size[1]}×3",)
    assert "traces" in of(net).counts


def test_grey_images_are_refused_with_a_way_out():
    with pytest.raises(ScriptError) as caught:
        answer(network(), np.zeros((1, 12, 10, 1), np.uint8), "conv1")
    assert caught.value.hint == "repeat a grey image to three channels: repmat(im, [1 1 3])"
    with pytest.raises(ScriptError) as caught:
        answer(network(), np.zeros((1, 6, 5, 1), np.uint8), "conv1")
    assert caught.value.hint.endswith("repmat(im, [1 1 3]), and then imresize(im, [12 10])")


def test_fully_connected_layers_take_their_own_size_only():
    net = network(WITH_FC)
    assert isinstance(net.layers[net.number("fc")], FullyConnected)
    assert answer(net, images(size=(24, 30)), "relu2").shape == (1, 11, 14, 5)
    with pytest.raises(ScriptError) as caught:
        answer(net, images(size=(24, 30)), "prob")
    assert caught.value.message.startswith("Layer 'fc': ")
    for seed in range(3):
        assert answer(net, images(seed=seed), "prob").shape == (1, 1, 1, 7)
    assert of(net).counts["traces"] == 1


def test_a_network_without_weights_cannot_be_asked():
    with pytest.raises(ScriptError) as caught:
        answer(read_architecture(SMALL).network(), images(), "conv1")
    assert caught.value.message == "The network has no weights: it is an architecture only."


def test_threads_may_ask_at_once():
    net = network()
    x = [images(seed=seed) for seed in range(4)]
    found = [None] * 8

    def work(i):
        found[i] = answer(net, x[i % 4], "prob" if i % 2 else "conv2")

    threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for i in range(0, 8, 2):
        np.testing.assert_allclose(found[i], expected_conv2(net, x[i % 4]), rtol=1e-4, atol=1e-2)


def test_many_images_are_computed_in_pieces_that_fit_in_memory(monkeypatch):
    monkeypatch.setattr(questions, "BATCH_BYTES", 4 * (12 * 10 * 4 * 2 + 12 * 10 * 3) * 2)
    net = network()
    x = images(5)
    np.testing.assert_allclose(answer(net, x, "conv2"), expected_conv2(net, x), rtol=1e-4, atol=1e-2)
    assert of(net).counts["walks"] + of(net).counts["traced calls"] == 3  # two, two and one


def test_an_image_too_large_to_keep_is_still_answered(monkeypatch):
    monkeypatch.setattr(questions, "KEPT_BYTES", 3000)
    net = network()
    x = images()
    first = answer(net, x, "conv2")
    np.testing.assert_array_equal(answer(net, x, "conv2"), first)
    assert of(net).kept.bytes <= 3000


def test_a_hundred_questions_leave_a_bounded_number_of_traces(monkeypatch):
    monkeypatch.setattr(questions, "TRACED_QUESTIONS", 3)
    net = network()
    for number in range(1, 7):
        for seed in range(2):
            ask(net, images(seed=10 * number + seed), [number])
    assert len(of(net).traced) <= 3


def test_what_was_asked_goes_with_the_network():
    net = network()
    for seed in range(2):
        answer(net, images(seed=seed), "prob")
    seen = weakref.ref(net)
    held = weakref.ref(of(net))
    del net
    gc.collect()
    assert seen() is None
    assert held() is None


def test_waiting_is_reported(squeezenet, monkeypatch):
    said = []
    ask(squeezenet, images(size=(227, 227)), [1], progress=said.append)
    assert all(isinstance(words, str) for words in said)


@pytest.mark.parametrize(
    ("name", "label", "low", "high"), [("coffee", "espresso", 0.99, 1), ("chelsea", "Egyptian cat", 0.45, 0.55)]
)
def test_pictures_are_what_they_show(squeezenet, picture, name, label, low, high):
    scores = answer(squeezenet, picture(name), "prob").ravel()
    assert squeezenet.classes[scores.argmax()] == label
    assert low < scores.max() <= high


def test_alexnet_runs_in_matlabs_shapes_without_its_weights():
    """The true architecture on cheap numbers: each map has the size that MATLAB prints."""
    described = architecture("alexnet")
    arrays = {
        layer.name: {name: np.zeros(shape, np.float32) for name, shape in layer.parameter_shapes().items()}
        for layer in described.network().layers
    }
    net = described.network(arrays)
    x = images(size=(227, 227))
    for i, found in enumerate(ask(net, x, range(len(net.layers)))):
        assert found.shape[1:] == net.sizes[i]


def test_ten_thousand_images_enter_in_pieces_of_bounded_size(monkeypatch):
    net = network()
    entered = []
    real = questions.as_tensor
    monkeypatch.setattr(questions, "as_tensor", lambda images: entered.append(images.nbytes * 4) or real(images))
    monkeypatch.setattr(questions, "BATCH_BYTES", 2**22)
    x = np.broadcast_to(images(), (10_000, 12, 10, 3))
    found = answer(net, x, "prob", batch_size=10_000)
    assert found.shape == (10_000, 1, 1, 5)
    assert max(entered) <= 2**22
    assert sum(entered) == 4 * x.size
    np.testing.assert_allclose(found[9_999], answer(net, images(), "prob")[0], rtol=1e-5)


def test_a_large_picture_is_traced_at_once(monkeypatch):
    monkeypatch.setattr(questions, "LARGE", 12 * 10)
    net = network()
    x = images(size=(24, 30))
    np.testing.assert_allclose(answer(net, x, "conv2"), expected_conv2(net, x), rtol=1e-4, atol=1e-2)
    assert of(net).counts == {"walks": 0, "steps": 0, "traces": 1, "traced calls": 1}


@pytest.mark.parametrize("place", ["between batches", "while tracing", "while walking"])
def test_ctrl_c_leaves_everything_whole(monkeypatch, place):
    net = network()
    x = images(7)

    def interrupt(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if place == "between batches":
            patch.setattr(questions.Waiting, "done", interrupt)
        elif place == "while walking":
            patch.setattr(questions, "walk", interrupt)
        else:
            answer(net, images(2, seed=8), "conv2")
            patch.setattr(questions, "walk", interrupt)
        with pytest.raises(KeyboardInterrupt):
            answer(net, x, "conv2", batch_size=2)
        with pytest.raises(KeyboardInterrupt):
            if place == "between batches":
                answer(net, x, "conv2", batch_size=2)
            else:
                answer(net, images(seed=5), "relu1")
    free = threading.Thread(target=lambda: answer(net, images(), "conv1"))  # the lock is free
    free.start()
    free.join(20)
    assert not free.is_alive()
    np.testing.assert_allclose(answer(net, x, "conv2", batch_size=2), expected_conv2(net, x), rtol=1e-4, atol=1e-2)
    np.testing.assert_allclose(answer(net, x[:1], "conv2"), expected_conv2(net, x[:1]), rtol=1e-4, atol=1e-2)
