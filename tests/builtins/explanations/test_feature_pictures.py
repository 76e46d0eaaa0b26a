"""deepDreamImage and activationMaximization as scripts call them: forms, sizes, what is printed, mistakes, Ctrl-C."""

import io

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session
from tests.builtins.networks.test_keras_imports import SHAPES, models  # noqa: F401  a fixture

SMALL = """
rng(1);
layers = [imageInputLayer([12 10 CHANNELS],'Normalization','none','Name','in')
    convolution2dLayer(3,6,'Padding','same','Name','conv','Weights',randn(3,3,CHANNELS,6),'Bias',zeros(1,1,6))
    reluLayer('Name','relu')
    maxPooling2dLayer(2,'Stride',2,'Name','pool')
    fullyConnectedLayer(4,'Name','fc','Weights',randn(4,180)/10,'Bias',[0;1;0;1])
    softmaxLayer('Name','prob')];
dl = dlnetwork(layers);
net = assembleNetwork([layers; classificationLayer('Name','out','Classes',["ant" "bee" "cat" "dog"])]);
"""


class Screen(io.StringIO):
    """What is printed; once `stop_at` lines of a table are out, Ctrl-C is pressed."""

    stop_at = 10**9

    def write(self, text):
        super().write(text)
        if text.endswith("|\n") and self.getvalue().count("\n|  ") - 1 >= self.stop_at:
            raise KeyboardInterrupt
        return len(text)


@pytest.fixture
def session():
    return Session(out=Screen(), err=io.StringIO())


@pytest.fixture
def small(session):
    session.run(SMALL.replace("CHANNELS", "3"))
    return session


def printed(session, text):
    start = len(session.out.getvalue())
    session.run(text)
    return session.out.getvalue()[start:]


def test_verbose_prints_matlabs_table(small):
    found = printed(small, "rng(0); I = deepDreamImage(net,'conv',[1 4],'NumIterations',2,'PyramidLevels',2);")
    lines = found.splitlines()
    assert lines[:4] == [
        "|==============================================|",
        "|  Iteration  |  Activation  |  Pyramid Level  |",
        "|             |   Strength   |                 |",
        "|==============================================|",
    ]
    assert lines[-1] == lines[0]
    rows = [line.strip("|").split("|") for line in lines[4:-1]]
    assert [(row[0], row[2]) for row in rows] == [
        ("           1 ", "               1 "), ("           2 ", "               1 "),
        ("           1 ", "               2 "), ("           2 ", "               2 "),
    ]  # fmt: skip
    strengths = [row[1] for row in rows]
    assert all(len(text) == 14 and text == f"{float(text):13.2f} " for text in strengths)
    assert float(strengths[1]) > float(strengths[0])
    assert printed(small, "I = deepDreamImage(net,'conv',1,'verbose',0,'numit',1);") == ""


def test_verbose_of_activation_maximization(small):
    lines = printed(small, "I = activationMaximization(net,'bee',NumIterations=2,Verbose=true);").splitlines()
    assert lines[:4] == [
        "|============================|",
        "|  Iteration  |  Activation  |",
        "|             |   Strength   |",
        "|============================|",
    ]
    assert [line[:15] for line in lines[4:-1]] == ["|           1 |", "|           2 |"]
    assert all(len(line) == len(lines[0]) for line in lines)


@pytest.mark.parametrize(("options", "size"), [
    ("", (24, 20)), (",'PyramidLevels',1", (12, 10)), (",PyramidScale=2", (48, 40)),
    (",'InitialImage',zeros(9,11,3),'PyramidLevels',2", (13, 16)), (",'PyramidLevels',4,'PyramidScale',1.1", (18, 15)),
])  # fmt: skip
def test_the_size_follows_from_the_levels(small, options, size):
    small.run(f"I = deepDreamImage(net,2,[3 1 6],'NumIterations',1,'Verbose',false{options}); kind = class(I);")
    assert small["I"].shape == (*size, 3, 3)
    assert small["kind"] == "single"


def test_scaling_is_linear_and_each_picture_by_itself(small):
    small.run("""
        opts = {'NumIterations',3,'Verbose',false,'PyramidLevels',2};
        rng(3); I = deepDreamImage(net,'conv',1:3,opts{:});
        rng(3); J = deepDreamImage(net,'conv',1:3,'OutputScaling','none',opts{:});
    """)
    raw = small["J"]
    low, high = raw.min((0, 1, 2)), raw.max((0, 1, 2))
    np.testing.assert_allclose(small["I"], (raw - low) / (high - low), atol=1e-6)
    assert len(set(low.tolist())) == 3


