"""occlusionSensitivity, imageLIME and rise as scripts call them: forms, options, classes, sizes, errors, Ctrl-C."""

import io

import numpy as np
import pytest

from cnnscript.builtins.networks.network_objects import NetworkObject
from cnnscript.errors import ScriptError
from cnnscript.explain.perturbation import memory
from cnnscript.pictures.images.resize import imresize
from cnnscript.session import Session
from tests.explain.perturbed_networks import cue, residual, residual_scores

LAYERS = """
    layers = [imageInputLayer([12 15 CHANNELS],Name="in",Normalization="none"); convolution2dLayer(3,4,Name="conv")
              reluLayer(Name="relu"); globalAveragePooling2dLayer(Name="pool"); fullyConnectedLayer(3,Name="fc")
              softmaxLayer(Name="prob")];
"""
CLASSES = 'classificationLayer(Classes=["cat" "dog" "other"])'


@pytest.fixture
def run():
    """run(code): runs it in one session, whose variables are run['name']; run.said is what was said on errors."""

    class Run:
        def __init__(self):
            self.errors = io.StringIO()
            self.session = Session(out=io.StringIO(), err=self.errors, figures="words")

        def __call__(self, code):
            self.session.run(code)

        def __getitem__(self, name):
            return np.asarray(self.session[name])

        @property
        def said(self):
            return self.errors.getvalue()

    made = Run()
    made(f"""
        rng(1); {LAYERS.replace("CHANNELS", "3")}
        dl = dlnetwork(layers); net = assembleNetwork([dl.Layers; {CLASSES}]); X = uint8(randi([0 255],12,15,3));
    """)
    return made


# ------------------------------------------------------------------------------------------------------------ occlusion
def test_a_map_is_the_fall_of_the_score_enlarged_to_the_image(run):
    network, arrays = residual()
    run.session["hand"] = NetworkObject(network)
    run("map = occlusionSensitivity(hand,X,2); small = occlusionSensitivity(hand,X,2,OutputUpsampling='none');")
    image = run["X"].astype(np.float32)
    whole, mean = residual_scores(arrays, image)[1], image.mean((0, 1))
    wanted = np.zeros((12, 8))  # a fifth: masks of 2×3; a tenth: strides 1×2
    for k, row in enumerate(range(12)):
        for m, column in enumerate(range(0, 15, 2)):
            covered = image.copy()
            covered[max(row - 1, 0) : row + 1, max(column - 1, 0) : column + 2] = mean
            wanted[k, m] = whole - residual_scores(arrays, covered)[1]
    np.testing.assert_allclose(run["small"], wanted, atol=2e-6)
    assert run["map"].dtype == np.float32
    np.testing.assert_allclose(run["map"], imresize(np.float32(wanted), (12, 15)), atol=3e-6)


def test_classes_in_every_form_give_the_same_maps(run):
    run("""
        a = occlusionSensitivity(net,X,["dog" "cat"]);
        b = occlusionSensitivity(net,X,{'dog','cat'});
        c = occlusionSensitivity(net,X,categorical(["dog" "cat"]));
        d = occlusionSensitivity(net,X,[2 1]);
        e = occlusionSensitivity(net,X,'prob',[2 1]);
        f = occlusionSensitivity(net,X,net.Layers(end).Classes);
        one = occlusionSensitivity(net,X,'dog');
        two = occlusionSensitivity(net,X,"cat");
        s = size(f);
    """)
    assert run["a"].shape == (12, 15, 2) and run["f"].shape == (12, 15, 3)
    for name in "bcde":
        np.testing.assert_array_equal(run["a"], run[name])
    np.testing.assert_allclose(run["a"][..., 0], run["one"], atol=1e-6)
    np.testing.assert_allclose(run["f"][..., 0], run["two"], atol=1e-6)
    assert np.abs(run["one"]).max() > 0


def test_a_channel_of_a_layer_is_summed_over_its_map(run):
    run("""
        map = occlusionSensitivity(dl,X,'relu',3,MaskSize=4,Stride=4,MaskClipping="off",MaskValue=9,
                                   OutputUpsampling="none");
        covered = single(X); covered(5:8,9:12,:) = 9;
        all = predict(dl,single(X),Outputs="relu"); less = predict(dl,covered,Outputs="relu");
        fall = sum(all(:,:,3) - less(:,:,3),'all');
        by_number = occlusionSensitivity(dl,X,3,3,MaskSize=4,Stride=4,MaskClipping="off",MaskValue=9);
        near = occlusionSensitivity(dl,X,3,3,MaskSize=4,Stride=4,MaskClipping="off",MaskValue=9,
                                    OutputUpsampling="nearest");
    """.replace(",\n", ", ...\n"))  # fmt: skip
    assert run["map"].shape == (3, 3)
    np.testing.assert_allclose(run["map"][1, 2], run["fall"], rtol=1e-3)
    np.testing.assert_allclose(run["by_number"], imresize(run["map"], (12, 15)), rtol=1e-4, atol=1e-3)
    np.testing.assert_array_equal(np.unique(run["near"]), np.unique(run["map"]))


