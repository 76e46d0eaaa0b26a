"""Networks that tell the class of every pixel: trained step by step as NumPy would, in all forms of data."""

import numpy as np
import pytest

DATA = """
rng(1), X = rand(4,5,1,6); k = 1 + (X > 0.5); k(:,:,1,2) = 1; C = categorical(k,1:2,["low" "high"]);
layers = [imageInputLayer([4 5 1],Normalization="none"); convolution2dLayer(1,2,Weights=reshape([0.3 -0.2],1,1,1,2), ...
    Bias=zeros(1,1,2)); softmaxLayer; pixelClassificationLayer(ClassWeights=[1 3],Classes=["low" "high"])];
o = trainingOptions("sgdm",MaxEpochs=3,MiniBatchSize=3,InitialLearnRate=0.1,Momentum=0.5,L2Regularization=0.01, ...
    Shuffle="never",Verbose=false);
"""


@pytest.fixture
def pixels(run):
    run(DATA)
    return run


def twin(X, k, steps, size=3, rate=0.1, momentum=0.5, l2=0.01):
    """Weights, biases and losses of a 1x1 convolution with two filters, trained by hand."""
    X, hot = X.transpose(3, 0, 1, 2)[..., 0], k.transpose(3, 0, 1, 2)[..., 0][..., None] == (1, 2)
    w, b, class_weights = np.array([0.3, -0.2]), np.zeros(2), np.array([1.0, 3.0])
    moved_w, moved_b, losses = np.zeros(2), np.zeros(2), []
    for step in range(steps):
        some = slice(step % 2 * size, step % 2 * size + size)
        x, t = X[some], hot[some] * class_weights
        z = x[..., None] * w + b
        y = np.exp(z) / np.exp(z).sum(-1, keepdims=True)
        losses.append(-(t * np.log(y)).sum() / x.size)
        dz = (y * t.sum(-1, keepdims=True) - t) / x.size
        dw, db = (dz * x[..., None]).sum((0, 1, 2)) + l2 * w, dz.sum((0, 1, 2))
        moved_w, moved_b = momentum * moved_w - rate * dw, momentum * moved_b - rate * db
        w, b = w + moved_w, b + moved_b
    return w, b, losses


def test_a_step_of_training_is_that_of_numpy(pixels):
    pixels("[net,info] = trainNetwork(X,C,layers,o); w = net.Layers(2).Weights; b = net.Layers(2).Bias;"
           "loss = info.TrainingLoss; k = double(k);")  # fmt: skip
    w, b, losses = twin(pixels["X"], pixels["k"], 6)
    assert pixels["loss"].ravel() == pytest.approx(losses, rel=1e-5)
    assert pixels["w"].ravel() == pytest.approx(w, rel=1e-5)
    assert pixels["b"].ravel() == pytest.approx(b, rel=1e-5)


def test_datastores_of_images_and_labels_train_as_arrays_do(pixels):
    pixels("mkdir im; mkdir lb; for i = 1:6, imwrite(uint16(X(:,:,1,i)*65535),sprintf('im/%d.png',i));"
           "imwrite(uint8(k(:,:,1,i)),sprintf('lb/%d.png',i)); end;"
           "imds = imageDatastore('im',ReadFcn=@(f) double(imread(f))/65535);"
           "pxds = pixelLabelDatastore('lb',[\"low\" \"high\"],[1 2]);"
           "n1 = trainNetwork(X,C,layers,o); n2 = trainNetwork(combine(imds,pxds),layers,o);"
           "n3 = trainNetwork(pixelLabelImageDatastore(imds,pxds),layers,o);"
           "w = [n1.Layers(2).Weights(:) n2.Layers(2).Weights(:) n3.Layers(2).Weights(:)];")  # fmt: skip
    w = pixels["w"]
    assert w[:, 1] == pytest.approx(w[:, 0], abs=2e-5)
    assert w[:, 2] == pytest.approx(w[:, 0], abs=2e-5)


def test_undefined_pixels_change_nothing(pixels):
    pixels("D = C; D(1,:,1,:) = missing; n1 = trainNetwork(X,D,layers,o);"
           "[~,i1] = trainNetwork(X(2:4,:,:,:),C(2:4,:,1,:),[imageInputLayer([3 5 1],Normalization='none'); "
           "layers(2:4)],o);"
           "[~,i2] = trainNetwork(X,D,layers,o); a = i1.TrainingLoss; b = i2.TrainingLoss;")  # fmt: skip
    assert pixels["b"].ravel() == pytest.approx(pixels["a"].ravel(), rel=1e-5)


