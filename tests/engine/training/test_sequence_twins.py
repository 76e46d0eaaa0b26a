"""Training on sequences follows NumPy (float64), step by step; its gradients are central differences of the loss."""

import numpy as np
import pytest

from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.graph import Network
from cnnscript.engine.output_layers import ClassificationOutput, RegressionOutput
from cnnscript.engine.pointwise_layers import Softmax
from cnnscript.engine.recurrent_layers import LSTM, SequenceInput
from cnnscript.engine.training.feeds import Batch
from cnnscript.engine.training.goals import goal_of_layer
from cnnscript.engine.training.plans import Plan, Solver
from cnnscript.engine.training.schedules import Schedule
from cnnscript.engine.training.sequences import Padding, padded, pieces, there
from cnnscript.engine.training.trainees import Trainee
from tests.engine.training import numpy_training as plain

UNITS, FEATURES, OUTPUTS, STEP = 4, 3, 2, 1e-5
LENGTHS = (5, 2, 4, 1)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def unrolled(held, x, state=None):
    """All outputs N×T×R of an LSTM and a fully connected layer for N×T×C, and the state that it ends in."""
    h, c = state or (np.zeros((len(x), UNITS)),) * 2
    outputs = []
    for t in range(x.shape[1]):
        gates = x[:, t] @ held["lstm", "InputWeights"].T + h @ held["lstm", "RecurrentWeights"].T
        i, f, g, o = np.split(gates + held["lstm", "Bias"], 4, 1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        outputs.append(h @ held["fc", "Weights"] + held["fc", "Bias"])
    return np.stack(outputs, 1), (h, c)


def class_loss(held, x, t, counted):
    """The cross-entropy of the last step: padding on the right is read as any step."""
    scores = unrolled(held, x)[0][:, -1]
    raw = np.exp(scores - scores.max(1, keepdims=True))
    return -np.log((raw / raw.sum(1, keepdims=True))[np.arange(len(x)), t]).mean()


def regression_loss(held, x, t, counted):
    """MathWorks' page of regressionLayer: 1/(2S) of the squares of a sequence of S steps, its mean over sequences."""
    squares = ((unrolled(held, x)[0] - t) ** 2).sum(2) / 2
    return np.mean([squares[n, : length].sum() / length for n, length in enumerate(LENGTHS)])


def differences(loss, held, *data):
    """The gradient of a loss by every number of its parameters."""
    found = {}
    for key, array in held.items():
        slope = np.zeros_like(array)
        for at in np.ndindex(array.shape):
            ends = []
            for change in (STEP, -STEP):
                moved = array.copy()
                moved[at] += change
                ends.append(loss({**held, key: moved}, *data))
            slope[at] = (ends[0] - ends[1]) / (2 * STEP)
        found[key] = slope
    return found


def network_of(rng, mode, *ends):
    layers = [
        SequenceInput(name="in", input_size=(1, 1, FEATURES)),
        LSTM(name="lstm", num_hidden_units=UNITS, output_mode=mode, input_size=FEATURES),
        FullyConnected(name="fc", output_size=OUTPUTS), *ends,
    ]  # fmt: skip
    bare = Network(layers)
    numbers = {
        layer.name: {
            name: (rng.normal(0, 0.5, shape) if "State" not in name else np.zeros(shape)).astype(np.float32)
            for name, shape in layer.parameter_shapes().items()
        }
        for layer in bare.layers
    }
    held = {
        (layer, name): array.astype(float)
        for layer, all_of in numbers.items() for name, array in all_of.items() if "State" not in name
    }  # fmt: skip
    return Network(layers, parameters=numbers), held


def same(network, held, tolerance=1e-4):
    for (layer, name), array in held.items():
        np.testing.assert_allclose(network.parameter(layer, name), array, atol=tolerance, rtol=tolerance)


CLASSES = (Softmax(name="s"), ClassificationOutput(name="out", classes=("a", "b")))


@pytest.mark.parametrize(
    ("mode", "ends", "loss"),
    [("last", CLASSES, class_loss), ("sequence", (RegressionOutput(name="out"),), regression_loss)],
)
def test_padded_sequences_train_as_their_twin(tf, rng, mode, ends, loss):
    network, held = network_of(rng, mode, *ends)
    place = len(network.layers) - 1
    plan = Plan(solver=Solver("adam"), schedule=Schedule(0.01), l2=0.0)
    trainee, twin = Trainee(network, place, goal_of_layer(network.layers[place]), plan), plain.Solver("adam")
    for step in range(4):
        sequences = [rng.normal(0, 1, (length, 1, FEATURES)).astype(np.float32) for length in LENGTHS]
        x, mask = padded(sequences, Padding()), there(LENGTHS, Padding())
        if mode == "last":
            t = rng.integers(0, OUTPUTS, len(LENGTHS))
            batch = Batch([x], t.astype(np.int32).reshape(-1, 1, 1), (mask,))
        else:
            t = rng.normal(0, 1, (len(LENGTHS), 5, OUTPUTS))
            batch = Batch([x], t[:, :, None].astype(np.float32), (mask,), mask)
            t = t.astype(np.float32).astype(float)
        data = (x[:, :, 0].astype(float), t, mask)
        value, slopes = loss(held, *data), differences(loss, held, *data)
        measured = trainee.step(batch, 0.01, (0, step))
        twin.step(held, slopes, 0.01)
        assert measured.loss == pytest.approx(value, abs=1e-5)
        same(network, held)
        looked, parts = trainee.look(batch)
        assert looked == pytest.approx(loss(held, *data), abs=1e-4)
        if mode == "sequence":
            squares = ((unrolled(held, data[0])[0] - t) ** 2).sum(2)[mask]
            assert trainee.told([parts])[0] == pytest.approx(squares.mean() ** 0.5, rel=1e-4)


def test_numbers_in_the_padding_of_targets_do_not_count(tf, rng):
    network, _ = network_of(rng, "sequence", RegressionOutput(name="out"))
    trainee = Trainee(network, 3, goal_of_layer(network.layers[3]), Plan(Solver("sgdm"), Schedule(0.1)))
    x, t = rng.normal(0, 1, (2, 3, 1, FEATURES)), rng.normal(0, 1, (2, 3, 1, OUTPUTS))
    mask = np.array([[True, True, True], [True, False, False]])
    other = t.copy()
    other[1, 1:] = 1e6
    first, second = (trainee.look(Batch([x.astype(np.float32)], one.astype(np.float32), (mask,), mask))
                     for one in (t, other))  # fmt: skip
    assert first[0] == pytest.approx(second[0], rel=1e-6)


def test_pieces_of_a_long_sequence_go_on_with_the_state_of_the_piece_before(tf, rng):
    network, held = network_of(rng, "sequence", RegressionOutput(name="out"))
    plan = Plan(Solver("sgdm"), Schedule(0.0), l2=0.0, splits=True)
    trainee = Trainee(network, 3, goal_of_layer(network.layers[3]), plan)
    x, t = rng.normal(0, 1, (2, 7, 1, FEATURES)), rng.normal(0, 1, (2, 7, 1, OUTPUTS))
    mask = np.ones((2, 7), bool)
    whole = Batch([x.astype(np.float32)], t.astype(np.float32), (mask,), mask)
    parts = list(pieces(whole, 3))
    assert [(len(one.inputs[0][0]), one.more) for one in parts] == [(3, True), (3, True), (1, False)]
    for _ in range(2):  # the second time it begins anew
        state = None
        for part in parts:
            outputs, state = unrolled(held, part.inputs[0][:, :, 0].astype(float), state)
            value = ((outputs - part.targets[:, :, 0]) ** 2).sum(2).mean() / 2
            assert trainee.step(part, 0.0, (0, 0)).loss == pytest.approx(value, abs=1e-5)


def test_steps_of_a_batch_are_alike_for_classes_and_sequences_alike_for_numbers(tf):
    mask = np.array([[True, True, True], [True, False, False]])
    batch = Batch([], np.zeros((2, 3, 1)), (mask,), mask)
    classes, numbers = (goal_of_layer(one) for one in (CLASSES[1], RegressionOutput(name="r")))
    assert (classes.weight(batch), numbers.weight(batch)) == (4.0, 2.0)
    errors = np.array([1.0, 2, 3, 4, 50, 50]).reshape(2, 3, 1, 1).astype(np.float32)
    loss = numbers.loss_of_steps(tf.constant(errors), tf.zeros_like(errors), tf.constant(mask))
    assert float(loss) == pytest.approx((14 / 3 + 16) / 2 / 2)
    scores = np.full((2, 3, 1, 2), 0.5, np.float32)
    scores[0, 0, 0] = [0.25, 0.75]
    loss = classes.loss_of_steps(tf.constant(scores), tf.constant([[[1]] * 3, [[0], [-1], [-1]]]), tf.constant(mask))
    assert float(loss) == pytest.approx(-(np.log(0.75) + 3 * np.log(0.5)) / 4, rel=1e-5)


@pytest.mark.parametrize(
    ("padding", "first", "second"),
    [
        (Padding(value=-1), [1, 2, 3], [4, -1, -1]),
        (Padding(value=-1, left=True), [1, 2, 3], [-1, -1, 4]),
        (Padding("shortest"), [1], [4]),
        (Padding("shortest", left=True), [3], [4]),
    ],
)
def test_sequences_are_padded_or_cut_on_the_side_that_is_asked_for(padding, first, second):
    made = padded([np.array([1.0, 2, 3]).reshape(3, 1, 1), np.full((1, 1, 1), 4.0)], padding)
    assert made[:, :, 0, 0].tolist() == [first, second]
    mask = there([3, 1], padding)
    assert (made[:, :, 0, 0][mask] > 0).all()
    assert mask.sum() == (np.array([first, second]) > 0).sum()
