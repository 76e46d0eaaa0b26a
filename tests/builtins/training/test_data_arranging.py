"""Data whose dimensions come in another order train the same network as in the usual one."""

import pytest

DATA = """
rng(1); X = rand(5,4,2,12); T = categorical(repmat((1:3)',4,1)); F = randn(12,4); R = F*[1 2; 0 1; -1 0; 2 2];
images = dlnetwork([imageInputLayer([5 4 2]); fullyConnectedLayer(3); softmaxLayer]);
features = dlnetwork([featureInputLayer(4); fullyConnectedLayer(2)]);
o = trainingOptions('sgdm',MaxEpochs=2,MiniBatchSize=4,Verbose=false,ValidationData={X,T},ValidationFrequency=2);
v = trainingOptions('sgdm',MaxEpochs=2,MiniBatchSize=4,Verbose=false,ValidationData={F,R},ValidationFrequency=2);
same = @(a,b) max(abs(extractdata(a.Learnables.Value{1} - b.Learnables.Value{1})),[],'all');
rng(5); usual = trainnet(X,T,images,'crossentropy',o); rng(5); plain = trainnet(F,R,features,'mse',v);
"""


@pytest.fixture
def data(run):
    run(DATA)
    return run


@pytest.mark.parametrize(
    ("form", "order"), [("SSBC", [1, 2, 4, 3]), ("BSSC", [4, 1, 2, 3]), ("CSBS", [3, 1, 4, 2]), ("BCSS", [4, 3, 1, 2])]
)
def test_images_in_any_order(data, form, order):
    data(f"Z = permute(X,{order}); o.InputDataFormats = '{form}'; o.ValidationData = {{Z,T}}; rng(5);"
         "d = same(trainnet(Z,T,images,'crossentropy',o),usual);"
         f"a = testnet(usual,Z,T,'accuracy',InputDataFormats='{form}') - testnet(usual,X,T,'accuracy');")  # fmt: skip
    assert data["d"] == 0
    assert data["a"] == 0


def test_features_and_targets_in_columns(data):
    data("v.InputDataFormats = 'CB'; v.TargetDataFormats = 'CB'; v.ValidationData = {F',R'}; rng(5);"
         "d = same(trainnet(F',R',features,'mse',v),plain);")  # fmt: skip
    assert data["d"] == 0


def test_dlarrays_say_their_formats_themselves(data):
    data("v.ValidationData = {dlarray(F','CB'),R}; rng(5); d = same(trainnet(dlarray(F','CB'),dlarray(R,'BC'),features,"
         "'mse',v),plain); e = testnet(plain,dlarray(F','CB'),R,'rmse') - testnet(plain,F,R,'rmse');"
         "rng(5); g = same(trainnet(dlarray(X,'SSCB'),T,images,'crossentropy',o),usual);")  # fmt: skip
    assert data["d"] == 0
    assert data["e"] == 0
    assert data["g"] == 0


def test_a_format_that_is_too_short_is_refused(data):
    data("o.InputDataFormats = 'SSB';")
    assert data.fault("trainnet(X,T,images,'crossentropy',o)").message == (
        "The format 'SSB' of InputDataFormats has fewer letters than the data have dimensions."
    )
