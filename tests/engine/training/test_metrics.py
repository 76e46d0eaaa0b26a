"""Metrics against their definitions in NumPy, of one batch and of many."""

import numpy as np
import pytest

from cnnscript.engine.training import metrics
from cnnscript.engine.training.goals import loss_by_name
from cnnscript.engine.training.metrics import Averaging

COUNT, CLASSES = 41, 4


@pytest.fixture
def scores(rng):
    """Scores rounded so that there are ties, and classes of which each occurs."""
    raw = np.round(rng.uniform(0, 1, (COUNT, 1, 1, CLASSES)), 1).astype(np.float32)
    places = np.arange(COUNT, dtype=np.int32) % CLASSES
    return raw, rng.permutation(places).reshape(COUNT, 1, 1)


def told(tf, metric, outputs, targets, batches=3):
    """The metric of data that come in so many batches of different sizes."""
    cuts = np.linspace(0, len(outputs), batches + 1).astype(int) ** 2 // len(outputs)
    pairs = [(outputs[a:b], targets[a:b]) for a, b in zip(cuts, cuts[1:], strict=False) if b > a]
    return metric.value([metric.parts(tf.constant(y), tf.constant(t)).numpy() for y, t in pairs])


def rates(outputs, targets):
    """TP, FP, FN of each class, one-hot, counted one by one."""
    told_, there = outputs.argmax(-1).ravel(), targets.ravel()
    found = np.array([[sum((told_ == k) & (there == k)), sum((told_ == k) & (there != k)),
                       sum((told_ != k) & (there == k))] for k in range(CLASSES)], float)  # fmt: skip
    return found.T


def put_together(above, below, weights, kind):
    if kind == "micro":
        return above.sum() / below.sum()
    each = np.where(below > 0, above / np.maximum(below, 1e-300), 0)
    return np.average(each, weights=None if kind == "macro" else weights)


@pytest.mark.parametrize("kind", ["micro", "macro", "weighted"])
def test_precision_recall_and_f_scores_are_those_of_counts(tf, scores, kind):
    found, wrong, missed = rates(*scores)
    there = found + missed
    how = Averaging(kind)
    assert told(tf, metrics.precision("P", how), *scores) == pytest.approx(
        put_together(found, found + wrong, there, kind)
    )
    assert told(tf, metrics.recall("R", how), *scores) == pytest.approx(put_together(found, there, there, kind))
    for beta in (1, 2, 0.5):
        expected = put_together((1 + beta**2) * found, (1 + beta**2) * found + beta**2 * missed + wrong, there, kind)
        assert told(tf, metrics.f_score("F", how, beta), *scores) == pytest.approx(expected)
    right = put_together(found, there, there, kind)
    assert told(tf, metrics.accuracy("A", how), *scores) == pytest.approx(100 * right)


def test_accuracy_takes_the_largest_scores_that_are_asked_for(tf, rng):
    y = rng.permuted(np.tile(np.arange(6.0), (30, 1)), axis=1).reshape(30, 1, 1, 6).astype(np.float32)
    t = rng.integers(0, 6, (30, 1, 1)).astype(np.int32)
    ranks = (-y[:, 0, 0]).argsort(-1)
    expected = 100 * np.mean([t[k, 0, 0] in ranks[k, :3] for k in range(30)])
    assert told(tf, metrics.accuracy("A", Averaging("micro", top=3)), y, t) == pytest.approx(expected)
    assert told(tf, metrics.accuracy("A", Averaging("micro", top=9)), y, t) == 100


def test_observations_with_several_labels_are_told_by_halves(tf, rng):
    y = rng.uniform(0, 1, (20, 1, 1, 3)).astype(np.float32)
    t = rng.integers(0, 2, (20, 1, 1, 3)).astype(np.float32)
    guess, there = (y >= 0.5)[:, 0, 0], t[:, 0, 0] > 0
    several = Averaging("micro", several=True)
    assert told(tf, metrics.accuracy("A", several), y, t) == pytest.approx(100 * (guess == there).mean())
    assert told(tf, metrics.precision("P", several), y, t) == pytest.approx((guess & there).sum() / guess.sum())
    each = [(g & w).sum() / w.sum() for g, w in zip(guess.T, there.T, strict=True)]
    assert told(tf, metrics.recall("R", Averaging("macro", several=True)), y, t) == pytest.approx(np.mean(each))


def pairs_won(scores, positive):
    """The area under the curve, pair by pair."""
    ahead = [np.sign(a - b) / 2 + 0.5 for a in scores[positive] for b in scores[~positive]]
    return np.mean(ahead)


