"""Networks of several inputs and outputs, trained on datastores with a column for each; and images as responses."""

import numpy as np
import pytest

TWO = """
X = [1 2; 3 -1; 0 1; 2 2]; A = [1; 0; 2; -1]; B = [0 1; 2 0; 1 1; 0 0];
ds = combine(arrayDatastore(X),arrayDatastore(A),arrayDatastore(B));
one = [featureInputLayer(2,Name="in"); fullyConnectedLayer(1,Name="a",Weights=[0.5 -0.5],Bias=0)];
net = dlnetwork(one,Initialize=false);
net = addLayers(net,fullyConnectedLayer(2,Name="b",Weights=[1 0; 0 1],Bias=[0; 0])); net = connectLayers(net,"in","b");
f = @(Y1,Y2,T1,T2) mse(Y1,T1) + 3*mse(Y2,T2);
o = trainingOptions("sgdm",MaxEpochs=1,MiniBatchSize=4,InitialLearnRate=0.1,L2Regularization=0,Verbose=false);
"""

IMAGES = """
rng(2), X = rand(4,4,1,6); Y = X(1:2:end,1:2:end,:,:); o = trainingOptions("sgdm",MaxEpochs=1,MiniBatchSize=3, ...
    InitialLearnRate=0.01,Momentum=0,L2Regularization=0,Shuffle="never",Verbose=false);
layers = [imageInputLayer([4 4 1],Normalization="none"); convolution2dLayer(1,1,Stride=2,Weights=0.5,Bias=0)];
"""


@pytest.fixture
def two(run):
    run(TWO)
    return run


@pytest.fixture
def images(run):
    run(IMAGES)
    return run


def test_a_step_of_two_outputs_is_that_of_numpy(two):
    two("[n,info] = trainnet(ds,net,f,o); wa = n.Layers(2).Weights; wb = n.Layers(3).Weights;"
        "loss = info.TrainingHistory.Loss; [p,q] = predict(n,X); z = [size(p) size(q)];")  # fmt: skip
    X, A, B = (np.asarray(two[name], float) for name in "XAB")
    a, b = np.array([[0.5, -0.5]]), np.eye(2)
    off_a, off_b = X @ a.T - A, X @ b.T - B
    assert two["loss"] == pytest.approx(((off_a**2).sum() + 3 * (off_b**2).sum()) / 2 / 4, rel=1e-5)
    assert two["wa"] == pytest.approx(a - 0.1 * off_a.T @ X / 4, rel=1e-5)
    assert two["wb"] == pytest.approx(b - 0.1 * 3 * off_b.T @ X / 4, rel=1e-5)
    assert two["z"].tolist() == [[4, 1, 4, 2]]


def test_validation_data_have_the_same_columns(two):
    lines = two("o = trainingOptions('adam',MaxEpochs=2,MiniBatchSize=4,ValidationData=ds); trainnet(ds,net,f,o);")
    assert lines[0].split() == ["Iteration", "Epoch", "TimeElapsed", "LearnRate", "TrainingLoss", "ValidationLoss"]
    assert [line.split()[0] for line in lines[2:-1]] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("trainnet(ds,net,'mse',o)",
         "For networks with multiple outputs, the loss function must be a function handle."),
        ("trainnet(X,A,net,f,o)",
         "Invalid training data. For a network with several outputs, the data must be a datastore."),
        ("trainnet(arrayDatastore(X),net,f,o)",
         "Invalid training data. Each row that the datastore reads must have predictors and responses."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(two, code, message):
    assert two.fault(code).message == message


def test_two_inputs_take_their_columns_in_order(run):
    run("in = @(n) featureInputLayer(1,Name=n); l = layerGraph([in('p'); additionLayer(2,Name='add');"
        "fullyConnectedLayer(1,Weights=1,Bias=0,Name='f'); regressionLayer(Name='o')]);"
        "l = addLayers(l,[in('q'); scalingLayer(Scale=10,Name='s')]); l = connectLayers(l,'s','add/in2');"
        "P = [1;2;3]; Q = [4;5;6]; ds = combine(arrayDatastore(P),arrayDatastore(Q),arrayDatastore(P+10*Q));"
        "o = trainingOptions('sgdm',MaxEpochs=1,MiniBatchSize=3,Verbose=false); [n,i] = trainNetwork(ds,l,o);"
        "[m,j] = trainnet(ds,dlnetwork(removeLayers(l,'o')),'mse',o); x = [i.TrainingLoss j.TrainingHistory.Loss];"
        "y = predict(n,P,Q)'; z = minibatchpredict(m,P,Q)';")  # fmt: skip
    assert run["x"].tolist() == [[0, 0]]
    assert run["y"] == pytest.approx(np.array([[41, 52, 63]]), rel=1e-3)
    assert run["z"] == pytest.approx(np.array([[41, 52, 63]]), rel=1e-3)


def test_images_are_responses_as_arrays_and_in_datastores(images):
    images("[n1,i] = trainNetwork(X,Y,[layers; regressionLayer],o); n2 = trainNetwork(combine(arrayDatastore(X,"
           "IterationDimension=4),arrayDatastore(Y,IterationDimension=4)),[layers; regressionLayer],o);"
           "w = [n1.Layers(2).Weights n2.Layers(2).Weights]; l = i.TrainingLoss; r = i.TrainingRMSE; "
           "s = size(predict(n1,X));"
           )  # fmt: skip
    X = images["X"].transpose(3, 0, 1, 2)[:, ::2, ::2, 0]
    weight, bias, losses = 0.5, 0.0, []
    for part in (X[:3], X[3:]):
        off = weight * part + bias - part
        losses.append((off**2).sum() / 2 / 3)
        weight, bias = weight - 0.01 * (off * part).sum() / 3, bias - 0.01 * off.sum() / 3
    assert images["l"].ravel() == pytest.approx(losses, rel=1e-5)
    assert images["r"].ravel() == pytest.approx(np.sqrt(2 * np.array(losses)), rel=1e-5)
    assert images["w"].ravel() == pytest.approx([weight, weight], rel=1e-5)
    assert images["s"].tolist() == [[2, 2, 1, 6]]


def test_images_of_another_size_than_the_output_are_refused(images):
    fault = images.fault("trainNetwork(X,X,[layers; regressionLayer],o)")
    assert fault.message == (
        "Invalid training data. The output size ([2 2 1]) of the last layer does not match the response size ([4 4 1])."
    )