def test_a_mask_has_one_colour_or_one_for_each_channel(run):
    network, arrays = residual()
    run.session["hand"] = NetworkObject(network)
    run("map = occlusionSensitivity(hand,X,1,MaskSize=[12 15],Stride=[12 15],MaskClipping='off',MaskValue=[1 2 3]);")
    image = run["X"].astype(np.float32)
    fall = (
        residual_scores(arrays, image)[0]
        - residual_scores(arrays, np.broadcast_to(np.float32([1, 2, 3]), (12, 15, 3)))[0]
    )
    np.testing.assert_allclose(run["map"], fall, atol=2e-6)


@pytest.mark.parametrize("kind", ["double", "single", "uint16", "int16", "int32"])
def test_pictures_of_every_class_give_the_same_map(run, kind):
    run(f"a = occlusionSensitivity(net,X,1); b = occlusionSensitivity(net,{kind}(X),1);")
    np.testing.assert_array_equal(run["a"], run["b"])


@pytest.mark.parametrize("channels", [1, 5])
def test_images_of_one_and_of_five_channels(run, channels):
    run(LAYERS.replace("CHANNELS", str(channels)) + f"""
        net = dlnetwork(layers); X = rand(12,15,{channels});
        a = occlusionSensitivity(net,X,2); r = rise(net,X,2,NumMasks=20);
        [m,f,i] = imageLIME(net,X,[1 2],NumFeatures=9,NumSamples=60);
    """)  # fmt: skip
    assert run["a"].shape == run["r"].shape == (12, 15)
    assert run["m"].shape == (12, 15, 2) and run["i"].shape == (run["f"].max(), 2)


def test_larger_images_where_the_layers_allow_them(run):
    run("""
        net = dlnetwork([imageInputLayer([12 15 3],Normalization="none"); convolution2dLayer(3,4)
                         globalAveragePooling2dLayer; convolution2dLayer(1,3); softmaxLayer]);
        large = randi([0 255],20,31,3); map = occlusionSensitivity(net,large,2);
    """)
    assert run["map"].shape == (20, 31)


def test_the_network_of_a_script_is_unchanged_to_the_bit(run):
    run("""
        before = net.Layers(2).Weights;
        a = occlusionSensitivity(net,X,1); b = imageLIME(net,X,1,NumSamples=50); c = rise(net,X,1,NumMasks=10);
        same = isequal(before,net.Layers(2).Weights);
    """)
    assert run["same"]


# ----------------------------------------------------------------------------------------------------------------- LIME
def test_the_linear_model_finds_what_each_feature_gives(run):
    run.session["net"] = NetworkObject(cue())
    run("""
        X = 100*ones(12,15,3); X(4,5,:) = 200; X(9,12,:) = 50;
        [map,f,w] = imageLIME(net,X,1,Segmentation="grid",NumFeatures=20,Model="linear");
        [flat,~,all] = imageLIME(net,X,1,Segmentation="grid",NumFeatures=20,OutputUpsampling="none");
    """)
    f, w, mean = run["f"], run["w"][:, 0], run["X"].mean((0, 1)).sum()
    bright, dark = int(f[3, 4]) - 1, int(f[8, 11]) - 1
    wanted = np.zeros(len(w))  # removing a cell takes its cue's difference to the mean
    wanted[bright], wanted[dark] = 600 - mean, 150 - mean
    np.testing.assert_allclose(w, wanted, atol=0.05)
    np.testing.assert_array_equal(run["map"], w[f.astype(int) - 1])
    assert run["flat"].shape == (4, 5) and np.argmax(run["all"]) == bright and run["all"].min() >= 0
    np.testing.assert_array_equal(run["flat"].ravel("F"), run["all"][:, 0])