@pytest.mark.parametrize("layer", ["'in'", "1", "'conv'", '"relu"', "4", "'fc'", "'prob'", "'out'", "7"])
def test_any_layer_by_name_or_number_of_either_kind_of_network(small, layer):
    nets = ("net", "dl") if layer in ("'conv'", "'fc'") else ("net",)
    for net in nets:
        small.run(f"rng(0); I = deepDreamImage({net},{layer},2,'NumIterations',3,'Verbose',false);")
        assert small["I"].shape == (24, 20, 3)
        assert small["I"].std() > 0.01
    if layer in ("'in'", '"relu"', "'out'"):
        small.run(f"rng(0); [A,s] = activationMaximization({nets[-1]},{layer},2:3,NumIterations=2);")
        assert small["A"].shape == (12, 10, 3, 2)
        assert small["s"].shape == (1, 2)


def test_rng_decides_and_nothing_else(small):
    small.run("""
        rng(5); a = deepDreamImage(net,'conv',2,'Verbose',false,'NumIterations',2);
        rng(5); b = deepDreamImage(net,'conv',2,'Verbose',false,'NumIterations',2);
        c = deepDreamImage(net,'conv',2,'Verbose',false,'NumIterations',2);
        rng(5); d = activationMaximization(net,"cat",NumIterations=2);
        rng(5); e = activationMaximization(net,"cat",NumIterations=2);
        f = activationMaximization(net,"cat",NumIterations=2);
        same = [isequal(a,b) isequal(a,c) isequal(d,e) isequal(d,f)];
    """)
    assert small["same"].ravel().tolist() == [True, False, True, False]


def test_classes_by_label_and_number_and_softmax_swapped_for_logits(small):
    small.run("""
        opts = {'NumIterations',2,'OutputScaling','none'};
        rng(2); a = activationMaximization(net,["dog" "ant"],opts{:});
        rng(2); b = activationMaximization(net,categorical({'dog' 'ant'}),opts{:});
        rng(2); c = activationMaximization(net,[4 1],opts{:});
        rng(2); d = activationMaximization(net,'prob',[4 1],opts{:});
        rng(2); [e,s] = activationMaximization(net,'fc',[4 1],opts{:});
        rng(2); f = activationMaximization(net,'out',[4 1],opts{:});
        same = [isequal(a,b) isequal(a,c) isequal(a,d) isequal(a,e) isequal(a,f)];
        scores = activations(net,e,'fc','OutputAs','rows');
    """)
    assert small["same"].all()
    np.testing.assert_allclose(small["s"].ravel(), [small["scores"][0, 3], small["scores"][1, 0]], rtol=1e-4)


def test_ranges_and_sizes_of_activation_maximization(small):
    small.run("""
        A = activationMaximization(net,'conv',1,ImageSize=[7 9],InputRange=[-2 3],OutputScaling="none",LearnRate=1);
        B = activationMaximization(net,'conv',1,InitialImage=ones(6,8,3)/2,NumIterations=1,LearnRate=1e-6, ...
            Parameterization="pixels");
    """)
    assert small["A"].shape == (7, 9, 3)
    assert -2 <= small["A"].min() < -1
    assert 2 < small["A"].max() <= 3
    np.testing.assert_allclose(small["B"], np.full((6, 8, 3), 0.5), atol=1e-4)


