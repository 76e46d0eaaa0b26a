"""compareMaps, sanityCheck, stability, infidelity, pointingGame, classContrast and whyNot as scripts call them: their
forms, their numbers by hand, their figures, and one clear error for each bad input.
"""

import io

import numpy as np
import pytest
from scipy import stats

from cnnscript.builtins.networks.network_objects import NetworkObject
from cnnscript.engine import questions
from cnnscript.errors import ScriptError
from cnnscript.explain import perturbation
from cnnscript.session import Session
from tests.builtins.explanations.test_any_network import made
from tests.explain.perturbed_networks import residual, residual_scores


@pytest.fixture(scope="module")
def network():
    return residual()[0]


@pytest.fixture
def run(network):
    class Run:
        def __init__(self):
            self.out = io.StringIO()
            self.session = Session(out=self.out, err=self.out, figures="words")
            self.session["net"] = NetworkObject(network)

        def __call__(self, code):
            self.session.run(code)

        def __getitem__(self, name):
            value = self.session[name]
            return np.asarray(getattr(value, "data", value))

        def text(self):
            self.session.desk.flush()
            return self.out.getvalue()

    ready = Run()
    ready(
        "rng(1); X = uint8(randi([0 255],12,15,3)); map = rand(12,15); f = @(net,X,c) saliency(net,X,c,Score='logit');"
    )
    return ready


def test_methods_have_names_in_any_letter_case_and_handles_do_the_same(run):
    run("""
        [~,~,a] = stability(net,X,'GRAD-CAM',2,NumSamples=2,NumShifts=0);
        rng(4); [r,~,b] = stability(net,X,"Saliency",2,NumSamples=2,NumShifts=1);
        rng(4); [q,~,d] = stability(net,X,f,2,NumSamples=2,NumShifts=1); name = q.Method;
        [t,maps] = compareMaps(net,X,{'guided' f map "Lime" cat(3,map,-map)},2,Plot=false,Measures='network');
    """)
    np.testing.assert_allclose(run["b"], run["d"], rtol=1e-5)
    assert run.session["name"].data[0, 0] == "@(net,X,c)saliency(net,X,c,Score='logit')"
    assert run.session["t"].row_names == (
        "guidedBackprop", "@(net,X,c)saliency(net,X,c,Score='logit')", "map", "imageLIME", "map 1", "map 2", "random",
    )  # fmt: skip
    np.testing.assert_array_equal(run["maps"][:, :, 2], run["map"])


def test_the_numbers_of_stability_are_those_of_its_maps(run):
    run("[r,spread,maps] = stability(net,X,f,2,NumSamples=5,NumShifts=0,NoiseLevel=0.2); own = f(net,X,2);")
    run("c = r.RankCorrelation; m = r.MaxSensitivity; a = r.AverageSensitivity; s = r.Spread; n = r.ShiftCorrelation;")
    own, maps = run["own"].astype(float), np.moveaxis(run["maps"], 2, 0)
    assert run["c"] == pytest.approx(np.mean([stats.spearmanr(own.ravel(), one.ravel())[0] for one in maps]))
    far = np.linalg.norm((maps - own).reshape(5, -1), axis=1) / np.linalg.norm(own)
    assert run["m"] == pytest.approx(far.max()) and run["a"] == pytest.approx(far.mean())
    deviation = np.std([own, *maps], axis=0) / np.ptp(own)
    np.testing.assert_allclose(run["spread"], deviation, atol=1e-6)
    assert run["s"] == pytest.approx(deviation.mean()) and np.isnan(run["n"])


def test_a_map_that_is_there_is_compared_with_its_methods(run):
    run("a = stability(net,X,f(net,X,2),2,Method=f,NumSamples=3,NumShifts=0,NoiseLevel=0); c = a.RankCorrelation;"
        "b = stability(net,X,map,2,Method=f,NumSamples=3,NumShifts=0,NoiseLevel=0); d = b.RankCorrelation;"
        "own = f(net,X,2);")  # fmt: skip
    assert run["c"] == pytest.approx(1)
    assert run["d"] == pytest.approx(stats.spearmanr(run["own"].ravel(), run["map"].ravel())[0])