def test_the_models_are_those_of_scikit_learn(run):
    from sklearn.linear_model import Lasso
    from sklearn.tree import DecisionTreeRegressor

    network, arrays = residual()
    run.session["hand"] = NetworkObject(network)
    run("""
        seg = repelem([1 3; 2 4],6,8); seg = seg(:,1:15);
        rng(7); [~,~,line] = imageLIME(hand,X,3,Segmentation=seg,NumSamples=64,Model="linear");
        rng(7); [~,~,tree] = imageLIME(hand,X,3,Segmentation=seg,NumSamples=64);
        rng(7); Z = rand(64,4) < 0.5;
    """)
    image, seg, Z = run["X"].astype(np.float32), run["seg"].astype(int) - 1, run["Z"]
    mean = image.mean((0, 1))
    y = [residual_scores(arrays, np.where(kept[seg][..., None], image, mean))[2] for kept in Z]
    line = Lasso(alpha=1 / 64, max_iter=100000, tol=1e-10).fit(Z, y).coef_
    np.testing.assert_allclose(run["line"][:, 0], line, atol=1e-4)
    grown = DecisionTreeRegressor(min_samples_split=10, random_state=0).fit(Z, y).tree_
    asking = int((grown.children_left >= 0).sum())
    shares = run["tree"][:, 0] / run["tree"].sum()
    gains = np.zeros(4)
    for node in np.flatnonzero(grown.children_left >= 0):
        parts = [node, grown.children_left[node], grown.children_right[node]]
        whole, left, right = (grown.impurity[k] * grown.n_node_samples[k] / 64 for k in parts)
        gains[grown.feature[node]] += (whole - left - right) / asking
    np.testing.assert_allclose(shares, gains / gains.sum(), atol=1e-3)


def test_superpixels_number_the_features_and_the_idiom_of_the_strongest_works(run):
    run("""
        rng(3); [map,f,w] = imageLIME(net,X,'dog',NumFeatures=12,NumSamples=100);
        [~,idx] = maxk(w,2); mask = ismember(f,idx); shown = uint8(mask).*X;
        rng(3); again = imageLIME(net,X,'dog',NumFeatures=12,NumSamples=100);
        other = imageLIME(net,X,'dog',NumSamples=100);
    """)
    f = run["f"].astype(int)
    assert sorted(set(f.ravel())) == list(range(1, run["w"].shape[0] + 1)) and f.max() <= 12
    np.testing.assert_array_equal(run["map"], run["w"][f - 1, 0])
    assert 0 < run["mask"].sum() < 180
    np.testing.assert_array_equal(run["map"], run["again"])
    assert not np.array_equal(run["map"], run["other"])


def test_an_option_for_grids_is_not_dropped_in_silence(run):
    run("map = imageLIME(net,X,1,NumSamples=20,OutputUpsampling='bicubic');")
    assert "only maps of Segmentation 'grid' are smaller" in run.said


# ----------------------------------------------------------------------------------------------------------------- RISE
def test_what_is_not_seen_is_what_the_input_layer_makes_zero_of(run):
    run("""
        weights = single(rand(1,540));
        net = dlnetwork([imageInputLayer([12 15 3],Normalization="zerocenter",Mean=reshape([10 20 30],1,1,3))
                         fullyConnectedLayer(1,Weights=weights,Bias=0)]);
        rng(2); a = rise(net,X,1,NumMasks=30,GridSize=[3 5],Probability=0.3);
        rng(2); b = rise(net,X,1,NumMasks=30,GridSize=[3 5],Probability=0.3,MaskValue=[10 20 30]);
        rng(2); c = rise(net,X,1,NumMasks=30,GridSize=[3 5],Probability=0.3,MaskValue=0);
    """)
    np.testing.assert_array_equal(run["a"], run["b"])
    assert not np.allclose(run["a"], run["c"])


@pytest.mark.parametrize(
    ("layer", "zero"),
    [
        ('"rescale-symmetric"', "127.5"),  # without Min and Max the layer takes 0 and 255
        ('"rescale-symmetric",Max=100', "50"),
        ('"rescale-symmetric",Min=reshape([10 20 30],1,1,3),Max=100', "[55 60 65]"),
        ('"rescale-zero-one"', "0"),
        ('"rescale-zero-one",Min=20,Max=100', "20"),
    ],
)
def test_what_is_not_seen_in_a_range(run, layer, zero):
    run(f"""
        net = dlnetwork([imageInputLayer([12 15 3],Normalization={layer})
                         fullyConnectedLayer(1,Weights=single(rand(1,540)),Bias=0)]);
        nothing = predict(net,single(zeros(12,15,3)) + reshape({zero},1,1,[]));
        rng(2); a = rise(net,X,1,NumMasks=20,GridSize=3);
        rng(2); b = rise(net,X,1,NumMasks=20,GridSize=3,MaskValue={zero});
    """)
    np.testing.assert_allclose(run["nothing"], 0, atol=1e-4)
    np.testing.assert_array_equal(run["a"], run["b"])
    assert run["a"].std() > 0


