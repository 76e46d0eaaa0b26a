"""A minibatchqueue trains, tests and predicts as the data that it reads do."""

import pytest

DATA = """
rng(1); X = rand(5,4,2,12); T = categorical(repmat((1:3)',4,1)); H = onehotencode(T,2);
F = randn(12,4); R = randn(12,2);
images = dlnetwork([imageInputLayer([5 4 2]); fullyConnectedLayer(3); softmaxLayer]);
features = dlnetwork([featureInputLayer(4); fullyConnectedLayer(2)]);
each = @(x,k) arrayDatastore(x,IterationDimension=k,OutputType="cell");
same = @(a,b) max(abs(extractdata(a.Learnables.Value{1} - b.Learnables.Value{1})),[],'all');
o = trainingOptions('sgdm',MaxEpochs=2,MiniBatchSize=4,Verbose=false,ValidationData={X,H},ValidationFrequency=2);
v = trainingOptions('sgdm',MaxEpochs=2,MiniBatchSize=4,Verbose=false);
"""


@pytest.fixture
def data(run):
    run(DATA)
    return run


def test_a_queue_trains_and_validates_as_its_arrays_do(data):
    data("""
    rng(5); [usual,known] = trainnet(X,H,images,'crossentropy',o);
    mbq = minibatchqueue(combine(each(X,4),each(H',2)),2,MiniBatchSize=3,MiniBatchFormat=["SSBC" "CB"], ...
        MiniBatchFcn=@(x,t) deal(permute(cat(4,x{:}),[1 2 4 3]),cat(2,t{:})));
    next(mbq); o.ValidationData = mbq; rng(5);
    [queued,info] = trainnet(mbq,images,'crossentropy',o);
    d = same(queued,usual);
    e = max(abs(info.ValidationHistory.Loss - known.ValidationHistory.Loss));
    n = height(info.TrainingHistory);
    a = [testnet(usual,X,T,"accuracy") testnet(usual,mbq,"accuracy",MiniBatchSize=5)];
    p = max(abs(minibatchpredict(usual,X) - minibatchpredict(usual,mbq)),[],'all'); left = size(next(mbq),4);
    """)
    assert data["d"] == 0
    assert data["e"] < 1e-6
    assert data["n"] == 6  # the MiniBatchSize of the options counts, not that of the queue
    assert data["a"].ravel().tolist()[0] == data["a"].ravel().tolist()[1]
    assert data["p"] < 1e-6
    assert data["left"] == 3  # the script's own queue stands where it stood


def test_the_order_of_shuffle_is_that_of_the_options(data):
    data("""
    v.Shuffle = 'every-epoch'; rng(5); usual = trainnet(F,R,features,'mse',v);
    mbq = minibatchqueue(combine(arrayDatastore(F),arrayDatastore(R)),MiniBatchFormat=["BC" "BC"]);
    rng(5); d = same(trainnet(mbq,features,'mse',v),usual);
    v.Shuffle = 'never'; u = same(trainnet(mbq,features,'mse',v),usual);
    """)
    assert data["d"] == 0
    assert data["u"] > 0


def test_categories_and_unlabelled_outputs(data):
    data("""
    mbq = minibatchqueue(combine(each(X,4),arrayDatastore(T)),OutputCast=["single" ""],OutputAsDlarray=[1 0], ...
        MiniBatchFcn=@(x,t) deal(cat(4,x{:}),cat(1,t{:})));
    rng(5); usual = trainnet(X,T,images,'crossentropy',v);
    rng(5); d = same(trainnet(mbq,images,'crossentropy',v),usual);
    flat = minibatchqueue(combine(each(F',2),each(R',2)),OutputAsDlarray=false,MiniBatchFcn=@(x,t) deal([x{:}],[t{:}]));
    rng(5); usual = trainnet(F,R,features,'mse',v); v.InputDataFormats = "CB"; v.TargetDataFormats = "CB";
    rng(5); e = same(trainnet(flat,features,'mse',v),usual);
    """)
    assert data["d"] == 0
    assert data["e"] == 0


def test_sequences_in_any_order_are_tested_and_predicted(data):
    data("""
    S = rand(7,3,6); G = rand(7,2,6); net = dlnetwork([sequenceInputLayer(3); lstmLayer(4); fullyConnectedLayer(2)]);
    turned = combine(each(permute(S,[2 1 3]),3),each(permute(G,[2 1 3]),3));
    mbq = minibatchqueue(turned,MiniBatchFormat="CTB",MiniBatchFcn=@(x,t) deal(cat(3,x{:}),cat(3,t{:})));
    r = [testnet(net,S,G,"rmse") testnet(net,mbq,"rmse") ...
         testnet(net,mbq,"rmse",InputDataFormats="CTB",TargetDataFormats="CTB")];
    p = max(abs(minibatchpredict(net,S) - minibatchpredict(net,mbq)),[],'all');
    """)
    first, *others = data["r"].ravel().tolist()
    assert others == pytest.approx([first, first], rel=1e-6)
    assert data["p"] < 1e-6


def test_a_queue_that_discards_leaves_the_rest_out(data):
    data("""
    mbq = minibatchqueue(arrayDatastore(F),MiniBatchFormat="BC",PartialMiniBatch="discard");
    n = [size(minibatchpredict(features,mbq,MiniBatchSize=5),1) size(minibatchpredict(features,mbq),1)];
    """)
    assert data["n"].ravel().tolist() == [10, 12]


@pytest.mark.parametrize(
    ("formats", "message"),
    [
        ('["SSSCB" "BC"]', "An output 1x4x1x1x12 of format 'SSSCB' is not taken."),
        ('["BC" "CB"]', "All outputs of the minibatchqueue must have the same number of observations."),
    ],
)
def test_formats_that_do_not_fit_the_data_are_refused(data, formats, message):
    data(f"mbq = minibatchqueue(combine(arrayDatastore(F),arrayDatastore(R)),MiniBatchFormat={formats});")
    assert data.fault("testnet(features,mbq,'rmse')").message == message


def test_train_network_takes_no_queue(data):
    data("mbq = minibatchqueue(arrayDatastore(F)); layers = [featureInputLayer(4); fullyConnectedLayer(2)];")
    assert data.fault("trainNetwork(mbq,[layers; regressionLayer],v)").message == (
        "Invalid training data. trainNetwork does not take a minibatchqueue."
    )


def test_no_responses_stand_beside_a_queue(data):
    """trainnet told that trainNetwork does not take queues."""
    data("mbq = minibatchqueue(combine(arrayDatastore(F),arrayDatastore(R)),MiniBatchFormat='BC');"
         "v.ValidationData = {mbq,R};")  # fmt: skip
    assert data.fault("trainnet(F,R,features,'mse',v)").message == (
        "Invalid validation data. Responses cannot stand beside a minibatchqueue: it holds its own."
    )