def test_sanity_is_of_the_layers_in_the_order_asked_for(run):
    run("""
        [t,each,maps] = sanityCheck(net,X,2,Method={f,'gradCAM'},Names=["mine" "cam"],Plot=false);
        layers = each.Layer; numbers = each.Correlation; last = t.LastCorrelation; means = t.MeanCorrelation;
        [~,other] = sanityCheck(net,X,2,Method=f,Layers=["res" "fc"],Mode='independent',Plot=false); two = other.Layer;
    """)
    assert run["layers"].ravel().tolist() == ["fc", "res", "conv"] * 2
    assert run["two"].ravel().tolist() == ["res", "fc"]
    assert run["maps"].shape == (12, 15, 4, 2)
    for k in range(2):
        own, *others = (run["maps"][:, :, i, k].ravel() for i in range(4))
        expected = [stats.spearmanr(own, one)[0] if np.ptp(one) else 0 for one in others]
        np.testing.assert_allclose(run["numbers"].ravel()[3 * k : 3 * k + 3], expected, atol=1e-9)
        assert run["last"].ravel()[k] == pytest.approx(expected[-1])
        assert run["means"].ravel()[k] == pytest.approx(np.mean(expected))


def test_without_moves_an_image_may_be_narrower_than_a_move(run):
    run("f = @(net,X,c) double(X(:,:,1)); r = stability(net,X,f,1,NumSamples=2,NumShifts=0,MaxShift=12);"
        "c = r.NoiseCorrelation;")  # fmt: skip
    assert 0.9 < run["c"] < 1


def test_infidelity_and_its_parts(run):
    run("rng(2); [v,k,s,l] = infidelity(net,X,map,2,NumSamples=30); again = mean((s-l).^2);"
        "rng(2); [w,one,t,l2] = infidelity(net,X,map,2,NumSamples=30,Scaled=false);")  # fmt: skip
    assert run["v"] == pytest.approx(float(run["again"]))
    np.testing.assert_allclose(run["s"], run["k"] * run["t"])
    np.testing.assert_array_equal(run["l"], run["l2"])
    assert run["one"] == 1 and run["v"] < run["w"]


def test_pointing_game_of_several_maps_masks_and_boxes(run):
    run("""
        maps = zeros(10,12,2); maps(3,4,1) = 1; maps(9,12,2) = 2; mask = false(10,12); mask(2:4,3:5) = true;
        [hit,mass,rank,place] = pointingGame(maps,mask,Tolerance=1); same = pointingGame(maps,[3 2 3 3],Tolerance=1);
        near = pointingGame(maps,mask,Tolerance=8.7);
    """)
    assert run["hit"].tolist() == [[True, False]] and run["same"].tolist() == [[True, False]]
    assert run["mass"].tolist() == [[1, 0]] and run["place"].tolist() == [[3, 4], [9, 12]]
    assert run["near"].tolist() == [[True, True]]


def test_class_contrast_has_the_best_classes_first_and_warns_of_maps_that_are_one(run):
    run("p = predict(net,single(X)); [t,maps,c] = classContrast(net,X,2,Method=@(net,X,c) double(X(:,:,1)),Plot=false);"
        "k = t.Class; s = t.Score; o = t.Overlap;")  # fmt: skip
    order = np.argsort(-run["p"].ravel())[:2]
    assert run["k"].ravel().tolist() == (order + 1).tolist()
    np.testing.assert_allclose(run["s"].ravel(), run["p"].ravel()[order], atol=1e-6)
    np.testing.assert_allclose(run["o"], 1)
    assert "correlate by 1.00" in run.text()


def test_why_not_takes_the_runner_up_and_grad_cam_against_it(run):
    run("[~,order] = sort(predict(net,single(X)),'descend'); [r,towards,away] = whyNot(net,X,Plot=false); o = r.Other;"
        "a = gradCAM(net,X,order(1),Against=order(2)); b = gradCAM(net,X,order(2),Against=order(1));"
        "m = r.Margin; z = log(predict(net,single(X)));")  # fmt: skip
    assert run["o"] == run["order"].ravel()[1]
    np.testing.assert_array_equal(run["away"], run["a"])
    np.testing.assert_array_equal(run["towards"], run["b"])
    top = np.sort(run["z"].ravel())[::-1]
    assert run["m"] == pytest.approx(top[0] - top[1], abs=1e-3)