def test_rise_is_the_same_for_the_same_stream(run):
    run("rng(4); a = rise(net,X,[1 2],NumMasks=25); rng(4); b = rise(net,X,[1 2],NumMasks=25,MiniBatchSize=3);"
        "c = rise(net,X,[1 2],NumMasks=25);")  # fmt: skip
    np.testing.assert_allclose(run["a"], run["b"], atol=1e-6)
    assert not np.allclose(run["a"], run["c"], atol=1e-6)
    assert run["a"].dtype == np.float32


# --------------------------------------------------------------------------------------------------------------- Ctrl-C
@pytest.mark.parametrize("call", ["occlusionSensitivity(net,X,1,MiniBatchSize=10)",
                                  "imageLIME(net,X,1,NumFeatures=6,NumSamples=60,MiniBatchSize=10)",
                                  "rise(net,X,1,NumMasks=60,MiniBatchSize=10)"])  # fmt: skip
def test_ctrl_c_keeps_what_is_done_and_the_same_call_goes_on(run, call, monkeypatch):
    from cnnscript.explain import perturbation

    run(f"rng(5); whole = {call}; rng(5);")
    network = run.session["net"].network
    original = perturbation.Waiting.done

    def stop(waiting, number):
        original(waiting, number)
        if number == 30:
            raise KeyboardInterrupt

    monkeypatch.setattr(perturbation.Waiting, "done", stop)
    with pytest.raises(KeyboardInterrupt):
        run(f"again = {call};")
    assert "30 of " in run.said and "masked images are done and kept: the same call goes on from there." in run.said
    monkeypatch.undo()
    before = memory(network).passes
    run(f"again = {call};")
    done, count = memory(network).last_stop
    assert (done, count) == (0, 0)
    kept = 30
    total = memory(network).passes - before + kept
    assert total in (60, 97)  # not one image was computed twice (12×8 masks and the image as it is)
    np.testing.assert_allclose(run["again"], run["whole"], atol=1e-6)


# --------------------------------------------------------------------------------------------------------------- errors
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("occlusionSensitivity(net,X,'dgo')", "no class 'dgo'"),
        ("occlusionSensitivity(net,X,4)", "integer from 1 to 3"),
        ("occlusionSensitivity(dl,X,'dog')", "no class names"),
        ("occlusionSensitivity(net,X,'conv',9)", "from 1 to 4"),
        ("occlusionSensitivity(net,X,'convv',1)", "did not match any"),
        ("occlusionSensitivity(net,X,'conv','dog')", "given as a number"),
        ("occlusionSensitivity(net,X(1:5,:,:),1)", "must have a size of"),
        ("occlusionSensitivity(net,cat(4,X,X),1)", "one image at a time"),
        ("occlusionSensitivity(net,X,1,MaskSize=0)", "MaskSize must be"),
        ("occlusionSensitivity(net,X,1,MaskSize='small')", "MaskSize"),
        ("occlusionSensitivity(net,X,1,Stride=[1 2 3])", "Stride must be"),
        ("occlusionSensitivity(net,X,1,MaskValue=[1 2])", "MaskValue must be"),
        ("occlusionSensitivity(net,X,1,MaskSize=13,MaskClipping='off')", "must not be larger"),
        ("occlusionSensitivity(net,X,1,OutputUpsampling='linear')", "OutputUpsampling"),
        ("occlusionSensitivity(net,X*NaN,1)", "must be finite"),
        ("occlusionSensitivity(layers,X,1)", "Incorrect number or types"),
        ("imageLIME(net,X,1,Segmentation=ones(3))", "matrix of positive integers"),
        ("imageLIME(net,X,1,Segmentation=zeros(12,15))", "matrix of positive integers"),
        ("imageLIME(net,X,1,Segmentation=1i)", "matrix of positive integers"),
        ("imageLIME(net,X,1,OutputUpsampling=X)", "OutputUpsampling"),
        ("imageLIME(net,X,2i)", "a label"),
        ("imageLIME(net,X,1,Segmentation='squares')", "Segmentation"),
        ("imageLIME(net,X,1,Model='forest')", "Model"),
        ("imageLIME(net,X,1,NumSamples=0)", "NumSamples"),
        ("rise(net,X,1,Probability=0)", "above 0"),
        ("rise(net,X,1,GridSize=0)", "GridSize must be a positive"),
        ("rise(net,X,1,GridSize=13)", "more cells than the image has pixels"),
        ("rise(net,X,1,NumMasks=-1)", "NumMasks"),
    ],
)
def test_one_clear_error_for_each_bad_input(run, code, words):
    run("X = double(X);")
    with pytest.raises(ScriptError, match=words):
        run(code)
