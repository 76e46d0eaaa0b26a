"""Maps and their checks on a network whose truth is known: trained here to tell a lying bar from a standing one and
from none, beside a square as bright that says nothing.
"""

import io

import numpy as np
import pytest

from cnnscript.session import Session
from tests.explain.planted_cue import pictures, trained

GRADIENTS = ("saliency", "guidedBackprop", "gradientTimesInput", "integratedGradients", "smoothGrad", "gradCAM",
             "layerCAM", "hiResCAM")  # fmt: skip
METHODS = (*GRADIENTS, "occlusionSensitivity", "rise")
COUNT = 5


class Seen:
    """What scripts see of the network."""

    def __init__(self):
        self.session = Session(out=io.StringIO(), figures="words")
        self.model = self.session["net"] = trained(1)
        self.images, self.classes, self.bars, self.squares = pictures(40, 99, classes=2)
        self.show(0)

    def show(self, k):
        for name, array in (("X", self.images[k]), ("bar", self.bars[k]), ("square", self.squares[k])):
            self.session[name] = np.asfortranarray(array)
        self.session["c"] = float(self.classes[k] + 1)

    def __call__(self, code):
        self.session.run(code)

    def __getitem__(self, name):
        value = self.session[name]
        return np.asarray(getattr(value, "data", value))

    def column(self, table, name):
        return np.asarray(getattr(self.session[table].data(name), "data", self.session[table].data(name))).ravel()


@pytest.fixture(scope="module")
def seen():
    return Seen()


@pytest.fixture(scope="module")
def measured(seen):
    """Each measure of each method, the mean over some pictures."""
    names = ",".join(f"'{name.upper()}'" for name in METHODS)
    measures = ("Deletion", "Insertion", "Fidelity", "Mass", "Kept")
    found = []
    for k in range(COUNT):
        seen.show(k)
        seen(f"rng({k}); [tbl,maps] = compareMaps(net,X,{{{names}}},c,Measures='network',Mask=bar,Plot=false);")
        seen("[hit,~,inBar] = pointingGame(maps,bar,Tolerance=1); [~,~,inSquare] = pointingGame(maps,square);")
        rows = [seen.column("tbl", name).astype(float) for name in measures]
        found.append([*rows, *(seen[name].ravel().astype(float) for name in ("hit", "inBar", "inSquare"))])
    assert seen.session["tbl"].row_names == (*METHODS, "random")
    means = np.nanmean(found, axis=0)
    return {name: dict(zip((*METHODS, "random"), means[at], strict=True))
            for at, name in enumerate((*measures, "hit", "in bar", "in square"))}  # fmt: skip


def test_the_network_knows_the_truth(seen):
    assert (seen.model.predict(seen.images, verbose=0).argmax(1) == seen.classes).mean() > 0.95


@pytest.mark.parametrize("method", METHODS)
def test_random_loses_to_every_method(measured, method):
    assert measured["Deletion"][method] < measured["Deletion"]["random"]
    assert measured["Fidelity"][method] > measured["Fidelity"]["random"]
    assert measured["Mass"][method] > measured["Mass"]["random"]


@pytest.mark.parametrize("method", METHODS)
def test_the_methods_point_at_the_bar_and_not_at_the_square(measured, method):
    assert measured["hit"][method] >= 0.75 > 0.25 >= measured["hit"]["random"]
    assert measured["in bar"][method] > 0.3 > 0.1 > measured["in bar"]["random"]
    assert measured["in bar"][method] > 4 * measured["in square"][method]


def test_what_the_bar_is_for_the_network_is_what_its_maps_say(measured):
    for method in ("integratedGradients", "gradientTimesInput", "gradCAM", "hiResCAM"):
        assert measured["Deletion"][method] < 0.5 * measured["Deletion"]["random"]
        assert measured["Kept"][method] >= 0.75


def test_guided_backpropagation_fails_where_gradient_and_grad_cam_pass(seen):
    found = []
    for k in range(4):
        seen.show(k)
        seen(f"rng({k}); tbl = sanityCheck(net,X,c,Plot=false);")
        found.append(seen.column("tbl", "MeanCorrelation"))
    gradient, guided, grad_cam = np.mean(found, axis=0)
    assert guided > 0.6 and gradient < 0.4 and grad_cam < 0.4
    seen.show(0)
    seen("rng(1); tbl = sanityCheck(net,X,c,Plot=false);")
    assert seen.column("tbl", "Verdict").tolist() == ["passes", "fails", "passes"]
    assert seen.session["tbl"].row_names == ("saliency", "guidedBackprop", "gradCAM")


