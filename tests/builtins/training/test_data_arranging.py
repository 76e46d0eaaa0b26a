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


@pytest.mark.parametrize(
    ("call", "labels"),
    [
        ("testnet(plain,dlarray(rand(4,4),'TC'),rand(4,2),'rmse')", "CT"),
        ("testnet(plain,F,dlarray(R,'TC'),'rmse')", "CT"),
        ("testnet(usual,dlarray(X(:,:,1,:),'SUCB'),T,'accuracy')", "SCBU"),
        ("v.ValidationData = {dlarray(F,'TC'),R}; trainnet(F,R,features,'mse',v)", "CT"),
        ("trainnet(dlarray(X(:,:,1,1),'SC'),T(1),images,'crossentropy',o)", "SC"),
        ("testnet(steps,dlarray(rand(3,6),'CB'),rand(6,2),'rmse')", "CB"),
        ("testnet(steps,rand(5,3,6),dlarray(rand(2,6),'SB'),'rmse')", "SB"),
    ],
)
def test_dlarrays_that_do_not_fit_are_refused(data, call, labels):
    data("steps = dlnetwork([sequenceInputLayer(3); lstmLayer(4,OutputMode='last'); fullyConnectedLayer(2)]);")
    fault = data.fault(call)
    assert fault.identifier == "cnnscript:NotYet"
    assert fault.message == f"A dlarray of format '{labels}' is not in cnnscript yet for this network."


def test_sequences_in_dlarrays_say_their_formats_themselves(run):
    run("""rng(1); A = randn(5,3,8); C = permute(A,[2 3 1]); S = A(:,1:2,:); L = squeeze(A(5,1:2,:))';
        last = [sequenceInputLayer(3); lstmLayer(4,OutputMode='last'); fullyConnectedLayer(2)];
        every = [sequenceInputLayer(3); lstmLayer(4); fullyConnectedLayer(2)];
        w = @(n) extractdata(n.Learnables.Value{1}); D = dlarray(C,'CBT'); DS = dlarray(permute(S,[2 3 1]),'CBT');
        o = trainingOptions('adam',MaxEpochs=1,MiniBatchSize=4,Verbose=false,ValidationData={A,L});
        p = o; p.ValidationData = {D,dlarray(L','CB')};
        rng(2); a = trainnet(A,L,last,'mse',o); rng(2); b = trainnet(D,dlarray(L','CB'),last,'mse',p);
        d = isequal(w(a),w(b)); m = [testnet(a,A,L,'rmse') testnet(a,D,L,'rmse') testnet(a,D,dlarray(L','CB'),'rmse')];
        o.ValidationData = {A,S}; p.ValidationData = {D,DS};
        rng(2); a = trainnet(A,S,every,'mse',o); rng(2); b = trainnet(D,DS,every,'mse',p); e = isequal(w(a),w(b));
        k = [testnet(a,A,S,'rmse') testnet(a,D,S,'rmse') testnet(a,D,DS,'rmse')];
        one = [testnet(a,A(1,:,:),S(1,:,:),'rmse') testnet(a,D(:,:,1),DS(:,:,1),'rmse')];
        x = squeeze(num2cell(A,[1 2])); x = cellfun(@(x) x',x,UniformOutput=false);
        y = squeeze(num2cell(S,[1 2])); y = cellfun(@(y) y',y,UniformOutput=false);
        f = trainNetwork(x,y,[every; regressionLayer],trainingOptions('adam',MaxEpochs=1,Verbose=false));
        g = [testnet(f,x,y,'rmse') testnet(f,D,DS,'rmse')];""")
    assert run["d"] is True and run["e"] is True
    for name in ("m", "k", "one", "g"):
        first, *others = run[name].ravel().tolist()
        assert first > 0 and others == pytest.approx([first] * len(others), rel=1e-6)
