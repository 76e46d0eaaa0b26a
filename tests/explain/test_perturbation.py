"""Scores of masked images: one compiled pass whatever is masked, stopped without loss, the network as it was."""

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.explain import perturbation
from cnnscript.explain.lime import Features, sample_scores
from cnnscript.explain.occlusion import occlusion_sensitivity
from cnnscript.explain.perturbation import Computing, MaskedQuestion, memory, perturbed_scores
from tests.explain.perturbed_networks import residual


@pytest.fixture
def question(rng):
    network, _ = residual()
    return MaskedQuestion(
        network, 8, (0, 2), rng.uniform(0, 255, (12, 15, 3)).astype(np.float32), np.zeros((1, 1, 3), "f4")
    )


def masks(rng, count=40):
    return Features([(rng.random((count, 4)) < 0.5).astype(np.float32)], [rng.integers(0, 4, (12, 15)).astype("i4")])


def test_scores_do_not_depend_on_the_size_of_the_batches(question, rng):
    asked = masks(rng)
    whole = perturbed_scores(question, asked)
    np.testing.assert_allclose(perturbed_scores(question, asked, Computing(batch_size=3)), whole, atol=1e-6)
    assert whole.shape == (40, 2) and whole.dtype == np.float32


def test_another_class_or_other_masks_compile_nothing_and_several_classes_cost_no_pass_more(question, rng):
    perturbed_scores(question, masks(rng))
    held = memory(question.network)
    (traced,) = held.traced.values()
    before = held.passes
    other = MaskedQuestion(question.network, 8, (1,), question.image, question.baseline + 7)
    perturbed_scores(other, masks(rng, 25))
    assert list(held.traced.values()) == [traced] and traced.experimental_get_tracing_count() == 1
    assert held.passes == before + 25


def test_a_stopped_run_goes_on_where_it_was_stopped(question, rng):
    asked, whole = masks(rng), None
    whole = perturbed_scores(question, asked)
    held, said = memory(question.network), []

    class Stop:
        """Ctrl-C at the third word of progress."""

        def __call__(self, text):
            said.append(text)
            if len(said) == 3:
                raise KeyboardInterrupt

    before = held.passes
    with pytest.raises(KeyboardInterrupt), pytest.MonkeyPatch.context() as patch:
        clock = iter(range(10**6))
        patch.setattr("cnnscript.engine.questions.time.monotonic", lambda: float(next(clock)))
        perturbed_scores(question, asked, Computing(batch_size=5, progress=Stop()))
    assert held.last_stop == (15, 40) and said[1].startswith("10 of 40 images done, ")
    assert held.passes - before == 15
    np.testing.assert_allclose(perturbed_scores(question, asked, Computing(batch_size=5)), whole, atol=1e-6)
    assert held.passes - before == 40 and not held.unfinished


@pytest.mark.parametrize("change", ["image", "baseline", "channels", "masks", "weights"])
def test_what_is_kept_of_a_stopped_run_serves_the_same_question_only(question, rng, change, monkeypatch):
    asked = masks(rng)
    monkeypatch.setattr(perturbation.Waiting, "done", lambda self, number: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        perturbed_scores(question, asked)
    monkeypatch.undo()
    network, before = question.network, memory(question.network).passes
    if change == "weights":
        network.set_parameter("fc", "Bias", np.float32([5, 0, 0]))
    other = MaskedQuestion(network, 8, (1, 2) if change == "channels" else (0, 2),
                     question.image + (change == "image"), question.baseline + (change == "baseline"))  # fmt: skip
    found = perturbed_scores(other, masks(rng) if change == "masks" else asked)
    assert memory(network).passes - before == 40
    assert np.isfinite(found).all()


def test_the_network_is_unchanged_to_the_bit(question, rng):
    network = question.network
    before = {layer.name: {name: network.parameter(layer.name, name).tobytes() for name in layer.parameter_shapes()}
              for layer in network.layers}  # fmt: skip
    version = network.version
    perturbed_scores(question, masks(rng))
    occlusion_sensitivity(question, (3, 3), (2, 2), True)
    after = {layer.name: {name: network.parameter(layer.name, name).tobytes() for name in layer.parameter_shapes()}
             for layer in network.layers}  # fmt: skip
    assert after == before and network.version == version


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_numbers_that_are_none_are_refused(question, bad):
    image = question.image.copy()
    image[2, 3, 1] = bad
    with pytest.raises(ScriptError, match="finite numbers") as caught:
        sample_scores(MaskedQuestion(question.network, 8, (0,), image, question.baseline), np.zeros((12, 15), int),
                      np.ones((1, 1), bool))  # fmt: skip
    assert caught.value.notes == ("1 of its 540 numbers is NaN or Inf",)