def test_the_table_tells_the_accuracy_of_pixels_and_the_layer_gets_its_classes(pixels):
    lines = pixels("layers(4) = pixelClassificationLayer; layers(2) = convolution2dLayer(1,2);"
                   "p = trainingOptions('adam',MaxEpochs=60,InitialLearnRate=0.1,ValidationData={X,C});"
                   "[net,info] = trainNetwork(X,C,layers,p); c = string(net.Layers(4).Classes)';"
                   "f = info.FinalValidationAccuracy; s = predict(net,X); [~,j] = max(s,[],3); "
                   "w = 100*mean(j(:) == k(:));")  # fmt: skip
    assert lines[2].startswith("|  Epoch  |  Iteration  |  Time Elapsed  |  Mini-batch  |  Validation  |")
    assert pixels("disp(c)") == ['"low"    "high"']
    assert pixels["f"] == pytest.approx(pixels["w"], abs=1e-3)
    assert pixels["f"] > 80


@pytest.mark.parametrize("end", ["dicePixelClassificationLayer", "focalLossLayer"])
def test_other_losses_train_too(pixels, end):
    pixels("p = trainingOptions('adam',MaxEpochs=60,InitialLearnRate=0.1,Verbose=false);"
           f"[net,info] = trainNetwork(X,C,[layers(1); convolution2dLayer(1,2); softmaxLayer; {end}],p);"
           "a = info.TrainingAccuracy(end); l = info.TrainingLoss([1 end]);")  # fmt: skip
    assert pixels["a"] > 80
    first, last = pixels["l"].ravel()
    assert last < first


def test_trainnet_takes_categories_one_hot_numbers_and_functions(pixels):
    pixels("net = dlnetwork(layers(1:3)); [n1,i1] = trainnet(X,C,net,'crossentropy',o); "
           "H = single(cat(3,k == 1,k == 2));"
           "[n2,i2] = trainnet(X,H,net,'crossentropy',o); "
           "f = @(Y,T) crossentropy(Y,T,NormalizationFactor='all-elements')*2;"
           "[n3,i3] = trainnet(X,C,net,f,o); [n4,i4] = trainnet(X,k,net,'index-crossentropy',o);"
           "l = [i1.TrainingHistory.Loss i2.TrainingHistory.Loss i3.TrainingHistory.Loss i4.TrainingHistory.Loss];"
           "a = testnet(n1,X,C,'accuracy'); s = predict(n1,X); [~,j] = max(s,[],3); "
           "w = 100*mean(j(:) == k(:));")  # fmt: skip
    losses = pixels["l"]
    for other in (1, 2, 3):
        assert losses[:, other] == pytest.approx(losses[:, 0], rel=1e-5)
    assert pixels["a"] == pytest.approx(pixels["w"], abs=1e-3)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("trainNetwork(X(1:2,1:2,:,:),C,[imageInputLayer([2 2 1]); layers(2:4)],o)",
         "Invalid training data. The output size ([2 2 2]) of the last layer does not match the response size ([4 5 "
         "2])."),
        ("trainNetwork(X,addcats(C,'c'),layers,o)",
         "Invalid training data. The output size ([4 5 2]) of the last layer does not match the response size ([4 5 "
         "3])."),
        ("trainNetwork(X,renamecats(C,{'x','high'}),layers,o)",
         "Invalid training data. The responses must be the classes of the output layer."),
        ("trainNetwork(X,reshape(C(1,1,1,:),[],1),layers,o)",
         "Invalid training data. The output size ([4 5 2]) of the last layer does not match the response size ([1 1 "
         "2])."),
        ("trainNetwork(X,C(:,:,1,1:4),layers,o)", "Number of observations in X and Y disagree."),
        ("trainNetwork(X,k,layers,o)", "Invalid training data. For image, sequence-to-label, "
         "and feature classification "
         "tasks, responses must be categorical."),
    ],
)  # fmt: skip
def test_labels_that_do_not_fit_are_refused(pixels, code, message):
    assert pixels.fault(code).message == message