@pytest.mark.parametrize("label", [1, 2, 3])
def test_why_not_finds_the_smallest_part_by_hand(run, label):
    _, arrays = residual()
    run(f"[~,k] = max(predict(net,single(X))); if k == {label}, other = mod(k,3)+1; else, other = {label}; end;"
        "[r,~,away] = whyNot(net,X,other,Plot=false,Steps=12,Baseline=255); part = r.SmallestArea; s = r.ScoresThen;"
        "mask = r.Mask; then = r.ClassThen;")  # fmt: skip
    image, seen, other = run["X"].astype(np.float32), int(run["k"]) - 1, int(run["other"]) - 1
    order = np.argsort(-run["away"].ravel().astype(float), kind="stable")
    part = np.nan
    for count in range(0, 181, 15):
        less = image.reshape(180, 3).copy()
        less[order[:count]] = 255
        scores = residual_scores(arrays, less.reshape(12, 15, 3))
        if scores[other] > scores[seen]:
            part = count / 180
            np.testing.assert_array_equal(np.flatnonzero(run["mask"].ravel()), np.sort(order[:count]))
            assert run["then"] == scores.argmax() + 1
            break
    np.testing.assert_allclose(run["part"], part)
    np.testing.assert_allclose(run["s"].ravel(), scores[[seen, other]], atol=1e-5)


def test_figures_of_all(run):
    run("t = compareMaps(net,X,{'gradCAM',map},2,Steps=5); u = sanityCheck(net,X,2,Method=f);"
        "v = classContrast(net,X,2,Method=f); w = whyNot(net,X);")  # fmt: skip
    text = run.text()
    for words in ("deletion: the sooner it falls, the better", "measures: green is better", "as learned",
                  "overlap of the highest fifths", "without the least of it", "how alike the maps stay"):  # fmt: skip
        assert words in text
    for number in range(1, 5):
        assert f"figure {number}:" in text


def test_ctrl_c_goes_through_and_leaves_the_network_as_it_was(run, network):
    before = network.parameter("fc", "Weights").copy()
    calls = []

    def stop(nargout, *args):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return np.asfortranarray(np.random.default_rng(len(calls)).random((12, 15)))

    from cnnscript.values.functions import Function

    run.session["g"] = Function(stop, "@(net,X,c)g")
    with pytest.raises(KeyboardInterrupt):
        run("sanityCheck(net,X,2,Method=g,Plot=false)")
    np.testing.assert_array_equal(before, network.parameter("fc", "Weights"))