@pytest.mark.parametrize("kind", ["micro", "macro", "weighted"])
def test_the_area_under_the_curve_counts_pairs(tf, scores, kind):
    y, t = scores[0][:, 0, 0].astype(float), scores[1].ravel()
    hot = t[:, None] == np.arange(CLASSES)
    areas = [pairs_won(y[:, k], hot[:, k]) for k in range(CLASSES)]
    expected = {"micro": pairs_won(y.ravel(), hot.ravel()), "macro": np.mean(areas),
                "weighted": np.average(areas, weights=hot.sum(0))}[kind]  # fmt: skip
    assert told(tf, metrics.area_under_curve("AUC", kind), *scores) == pytest.approx(expected)


def test_classes_that_no_observation_has_are_left_out_of_the_area(tf):
    y = np.array([[0.9, 0.1, 0], [0.2, 0.8, 0], [0.6, 0.4, 0]], np.float32).reshape(3, 1, 1, 3)
    assert told(tf, metrics.area_under_curve(), y, np.array([0, 1, 1], np.int32).reshape(3, 1, 1)) == 1


def test_metrics_of_numbers_are_those_of_all_data_together(tf, rng):
    y, t = rng.normal(0, 1, (2, 23, 2, 2, 3)).astype(np.float32)
    errors = (y - t).astype(float)
    assert told(tf, metrics.root_mean_square(), y, t) == pytest.approx(np.sqrt((errors**2).mean()))
    assert told(tf, metrics.root_mean_square(of_batch=True), y, t) == pytest.approx(np.sqrt((errors**2).sum() / 23))
    assert told(tf, metrics.mean_percentage(), y, t) == pytest.approx(100 * np.abs(errors / t).mean(), rel=1e-5)
    assert told(tf, metrics.mean_percentage(of_batch=True), y, t) == pytest.approx(
        100 * np.abs(errors / t).sum() / 23, rel=1e-5
    )
    assert told(tf, metrics.determination(), y, t) == pytest.approx(
        1 - (errors**2).sum() / ((t - t.astype(float).mean()) ** 2).sum()
    )


def test_pixels_without_a_class_are_not_counted(tf, rng):
    raw = rng.uniform(0.1, 1, (2, 3, 3, 3)).astype(np.float32)
    classes = rng.integers(-1, 3, (2, 3, 3)).astype(np.int32)
    known = classes >= 0
    found, wanted = raw.argmax(-1)[known], classes[known]
    hits = [np.mean(found[wanted == k] == k) for k in range(3)]
    y, t = tf.constant(raw), tf.constant(classes)
    for metric, expected in ((metrics.accuracy(), 100 * np.mean(found == wanted)), (metrics.recall(), np.mean(hits))):
        assert metric.value([metric.parts(y, t).numpy()]) == pytest.approx(expected)


@pytest.mark.parametrize("metric", [
    metrics.root_mean_square(), metrics.mean_percentage(), metrics.determination(), metrics.area_under_curve(),
    metrics.area_under_curve(kind="micro"), metrics.accuracy(), metrics.f_score(how=Averaging(several=True)),
    metrics.accuracy(averaging=Averaging("micro", several=True)),
    *(metrics.of_loss(name, loss_by_name(name, True)) for name in ("mse", "mae", "huber", "crossentropy")),
])  # fmt: skip
def test_pixels_without_a_class_do_not_count(tf, rng, metric):
    y, t = rng.uniform(0.1, 1, (1, 5, 6, 3)).astype(np.float32), rng.integers(0, 3, (1, 5, 6)).astype(np.int32)
    t[:, 1:3] = -1
    kept = [0, 3, 4]
    with np.errstate(divide="ignore"):
        assert told(tf, metric, y, t, 1) == pytest.approx(told(tf, metric, y[:, kept], t[:, kept], 1), rel=1e-5)


def test_a_mean_square_of_a_batch_whose_pixels_have_no_class_is_0_and_has_a_gradient(tf):
    y, measure = tf.ones((1, 2, 2, 3)), loss_by_name("mse", True)
    with tf.GradientTape() as tape:
        tape.watch(y)
        loss = measure(y, tf.fill((1, 2, 2), -1))
    assert float(loss) == 0
    assert not tf.convert_to_tensor(tape.gradient(loss, y)).numpy().any()


def test_one_score_tells_yes_or_no(tf):
    y = np.array([0.9, 0.5, 0.2, 0.7, 0.1], np.float32).reshape(5, 1, 1, 1)
    t = np.array([1, 0, 1, 1, 0], np.float32).reshape(5, 1, 1, 1)
    for averaging in (None, Averaging("macro"), Averaging("micro", top=2)):
        assert told(tf, metrics.accuracy("A", averaging), y, t) == pytest.approx(60)
    assert told(tf, metrics.precision(), y, t) == pytest.approx(2 / 3)
    assert told(tf, metrics.recall(), y, t) == pytest.approx(2 / 3)
    assert told(tf, metrics.accuracy(), y, 1 - t) == pytest.approx(40)
    assert told(tf, metrics.accuracy(), y, np.zeros((5, 1, 1), np.int32)) == 100  # the only class of a classification
