"""Whole trainings of scripts against NumPy float64: every loss, rate and number of an epoch, and what comes out."""

import numpy as np
import pytest

from tests.engine.training import numpy_training as plain

N, V = 22, 7  # observations to learn from: two of four mini-batches of 5 leave 2 over; and to validate with
IMAGES = f"""
rng(1); n = {N}; X = randn(5,4,2,n,'single'); k = randi(3,n,1); Y = categorical(k,1:3);
XV = randn(5,4,2,{V},'single'); kv = randi(3,{V},1); YV = categorical(kv,1:3);
W = 0.3*randn(3,2,2,4,'single'); b = 0.3*randn(1,1,4,'single');
F = 0.3*randn(3,36,'single'); f = 0.3*randn(3,1,'single');
layers = [imageInputLayer([5 4 2],Normalization='none'); convolution2dLayer([3 2],4,Weights=W,Bias=b,Name='conv');
    reluLayer; fullyConnectedLayer(3,Weights=F,Bias=f,Name='fc'); softmaxLayer; classificationLayer];
"""
FEATURES = f"""
rng(1); n = {N}; X = randn(n,4); k = randi(3,n,1); Y = categorical(k,1:3);
XV = randn({V},4); kv = randi(3,{V},1); YV = categorical(kv,1:3); F = randn(3,4,'single'); f = zeros(3,1,'single');
fc = fullyConnectedLayer(3,Weights=F,Bias=f,Name='fc'); ends = [softmaxLayer; classificationLayer];
"""


def observations(images):
    """MATLAB's H×W×C×N as N×H×W×C."""
    return np.moveaxis(np.asarray(images, float), 3, 0)


def flattened_from_matlab(weights, shape):
    """MATLAB's outputs×(H·W·C, rows fastest) of a fully connected layer, by NumPy's flat H×W×C."""
    return np.moveaxis(weights.reshape(-1, *shape, order="F"), 0, -1).reshape(-1, len(weights))


def batches(order, size):
    """The whole mini-batches of an epoch."""
    return [order[start : start + size] for start in range(0, len(order) - size + 1, size)]


def orders(run, shuffle, epochs):
    """The orders of the epochs, as the stream of rng(7) gives them to randperm."""
    run(f"rng(7); p = zeros({epochs},n); for e = 1:{epochs}, p(e,:) = randperm(n); end")
    drawn = run["p"].astype(int) - 1
    return {"never": [np.arange(N)] * epochs, "once": [drawn[0]] * epochs, "every-epoch": list(drawn)}[shuffle]


