"""deletion, insertion and verify as scripts call them."""

import io

import numpy as np
import pytest

from cnnscript.builtins.explanations.baselines import blurred
from cnnscript.builtins.networks.network_objects import NetworkObject
from cnnscript.errors import ScriptError
from cnnscript.session import Session
from tests.explain.perturbed_networks import residual, residual_scores


@pytest.fixture
def run():
    class Run:
        def __init__(self):
            self.out = io.StringIO()
            self.session = Session(out=self.out, figures="words")
            network, self.arrays = residual()
            self.session["net"] = NetworkObject(network)

        def __call__(self, code):
            self.session.run(code)

        def __getitem__(self, name):
            return np.asarray(self.session[name])

    made = Run()
    made("rng(1); X = uint8(randi([0 255],12,15,3)); map = rand(12,15);")
    return made


def curve(run, baseline, goes, label, steps):
    """The curve by hand."""
    image = run["X"].astype(np.float32)
    order = np.argsort(-run["map"].ravel(), kind="stable")
    first, second = (image, baseline) if goes else (baseline, image)
    scores = []
    for count in np.round(np.linspace(0, 180, steps + 1)).astype(int):
        changed = np.array(np.broadcast_to(first, image.shape)).reshape(180, 3)
        changed[order[:count]] = np.broadcast_to(second, image.shape).reshape(180, 3)[order[:count]]
        scores.append(residual_scores(run.arrays, changed.reshape(12, 15, 3))[label])
    return np.array(scores)


def test_the_curves_and_their_areas(run):
    run("[a,s,f] = deletion(net,X,map,2,Steps=5); [b,t] = insertion(net,X,map,2,Steps=4);")
    image = run["X"].astype(np.float32)
    s, t = curve(run, image.mean((0, 1)), True, 1, 5), curve(run, blurred(image), False, 1, 4)
    np.testing.assert_allclose(run["s"][:, 0], s, atol=2e-6)
    np.testing.assert_allclose(run["t"][:, 0], t, atol=2e-6)
    assert run["a"] == pytest.approx(np.trapezoid(s, np.linspace(0, 1, 6)), abs=1e-5)
    assert run["b"] == pytest.approx(np.trapezoid(t, np.linspace(0, 1, 5)), abs=1e-5)
    np.testing.assert_allclose(run["f"][:, 0], np.arange(6) / 5)


def test_without_a_label_it_is_the_class_that_the_network_sees(run):
    run("[a,s] = deletion(net,X,map); [~,k] = max(predict(net,single(X))); [b,t] = deletion(net,X,map,k);"
        "two = deletion(net,X,cat(3,map,-map),[1 2]); one = deletion(net,X,-map,2);")  # fmt: skip
    np.testing.assert_array_equal(run["s"], run["t"])
    assert run["two"].shape == (1, 2)
    assert run["two"][0, 1] == pytest.approx(float(run["one"]), abs=1e-6)


def test_baselines_and_logits(run):
    run("[~,s] = deletion(net,X,map,1,Steps=3,Baseline=[7 8 9]); [~,t] = deletion(net,X,map,1,Steps=3,Score='logit');")
    np.testing.assert_allclose(run["s"][:, 0], curve(run, np.float32([7, 8, 9]), True, 0, 3), atol=2e-6)
    logit = np.log(curve(run, run["X"].astype(np.float32).mean((0, 1)), True, 0, 3))
    others = np.log(curve(run, run["X"].astype(np.float32).mean((0, 1)), True, 1, 3))
    run("[~,u] = deletion(net,X,map,2,Steps=3,Score='logit');")
    np.testing.assert_allclose(run["t"] - run["u"], (logit - others)[:, None], atol=1e-4)


def test_verify_says_what_it_found(run):
    run("r = verify(net,X,map,3,Fraction=0.3,Steps=10); names = fieldnames(r); k = r.KeepClass; s = r.KeepScore;"
        "d = r.DropScore; w = r.Score; v = r.Verdict;")  # fmt: skip
    image = run["X"].astype(np.float32)
    mean, top = image.mean((0, 1)), np.argsort(-run["map"].ravel(), kind="stable")[:54]
    kept = np.zeros(180, bool)
    kept[top] = True
    keep = residual_scores(run.arrays, np.where(kept.reshape(12, 15, 1), image, mean))
    drop = residual_scores(run.arrays, np.where(kept.reshape(12, 15, 1), mean, image))
    assert run["s"] == pytest.approx(keep[2], abs=2e-6) and run["k"] == keep.argmax() + 1
    assert run["d"] == pytest.approx(drop[2], abs=2e-6)
    assert run["w"] == pytest.approx(residual_scores(run.arrays, image)[2], abs=2e-6)
    run("r")
    for word in ("Class: 3", "KeepScore", "Changed", "SmallestArea", "Completeness", "Verdict"):
        assert word in run.out.getvalue()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("deletion(net,X,ones(3))", "height and width of the image"),
        ("insertion(net,X,map*NaN)", "must not hold NaN"),
        ("deletion(net,X,cat(3,map,map,map),[1 2])", "one class, or one class each"),
        ("deletion(net,X,map,4)", "integer from 1 to 3"),
        ("deletion(net,X,map,'cat')", "no class names"),
        ("deletion(net,X,map,Steps=0)", "Steps"),
        ("deletion(net,X,map,Baseline='grey')", "Baseline"),
        ("verify(net,X,cat(3,map,map))", "one map and one class"),
        ("verify(net,X,map,Fraction=1)", "between 0 and 1"),
    ],
)
def test_one_clear_error_for_each_bad_input(run, code, words):
    with pytest.raises(ScriptError, match=words):
        run(code)