def test_a_map_of_the_image_alone_fails_and_one_of_its_own_noise_passes(seen):
    seen("tbl = sanityCheck(net,X,c,Method={@(net,X,c) abs(X), 'random', @(net,X,c) rand(20)},Plot=false);")
    assert seen.column("tbl", "Verdict").tolist() == ["fails", "passes", "fails"]
    assert seen.column("tbl", "MeanSSIM")[0] == pytest.approx(1)


def test_the_network_is_the_same_to_the_bit_after_all_checks(seen):
    before = [array.copy() for array in seen.model.get_weights()]
    seen("p = predict(net,X); rng(1); a = sanityCheck(net,X,Plot=false); b = compareMaps(net,X,'saliency',Plot=false);"
         "d = stability(net,X,'gradcam'); q = predict(net,X);")  # fmt: skip
    assert all(np.array_equal(one, other) for one, other in zip(before, seen.model.get_weights(), strict=True))
    np.testing.assert_array_equal(seen["p"], seen["q"])


def test_the_same_numbers_for_the_same_rng(seen):
    code = """
        rng(3); [t,l,m] = sanityCheck(net,X,Method={{'smoothGrad',@(n,X,c) saliency(n,X,c)}},Plot=false);
        u = compareMaps(net,X,{{'smoothGrad','guided'}},Plot=false); s = stability(net,X,'smoothgrad');
        i = infidelity(net,X,m(:,:,1,1)); {0} = {{t,l,m,u,s,i,rand}};
    """
    seen(code.format("first") + code.format("second") + "same = isequaln(first,second);")
    assert seen["same"]


def test_verify_and_why_not_on_a_known_truth(seen):
    seen("""
        v = verify(net,X,bar,c); w = verify(net,X,~bar,c); verdicts = [v.Verdict w.Verdict];
        [map,err] = integratedGradients(net,X,c,Score='logit',Baseline=0,Steps=200);
        e = verify(net,X,map,c,Score='logit',Baseline=0); complete = e.Completeness;
        [r,towards,away] = whyNot(net,X,3,Plot=false,Steps=20,Baseline=0); part = r.SmallestArea; then = r.ScoresThen;
        margin = r.Margin; mask = r.Mask;
    """)
    assert seen["verdicts"].ravel().tolist() == ["consistent", "contradicts"]
    assert float(seen["complete"]) < 0.05
    assert seen["then"].ravel()[1] > seen["then"].ravel()[0]
    assert seen["mask"].mean() == pytest.approx(float(seen["part"]), abs=0.01)
    assert float(seen["part"]) < 0.7 and float(seen["margin"]) > 0


def test_the_tables_hold_what_the_functions_say(seen):
    seen("""
        rng(5); [t,maps,agreement,curves] = compareMaps(net,X,{'gradCAM',bar+0},c,Names=["cam" "truth"],Plot=false);
        d = deletion(net,X,maps,c,Steps=25); i = insertion(net,X,maps,c,Steps=25);
        v = verify(net,X,maps(:,:,1),c,Steps=25); area = v.SmallestArea;
    """)
    assert seen.session["t"].row_names == ("cam", "truth", "random")
    np.testing.assert_allclose(seen.column("t", "Deletion"), seen["d"].ravel(), atol=1e-6)
    np.testing.assert_allclose(seen.column("t", "Insertion"), seen["i"].ravel(), atol=1e-6)
    assert seen.column("t", "SmallestArea")[0] == pytest.approx(float(seen["area"]))
    assert np.isnan(seen.column("t", "Stability")).tolist() == [False, True, False]
    assert np.isnan(seen.column("t", "Sanity")).tolist() == [False, True, False]
    np.testing.assert_array_equal(seen["agreement"], seen["agreement"].T)
    seen("lower = min(t.Deletion) == t.Deletion(2); n = size(curves.Deletion);")
    assert seen["lower"] and seen["n"].ravel().tolist() == [26, 3]
