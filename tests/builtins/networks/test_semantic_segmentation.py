"""semanticseg: the class of every pixel, its scores, and label files of whole datastores."""

import os

import numpy as np
import pytest

NET = """
W = reshape([1 -1 0],1,1,1,3); out = pixelClassificationLayer(Classes=["high" "low" "middle"]);
layers = [imageInputLayer([2 3 1],Normalization="none")
    convolution2dLayer(1,3,Weights=W,Bias=reshape([0 0 1],1,1,3))
    softmaxLayer];
net = assembleNetwork([layers; out]); I = [5 -5 0; 0 2 -3];
"""


@pytest.fixture
def net(run):
    run(NET)
    return run


def test_every_pixel_gets_the_class_of_its_largest_score(net):
    net("[C,s,a] = semanticseg(I,net); u = semanticseg(I,net,OutputType='uint8'); p = predict(net,I);"
        "d = semanticseg(I,net,'OutputType','double');")  # fmt: skip
    assert net["C"].names == ["high", "low", "middle"]
    assert net["C"].codes.tolist() == net["u"].tolist() == net["d"].tolist() == [[1, 2, 3], [3, 1, 2]]
    assert net["u"].dtype == np.uint8
    assert np.array_equal(net["a"], net["p"])
    assert np.array_equal(net["s"], net["p"].max(2))


def test_several_images_and_images_larger_than_the_input(net):
    net("X = cat(4,I,-I); [C,s,a] = semanticseg(X,net); D = semanticseg([I I; I I],net); "
        "x = [size(C) size(s) size(a) size(D)];")  # fmt: skip
    assert net["x"].tolist() == [[2, 3, 2, 2, 3, 2, 2, 3, 3, 2, 4, 6]]
    assert net["C"].codes[..., 1].tolist() == [[2, 1, 3], [3, 2, 1]]
    assert net["D"].codes[2:, 3:].tolist() == [[1, 2, 3], [3, 1, 2]]


def test_outside_of_the_roi_pixels_are_undefined(net):
    net("[C,s,a] = semanticseg([I I],net,[2 1 3 2]);")
    assert net["C"].codes.tolist() == [[0, 2, 3, 1, 0, 0], [0, 1, 2, 3, 0, 0]]
    assert (net["s"][:, [0, 4, 5]] == 0).all()
    assert (net["a"][:, 1:4] > 0).all()


def test_a_dlnetwork_calls_its_classes_by_number_unless_told(net):
    net("d = dlnetwork(layers); A = semanticseg(I,d); B = semanticseg(I,d,Classes=['a' \"b\" \"c\"]);")
    assert net["A"].names == ["C1", "C2", "C3"]
    assert net["B"].names == ["a", "b", "c"]


def test_a_datastore_is_written_as_label_files(net, tmp_path):
    lines = net("mkdir im; for k = 1:3, imwrite(uint8([250 0 0; 0 2 k]),sprintf('im/%d.png',k)); end; mkdir out;"
                "imds = imageDatastore('im'); p = semanticseg(imds,net,'WriteLocation','out','MiniBatchSize',2);"
                "C = readimage(p,3); [~,n,e] = fileparts(p.Files{3}); n = [n e]; "
                "D = semanticseg(imread('im/3.png'),net);"
                "q = semanticseg(combine(imds,copy(imds)),net,Verbose=false,WriteLocation='out',NamePrefix='z');"
                "r = semanticseg(imds,net,Verbose=false,OutputFolderName=\"\");")  # fmt: skip
    assert lines == ["Running semantic segmentation network", "-" * 37, "* Processed 3 images."]
    assert net["n"] == "pixelLabel_003.png"
    assert np.array_equal(net["C"].codes, net["D"].codes)
    assert sorted(os.listdir(tmp_path / "out")) == ["semanticsegOutput", "semanticsegOutput_1"]
    assert sorted(os.listdir(tmp_path / "out" / "semanticsegOutput_1")) == ["z_001.png", "z_002.png", "z_003.png"]
    assert (tmp_path / "pixelLabel_001.png").is_file()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("semanticseg(I,net,Classes=[\"a\" \"b\"])",
         "The number of class names must be the number of classes of the network."),
        ("semanticseg(I,assembleNetwork([layers(1:2); regressionLayer]))",
         "The network must have one output, with scores of classes for every pixel."),
        ("semanticseg(I,net,[1 1 9 1])", "The roi must be [x y width height] of a part within the image."),
        ("semanticseg('I',net)", "The image must be a numeric array of height-by-width-by-channels, or several along "
         "the fourth dimension."),
        ("imwrite(1,'a.png'), semanticseg(imageDatastore('a.png'),net,WriteLocation='nowhere')",
         "The folder 'nowhere' of WriteLocation does not exist."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(net, code, message):
    assert net.fault(code).message == message


def test_the_old_name_of_the_classes_is_known(net):
    net("a = pixelClassificationLayer('ClassNames',{'u','v'},'ClassWeights',[1 2]); c = string(a.Classes)';")
    assert net("disp(c)") == ['"u"    "v"']
