"""Networks with several outputs: one loss of all, targets in the columns of a datastore, metrics of each."""

import numpy as np
import pytest

DATA = """
rng(2); F = randn(40,3); A = F*[1;2;0]; C = categorical(F(:,3) > 0);
g = dlnetwork([featureInputLayer(3,Normalization='none',Name='input'); ...
    fullyConnectedLayer(1,Name='angle')],Initialize=false);
g = addLayers(g,[fullyConnectedLayer(2,Name='fc'); softmaxLayer(Name='class')]);
g = initialize(connectLayers(g,'input','fc'));
ds = combine(arrayDatastore(F),arrayDatastore(A),arrayDatastore(C));
f = @(Y1,Y2,T1,T2) mse(Y1,T1) + 0.5*crossentropy(Y2,T2);
o = trainingOptions('adam',MaxEpochs=1,MiniBatchSize=40,InitialLearnRate=0.1,Verbose=false,Shuffle='never');
"""


@pytest.fixture
def data(run):
    run(DATA)
    return run


def test_the_loss_is_that_of_all_outputs_and_all_learn(data):
    assert data("disp(g.OutputNames)") == ["{'angle'}    {'class'}"]
    data("[y1,y2] = minibatchpredict(g,F); [n,info] = trainnet(ds,g,f,o); l = info.TrainingHistory.Loss;"
         "o.MaxEpochs = 60; o.L2Regularization = 0; n = trainnet(ds,g,f,o); [z1,z2] = minibatchpredict(n,F);"
         "right = mean(scores2label(z2,categories(C)) == C); far = max(abs(z1 - A));"
         "hot = [C == 'false', C == 'true'];")  # fmt: skip
    expected = ((data["y1"] - data["A"]) ** 2).mean() * 1 / 2 - 0.5 * np.log(data["y2"][data["hot"]]).mean()
    assert data["l"] == pytest.approx(expected, rel=1e-5)  # mse halves the squares
    assert data["right"] > 0.9
    assert data["far"] < 1


def test_metrics_name_the_output_that_they_look_at(data):
    lines = data("o.Verbose = true; o.MaxEpochs = 2; o.ValidationData = ds;"
                 "o.Metrics = {accuracyMetric(NetworkOutput='class'),rmseMetric(NetworkOutput='angle')};"
                 "[n,info] = trainnet(ds,g,f,o); m = testnet(n,ds,o.Metrics); [z1,z2] = minibatchpredict(n,F);"
                 "right = mean(scores2label(z2,categories(C)) == C); v = info.ValidationHistory{end,3:4};")  # fmt: skip
    assert lines[0].split()[-4:] == ["TrainingAccuracy", "ValidationAccuracy", "TrainingRMSE", "ValidationRMSE"]
    rmse = np.sqrt(((data["z1"] - data["A"]) ** 2).mean())
    assert data["m"].ravel() == pytest.approx([100 * data["right"], rmse], rel=1e-5)
    assert data["v"].ravel() == pytest.approx(data["m"].ravel(), rel=1e-5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("trainnet(ds,g,'mse',o)",
         "For networks with multiple outputs, the loss function must be a function handle."),
        ("trainnet(F,A,g,f,o)",
         "Invalid training data. For a network with several outputs, the data must be a datastore."),
        ("trainnet(combine(arrayDatastore(F),arrayDatastore(A)),g,f,o)",
         "Invalid training data. Each row that the datastore reads must have predictors and responses."),
        ("o.Metrics = 'rmse'; trainnet(ds,g,f,o)",
         "For networks with multiple outputs, each metric must be an object whose NetworkOutput is the name of an "
         "output."),
        ("testnet(g,ds,'accuracy')",
         "For networks with multiple outputs, each metric must be an object whose NetworkOutput is the name of an "
         "output."),
    ],
)  # fmt: skip
def test_what_does_not_suit_is_refused(data, text, message):
    assert data.fault(text).message == message


@pytest.mark.parametrize("call", ["trainnet(s,n,@(Y1,Y2,T1,T2) mse(Y1,T1) + mse(Y2,T2),o)",
                                  "testnet(n,s,{rmseMetric(NetworkOutput='one'),rmseMetric(NetworkOutput='two')})"])
def test_several_outputs_of_sequences_are_refused(data, call):
    data("""n = dlnetwork([sequenceInputLayer(3,Name='in'); lstmLayer(4,OutputMode='last',Name='lstm'); ...
        fullyConnectedLayer(1,Name='one')],Initialize=false); n = addLayers(n,fullyConnectedLayer(1,Name='two'));
        n = initialize(connectLayers(n,'lstm','two')); a = @(x) arrayDatastore(x);
        s = combine(arrayDatastore({rand(5,3);rand(5,3)},OutputType='same'),a([1;2]),a([3;4]));""")
    fault = data.fault(call)
    assert (fault.identifier, fault.message) == (
        "cnnscript:NotYet", "Networks with several outputs and a sequence input cannot be trained or tested yet."
    )