@pytest.mark.parametrize("channels", [1, 5])
def test_images_of_one_and_five_channels(session, channels):
    session.run(SMALL.replace("CHANNELS", str(channels)))
    session.run("""
        before = net.Layers(2).Weights; old = predict(net,ones(12,10,size(before,3)));
        I = deepDreamImage(net,'fc',1:2,'NumIterations',1,'Verbose',false);
        A = activationMaximization(net,"bee",NumIterations=2);
        same = isequal(before,net.Layers(2).Weights) && isequal(old,predict(net,ones(12,10,size(before,3))));
    """)
    depth = (channels,) if channels > 1 else (1,)
    assert session["I"].shape == (24, 20, *depth, 2)
    assert np.atleast_3d(session["A"]).shape == (12, 10, *depth)
    assert session["same"]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_keras_model(shape, models, session):  # noqa: F811
    """By name, and through the whole model with Keras layers that are none of ours; the model stays as it is."""
    model = models[shape]
    session["net"] = model
    before = [np.array(weight) for weight in model.get_weights()]
    session["X"] = np.random.default_rng(0).uniform(-3, 3, (8, 8, 3, 50)).astype(np.float32)
    session.run("""
        I = deepDreamImage(net,'conv5',1:3,'NumIterations',2,'Verbose',false);
        J = deepDreamImage(net,'scores',1:4,'PyramidLevels',2,'NumIterations',2,'Verbose',false);
        rng(1); [A,s] = activationMaximization(net,1:4,NumIterations=40,OutputScaling="none",InputRange=[-3 3]);
        any = activations(net,X,'scores','OutputAs','rows'); reached = activations(net,A,'scores','OutputAs','rows');
    """)
    assert session["I"].shape == (17, 17, 3, 3)
    assert session["J"].shape == (12, 12, 3, 4)
    reached = np.diag(session["reached"])
    np.testing.assert_allclose(session["s"].ravel(), reached, rtol=1e-3)
    assert (reached > session["any"].max(0)).all()
    for old, weight in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, weight)


MISTAKES = [
    ("deepDreamImage(net,'conv',7)", "MATLAB:deepDreamImage:notLessEqual",
     "Expected channels to be a scalar with value <= 6."),
    ("deepDreamImage(net,'conv',[1 7])", "MATLAB:deepDreamImage:notLessEqual",
     "Expected channels to be an array with all of the values <= 6."),
    ("deepDreamImage(net,'conv',0)", "MATLAB:deepDreamImage:expectedPositive", "Expected channels to be positive."),
    ("deepDreamImage(net,'conv',1.5)", "MATLAB:deepDreamImage:expectedInteger",
     "Expected channels to be integer-valued."),
    ("deepDreamImage(net,'conv',[])", "MATLAB:deepDreamImage:expectedNonempty", "Expected channels to be nonempty."),
    ("deepDreamImage(net,'conv',ones(2))", "MATLAB:deepDreamImage:expectedVector", "Expected channels to be a vector."),
    ("deepDreamImage(net,'conv','a')", "MATLAB:deepDreamImage:invalidType", "Expected channels to be numeric."),
    ("deepDreamImage(net,'convv',1)", "MATLAB:unrecognizedStringChoice",
     "Expected layer to match one of the 7 layer names of the network. The input, 'convv', did not match any of the "
     "valid values."),
    ("deepDreamImage(net,8,1)", "MATLAB:deepDreamImage:notLessEqual",
     "Expected layer to be a scalar with value <= 7."),
    ("deepDreamImage(net,'conv',1,'PyramidScale',1)", "MATLAB:deepDreamImage:expectedGreater",
     "Expected PyramidScale to be a scalar with value > 1."),
    ("deepDreamImage(net,'conv',1,'InitialImage',ones(9,9))", "nnet_cnn:deepDreamImage:InitialImageNotValidImage",
     "The initial image must be one image with as many channels as the network's input."),
    ("deepDreamImage(net,'fc',1,'InitialImage',ones(9,30,3))", "nnet_cnn:deepDreamImage:InitialImageNotValidImage",
     "The initial image must be at least 12x10 for layer 'fc'."),
    ("deepDreamImage(net,'conv',1,'InitialImage',NaN(9,9,3))", "MATLAB:deepDreamImage:expectedNonNaN",
     "Expected InitialImage to be real and finite."),
    ("deepDreamImage(layers,'conv',1)", "MATLAB:UndefinedFunction",
     "Incorrect number or types of inputs or outputs for function deepDreamImage."),
    ("activationMaximization(net,'beee')", "deep:explain:UnknownClass", "The network has no class 'beee'."),
    ("activationMaximization(net,5)", "deep:explain:InvalidClassIndex",
     "A class index must be an integer from 1 to 4."),
    ("activationMaximization(net,'conv',7)", "MATLAB:activationMaximization:notLessEqual",
     "Expected channels to be a scalar with value <= 6."),
    ("activationMaximization(net,'fc',1,ImageSize=[5 5])", "nnet_cnn:deepDreamImage:InitialImageNotValidImage",
     "The initial image must be at least 12x10 for layer 'fc'."),
    ("activationMaximization(net,'fc',1,InputRange=[1 0])", "deep:explain:InputRange",
     "InputRange must be [low high], low below high, or 'auto'."),
    ("activationMaximization(net,'fc',1,LearnRate=0)", "MATLAB:notGreaterEqual",
     "LearnRate must be a finite number above 0."),
    ("activationMaximization(net,'conv',1,ImageSize=[9 9],InitialImage=ones(8,8,3))", "deep:explain:ImageSize",
     "ImageSize must be the size of the initial image."),
]  # fmt: skip