@pytest.mark.parametrize(
    ("solver", "options", "twin", "shuffle"),
    [
        ("sgdm", "Momentum=0.8", plain.Solver("sgdm", momentum=0.8), "never"),
        ("adam", "GradientDecayFactor=0.8,SquaredGradientDecayFactor=0.99,Epsilon=1e-6",
         plain.Solver("adam", beta1=0.8, beta2=0.99, epsilon=1e-6), "once"),
        ("rmsprop", "SquaredGradientDecayFactor=0.95", plain.Solver("rmsprop", beta2=0.95), "every-epoch"),
    ],
)  # fmt: skip
def test_a_training_is_that_of_its_twin(run, solver, options, twin, shuffle):
    run(IMAGES)
    run(f"o = trainingOptions('{solver}',{options},MaxEpochs=3,MiniBatchSize=5,InitialLearnRate=0.02,Verbose=false,"
        "LearnRateSchedule='piecewise',LearnRateDropPeriod=2,LearnRateDropFactor=0.1,L2Regularization=0.05,"
        f"Shuffle='{shuffle}',ValidationData={{XV,YV}},ValidationFrequency=5,GradientThreshold=0.9);"
        "layers(2).WeightLearnRateFactor = 2; layers(2).WeightL2Factor = 3; layers(6).Classes = categorical(1:3);"
        "layers(6).ClassWeights = [1 2 0.5]; rng(7); [net,info] = trainNetwork(X,Y,layers,o); after = rand;"
        "w = net.Layers(2).Weights; u = net.Layers(4).Weights;")  # fmt: skip
    info = {name: np.ravel(value) for name, value in run["info"].fields.items()}
    held = {
        ("conv", "Weights"): np.asarray(run["W"], float), ("conv", "Bias"): np.ravel(run["b"]).astype(float),
        ("fc", "Weights"): flattened_from_matlab(np.asarray(run["F"], float), (3, 3, 4)),
        ("fc", "Bias"): np.ravel(run["f"]).astype(float),
    }  # fmt: skip
    x, t, xv, tv = observations(run["X"]), np.ravel(run["k"]).astype(int) - 1, observations(run["XV"]), (
        np.ravel(run["kv"]).astype(int) - 1
    )  # fmt: skip
    iteration = 0
    for epoch, order in enumerate(orders(run, shuffle, 3)):
        for chosen in batches(order, 5):
            rate = 0.02 * 0.1 ** (epoch // 2)
            loss, gradients = plain.convolutional(held, x[chosen], t[chosen], [1, 2, 0.5])
            gradients["conv", "Weights"] = gradients["conv", "Weights"] + 0.15 * held["conv", "Weights"]
            gradients["fc", "Weights"] = gradients["fc", "Weights"] + 0.05 * held["fc", "Weights"]
            gradients = {key: g * min(1, 0.9 / np.sqrt((g**2).sum())) for key, g in gradients.items()}
            before = held["conv", "Weights"]
            twin.step(held, gradients, rate)
            held["conv", "Weights"] = before + 2 * (held["conv", "Weights"] - before)
            assert info["TrainingLoss"][iteration] == pytest.approx(loss, rel=2e-4), iteration
            assert info["BaseLearnRate"][iteration] == pytest.approx(rate)
            seen = plain.convolutional(held, xv, tv, [1, 2, 0.5])[0]
            iteration += 1
            if iteration in (1, 5, 10, 12):
                assert info["ValidationLoss"][iteration - 1] == pytest.approx(seen, rel=2e-4)
            else:
                assert np.isnan(info["ValidationLoss"][iteration - 1])
    assert {len(info[f"{half}{what}"]) for half in ("Training", "Validation") for what in ("Loss", "Accuracy")} == {12}
    assert info["FinalValidationLoss"] == pytest.approx(seen, rel=2e-4)
    np.testing.assert_allclose(run["w"], held["conv", "Weights"], atol=2e-4)
    np.testing.assert_allclose(flattened_from_matlab(run["u"], (3, 3, 4)), held["fc", "Weights"], atol=2e-4)
    run(f"rng(7); for e = 1:{['never', 'once', '', 'every-epoch'].index(shuffle)}, randperm(n); end, r = rand;")
    assert run["after"] == run["r"]  # the stream goes on behind the orders, and nothing else is taken


def test_batch_normalization_learns_and_remembers_as_its_twin(run):
    run(FEATURES)
    run("layers = [featureInputLayer(4,Normalization='none'); batchNormalizationLayer(MeanDecay=0.3,VarianceDecay=0.2,"
        "Name='bn'); fc; ends]; o = trainingOptions('sgdm',MaxEpochs=3,MiniBatchSize=11,InitialLearnRate=0.1,Verbose="
        "false,Shuffle='never',L2Regularization=0.01,ValidationData={XV,YV},ValidationFrequency=1,"
        "BatchNormalizationStatistics='moving'); [net,info] = trainNetwork(X,Y,layers,o); bn = net.Layers(2);"
        "m = bn.TrainedMean; v = bn.TrainedVariance; s = bn.Scale; o.BatchNormalizationStatistics = 'population';"
        "[net,all] = trainNetwork(X,Y,layers,o); bn = net.Layers(2); pm = bn.TrainedMean; pv = bn.TrainedVariance;"
        )  # fmt: skip
    x, xv = run["X"], run["XV"]
    t, tv = (np.ravel(run[name]).astype(int) - 1 for name in ("k", "kv"))
    held = {("bn", "Scale"): np.ones(4), ("bn", "Offset"): np.zeros(4), ("fc", "Weights"): run["F"].T.astype(float),
            ("fc", "Bias"): np.zeros(3)}  # fmt: skip
    mean, variance, twin = np.zeros(4), np.ones(4), plain.Solver("sgdm")

    def answer(mean, variance):
        z = (xv - mean) / np.sqrt(variance + 1e-5) * held["bn", "Scale"] + held["bn", "Offset"]
        return plain.linear(held, z, tv)[0]

    for iteration in range(6):
        chosen = slice(11 * (iteration % 2), 11 * (iteration % 2) + 11)
        loss, gradients, of_batch, spread = plain.normalized(held, x[chosen], t[chosen])
        for key in (("fc", "Weights"), ("bn", "Scale"), ("bn", "Offset")):  # all but the bias are made small
            gradients[key] = gradients[key] + 0.01 * held[key]
        twin.step(held, gradients, 0.1)
        mean, variance = 0.3 * of_batch + 0.7 * mean, 0.2 * spread + 0.8 * variance
        info = run["info"].fields
        assert info["TrainingLoss"][0, iteration] == pytest.approx(loss, rel=1e-4)
        assert info["ValidationLoss"][0, iteration] == pytest.approx(answer(mean, variance), rel=1e-4)
    for name, value in (("m", mean), ("v", variance), ("s", held["bn", "Scale"]), ("pm", x.mean(0)), ("pv", x.var(0))):
        np.testing.assert_allclose(np.ravel(run[name]), value, atol=1e-5)
    assert run["all"].fields["FinalValidationLoss"] == pytest.approx(answer(x.mean(0), x.var(0)), rel=1e-4)


def test_statistics_of_all_data_weigh_each_step_of_sequences_alike(run):
    run("rng(1); S = {randn(2,3); 5+randn(2,9); randn(2,3); 5+randn(2,9)}; Y = categorical([1;2;1;2]);"
        "l = [sequenceInputLayer(2); batchNormalizationLayer; lstmLayer(2,OutputMode='last'); fullyConnectedLayer(2);"
        "softmaxLayer; classificationLayer]; o = trainingOptions('sgdm',MaxEpochs=1,MiniBatchSize=1,Verbose=false,"
        "Shuffle='never'); net = trainNetwork(S,Y,l,o); m = net.Layers(2).TrainedMean; v = net.Layers(2)."
        "TrainedVariance; A = [S{:}];")  # fmt: skip
    np.testing.assert_allclose(np.ravel(run["m"]), run["A"].mean(1), rtol=1e-5)
    np.testing.assert_allclose(np.ravel(run["v"]), run["A"].var(1), rtol=1e-4)


def test_patience_and_the_best_network_are_those_of_the_twin(run):
    run(FEATURES)
    run("layers = [featureInputLayer(4,Normalization='none'); fc; ends]; o = trainingOptions('sgdm',MaxEpochs=400,"
        "MiniBatchSize=11,InitialLearnRate=0.3,Verbose=false,Shuffle='never',L2Regularization=0,ValidationData={XV,YV},"
        "ValidationFrequency=2,ValidationPatience=4,OutputNetwork='best-validation-loss');"
        "[net,info] = trainNetwork(X,Y,layers,o); w = net.Layers(2).Weights;")  # fmt: skip
    t, tv = (np.ravel(run[name]).astype(int) - 1 for name in ("k", "kv"))
    held, twin = {("fc", "Weights"): run["F"].T.astype(float), ("fc", "Bias"): np.zeros(3)}, plain.Solver("sgdm")
    least, failures, iteration = np.inf, 0, 0
    while failures < 4:
        chosen = slice(11 * (iteration % 2), 11 * (iteration % 2) + 11)
        twin.step(held, plain.linear(held, run["X"][chosen], t[chosen])[1], 0.3)
        iteration += 1
        if iteration == 1 or iteration % 2 == 0:
            seen = plain.linear(held, run["XV"], tv)[0]
            failures = 0 if seen < least else failures + 1
            if not failures:
                least, best, weights = seen, iteration, held["fc", "Weights"]
    info = run["info"].fields
    assert 2 < best < iteration < 800
    assert info["TrainingLoss"].size == iteration
    assert info["OutputNetworkIteration"] == best
    assert info["FinalValidationLoss"] == pytest.approx(least, rel=1e-4)
    np.testing.assert_allclose(run["w"].T, weights, atol=1e-3)


def test_trainnet_and_train_network_learn_the_same_from_the_same(run):
    run(IMAGES)
    run("l = [layers(1:3); dropoutLayer(0.4); batchNormalizationLayer; layers(4:6)]; o = trainingOptions('adam',"
        "MaxEpochs=3,MiniBatchSize=5,Verbose=false,Shuffle='every-epoch',BatchNormalizationStatistics='moving',"
        "GradientThreshold=0.5,InitialLearnRate=0.01); rng(4); [a,i] = trainNetwork(X,Y,l,o); ra = rand;"
        "rng(4); [b,j] = trainnet(X,Y,l(1:7),'crossentropy',o); rb = rand;"
        "d = [max(abs(i.TrainingLoss' - j.TrainingHistory.Loss)); max(abs(predict(a,X) - predict(b,X)),[],'all');"
        "max(abs(a.Layers(2).Weights - b.Layers(2).Weights),[],'all'); abs(ra - rb)];")  # fmt: skip
    assert data_below(run, 1e-6)
    # half the squares of R responses, mean over observations, is R/2 times the mean over all numbers
    run("T = randn(n,5); r = [imageInputLayer([5 4 2],Normalization='zscore'); layers(2:3);"
        "fullyConnectedLayer(5,Weights=randn(5,36),Bias=zeros(5,1))]; o = trainingOptions('sgdm',MaxEpochs=2,"
        "MiniBatchSize=5,Verbose=false,InitialLearnRate=0.002,L2Regularization=0); rng(2);"
        "[a,i] = trainNetwork(X,T,[r; regressionLayer],o); o.InitialLearnRate = 0.005; rng(2);"
        "[b,j] = trainnet(X,T,r,'mse',o); d = [max(abs(i.TrainingLoss' ./ j.TrainingHistory.Loss - 2.5));"
        "max(abs(a.Layers(2).Weights - b.Layers(2).Weights),[],'all')];")  # fmt: skip
    assert data_below(run, 1e-5)


def data_below(run, limit):
    return np.max(run["d"]) < limit


@pytest.mark.parametrize("solver", ["sgdm", "sgdm, Nesterov, decay", "adam"])
def test_keras_fits_the_same_graph_to_the_same_numbers(run, solver):
    """Keras' SGD holds the learn rate in its velocity as MATLAB's sgdm does, and its Adam adds epsilon to the same
    root: with the same epsilon both are the same solvers."""
    import keras

    run(IMAGES)
    optimizer, more = {
        "sgdm": (keras.optimizers.SGD(0.02, 0.9), ""),
        "adam": (keras.optimizers.Adam(0.02), ",Epsilon=1e-7"),
        "sgdm, Nesterov, decay": (
            keras.optimizers.SGD(keras.optimizers.schedules.InverseTimeDecay(0.02, 1, 0.3), 0.9, nesterov=True),
            ",Nesterov=true,LearnRateDecay=0.3",
        ),
    }[solver]
    run(f"o = trainingOptions('{solver.split(',')[0]}',MaxEpochs=3,MiniBatchSize=11,InitialLearnRate=0.02,"
        f"Shuffle='never',L2Regularization=0,Verbose=false{more}); [net,info] = trainNetwork(X,Y,layers,o);"
        "w = net.Layers(2).Weights; u = net.Layers(4).Weights;")  # fmt: skip
    model = keras.Sequential([
        keras.Input((5, 4, 2)), keras.layers.Conv2D(4, (3, 2), activation="relu"), keras.layers.Flatten(),
        keras.layers.Dense(3, activation="softmax"),
    ])  # fmt: skip
    model.set_weights([run["W"], np.ravel(run["b"]), flattened_from_matlab(run["F"], (3, 3, 4)), np.ravel(run["f"])])
    model.compile(optimizer, "sparse_categorical_crossentropy")
    x, t = observations(run["X"]).astype(np.float32), np.ravel(run["k"]) - 1
    fitted = model.fit(x, t, 11, 3, shuffle=False, verbose=0)
    ours = run["info"].fields["TrainingLoss"].reshape(3, 2).mean(1)
    assert fitted.history["loss"] == pytest.approx(ours, rel=1e-4)
    np.testing.assert_allclose(model.get_weights()[0], run["w"], atol=2e-5)
    np.testing.assert_allclose(model.get_weights()[2], flattened_from_matlab(run["u"], (3, 3, 4)), atol=2e-5)