@pytest.mark.parametrize(("shape", "channels"), [("functional", 1), ("nested functional", 3), ("nested sequential", 5)])
def test_models_of_other_shapes_and_channels(run, shape, channels):
    model = made(shape, channels)
    before = [array.copy() for array in model.get_weights()]
    run.session["net"] = model
    run(f"""
        rng(1); Y = single(rand(8,8,{channels})); p = predict(net,Y);
        [t,maps] = compareMaps(net,Y,{{'saliency','gradCAM','occlusion'}},Steps=4); u = sanityCheck(net,Y,2);
        v = classContrast(net,Y,4); [w,towards] = whyNot(net,Y); s = stability(net,Y,'guided');
        i = infidelity(net,Y,maps(:,:,1)); q = predict(net,Y);
    """)
    assert run["maps"].shape == (8, 8, 4) and np.isfinite(run["maps"]).all() and np.isfinite(run["i"])
    assert all(np.array_equal(one, other) for one, other in zip(before, model.get_weights(), strict=True))
    np.testing.assert_array_equal(run["p"], run["q"])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("stability(net,X,map)", "A map alone cannot be made anew"),
        ("stability(net,X,'gradcamm')", "no method 'gradcamm'"),
        ("stability(net,X,{})", "must be a method or a map"),
        ("stability(net,X,{'gradCAM','saliency'})", "one method at a time"),
        ("stability(net,X,'gradCAM',Method=f)", "third argument must be a map"),
        ("stability(net,X,f,NumSamples=0,NumShifts=0)", "noisy or a moved copy"),
        ("stability(net,X,f,MaxShift=12)", "smaller than the image"),
        ("stability(net,X,f,NoiseLevel=-1)", "0 or more"),
        ("stability(net,X,f,[1 2])", "one class at a time"),
        ("stability(net,X,f,4)", "integer from 1 to 3"),
        ("stability(net,X,f,'cat')", "no class names"),
        ("stability(net,double(X)*NaN,f)", "must be finite"),
        ("stability(net,cat(4,X,X),f)", "one image at a time"),
        ("stability(net,X,@(net,X,c) ones(3))", "height and width of the image"),
        ("stability(net,X,@(net,X,c) 'abc')", "must give a map"),
        ("stability(net,X,@(net,X,c) nan(12,15))", "finite numbers only"),
        ("stability(net,X,@(net,X,c) ones(12,15,2))", "one map of an image"),
        ("stability(net,X,@(net,X,c) disp(1))", "Too many output arguments"),
        ("stability(net,X,struct())", "a name, a function"),
        ("sanityCheck(net,X,Method=map)", "A map alone cannot be made anew"),
        ("sanityCheck(net,X,Method=f,Layers='relu')", "no learned weights"),
        ("sanityCheck(net,X,Method=f,Layers='fcc')", "layer"),
        ('sanityCheck(net,X,Method=f,Layers=["fc" "fc"])', "different layers"),
        ('sanityCheck(net,X,Method=f,Names=["a" "b"])', "one for each method"),
        ("sanityCheck(net,X,Mode='random')", "Mode"),
        ("compareMaps(net,X,map')", "height and width of the image"),
        ("compareMaps(net,X,{map,map*Inf})", "finite numbers only"),
        ("compareMaps(net,X,{map,ones(3)})", "height and width of the image"),
        ("compareMaps(net,X,map,Mask=ones(3))", "The mask must have"),
        ("compareMaps(net,X,map,Mask=false(12,15))", "must have a pixel"),
        ("compareMaps(net,X,map,Fraction=0)", "between 0 and 1"),
        ("compareMaps(3,X,map)", "number or types of inputs"),
        ("infidelity(net,X,map')", "height and width of the image"),
        ("infidelity(net,X,zeros(12,15,0))", "height and width of the image"),
        ("infidelity(net,X,map*NaN)", "must not hold NaN"),
        ("m = map; m(3,3) = Inf; infidelity(net,X,m)", "finite numbers only"),
        ("infidelity(net,X,map,Baseline=[1 2])", "Baseline must be 'mean', 'blur', a finite"),
        ("infidelity(net,X,cat(3,map,map))", "one map and one class"),
        ("infidelity(net,X,map,PatchSize=0)", "PatchSize"),
        ("pointingGame(map,ones(3))", "height and width of the map"),
        ("pointingGame(map,true(4))", "height and width of the map"),
        ("pointingGame(map,zeros(12,15))", "must have a pixel"),
        ("pointingGame(map*NaN,ones(12,15))", "finite numbers only"),
        ("pointingGame([],ones(12,15))", "must be h×w"),
        ("pointingGame(map,map,Tolerance=-1)", "0 or more"),
        ("classContrast(net,X,4)", "not more than the network has classes"),
        ("classContrast(net,X,1)", "2 or more"),
        ("[~,k] = max(predict(net,single(X))); whyNot(net,X,k)", "says this class already"),
        ("whyNot(net,X,[1 2])", "one other class"),
        ("whyNot(net,X,9)", "integer from 1 to 3"),
    ],
)
def test_one_clear_error_for_each_bad_input(run, code, words):
    with pytest.raises(ScriptError, match=words):
        run(code)


def test_a_stop_inside_a_method_is_told_once(run, monkeypatch):
    waits = []

    def progress(text):
        waits.append(text)
        raise KeyboardInterrupt

    monkeypatch.setattr(perturbation, "QUICKEST_BATCH", 1)
    monkeypatch.setattr(questions.Waiting, "done", lambda self, number: progress(number) if number == 7 else None)
    with pytest.raises(KeyboardInterrupt):
        run("compareMaps(net,X,'occlusion',2,Plot=false)")
    assert waits and run.text().count("masked images are done and kept") == 1