@pytest.mark.parametrize(("call", "identifier", "sentence"), MISTAKES, ids=[one[0] for one in MISTAKES])
def test_mistakes(small, call, identifier, sentence):
    with pytest.raises(ScriptError) as raised:
        small.run(f"I = {call};")
    assert raised.value.identifier == identifier
    assert raised.value.message == sentence


def test_a_layer_that_flattens_keeps_the_networks_size_and_says_so(session):
    session.run("""
        dl = dlnetwork([imageInputLayer([6 6 1],'Normalization','none') flattenLayer('Name','flat') softmaxLayer]);
        I = deepDreamImage(dl,'flat',3,'PyramidLevels',1,'Verbose',false,'NumIterations',1);
    """)
    assert session["I"].shape == (6, 6)
    with pytest.raises(ScriptError, match="must have the size of the network's input") as raised:
        session.run("deepDreamImage(dl,'softmax',3)")
    assert "PyramidLevels=1" in raised.value.hint


@pytest.mark.parametrize("call", ["deepDreamImage(net,'conv',1:2,'NumIterations',9)",
                                  "activationMaximization(net,'bee',Verbose=true)"])  # fmt: skip
def test_ctrl_c_stops_at_once_and_leaves_the_pictures_in_ans(small, call):
    small.run("I = 1;")
    small.out.stop_at = 4 if "deep" in call else 4
    with pytest.raises(KeyboardInterrupt):
        small.run(f"I = {call}; after = 1;")
    small.out.stop_at = 10**9
    assert small["I"] == 1
    with pytest.raises(KeyError):
        small["after"]
    assert small["ans"].shape[:3] == (12, 10, 3)
    assert 0 <= small["ans"].min() < small["ans"].max() <= 1
    assert small.out.getvalue().endswith("==|\n")


def test_progress_is_told_where_nothing_is_printed(small, monkeypatch):
    said = []
    monkeypatch.setattr(small.zoo, "progress", said.append)
    monkeypatch.setattr("cnnscript.engine.questions.time.monotonic", iter(range(0, 10**6, 2)).__next__)
    small.run("I = deepDreamImage(net,'conv',1,'NumIterations',3,'Verbose',false);")
    steps = [text for text in said if "steps done" in text]
    assert steps[0].startswith("1 of 9 steps done")
    assert said[-1] == ""


TUTORIALS = """
net = squeezenet;
layer = 2;
name = net.Layers(layer).Name;
channels = 1:36;
I = deepDreamImage(net,name,channels,'PyramidLevels',1,'NumIterations',1,'InitialImage',100+50*randn(24,24,3), ...
    'Verbose',false);
figure
I = imtile(I,'ThumbnailSize',[64 64]);
imshow(I)
title(['Layer ',name,' Features'],'Interpreter','none')
layers = [2 4];
for i = 1:length(layers)
    layer = layers(i);
    K = deepDreamImage(net,layer,1:2, ...
        'Verbose',false, ...
        'PyramidLevels',1,'NumIterations',1,'ExecutionEnvironment','cpu');
    montage(K)
end
classes = net.Layers(end).Classes(1:2);
J = deepDreamImage(net,"conv10",[1 2],NumIterations=1,PyramidLevels=2,PyramidScale=1.1,Verbose=0);
for i = 1:2, subplot(1,2,i), imshow(J(:,:,:,i)), title(char(classes(i))), end
net = imagePretrainedNetwork("squeezenet");
I = deepDreamImage(net,"fire3-squeeze1x1",1:16,PyramidLevels=1,Verbose=0,NumIterations=1,InitialImage=ones(40,40,3));
tiledlayout("flow")
for i = 1:numel(1:2)
    nexttile
    imshow(I(:,:,:,i))
end
"""


def test_the_calls_of_mathworks_tutorials_run(session):
    session.run(TUTORIALS)
    assert session["I"].shape == (40, 40, 3, 16)
    assert session["J"].shape == (250, 250, 3, 2)
    assert session["K"].shape == (227, 227, 3, 2)
