"""What a newcomer gets wrong in data and options of training: one sentence each, and nothing taken without a word."""

import pytest

from cnnscript.builtins.training import training_runs

DATA = """
rng(1); X = single(rand(6,6,1,12)); Y = categorical([1 1 1 1 2 2 2 2 3 3 3 3]');
l = [imageInputLayer([6 6 1],Name='in'); fullyConnectedLayer(3,Name='fc'); softmaxLayer; classificationLayer];
d = l(1:3); o = trainingOptions('sgdm',MaxEpochs=1,MiniBatchSize=12,Verbose=false,Acceleration='none');
"""
INVALID = "Invalid training data. "
IMAGES_OF_FILES = "imageDatastore reads the images of folders and files, and its Labels are their classes"


@pytest.fixture
def data(run):
    run(DATA)
    return run


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("trainNetwork(X*1i,Y,l,o)", INVALID + "Predictors must be real."),
        ("trainnet(X*1i,Y,d,'crossentropy',o)", INVALID + "Predictors must be real."),
        ("trainnet(X,rand(12,3)*1i,d,'mse',o)", INVALID + "Responses must be real."),
        ("s = [sequenceInputLayer(2); lstmLayer(2,OutputMode='last'); fullyConnectedLayer(3); softmaxLayer];"
         "trainnet({rand(4,2);rand(4,2)*1i},Y([1 12]),s,'crossentropy',o)", INVALID + "Predictors must be real."),
        ("trainNetwork([],[],l,o)", INVALID + "There are no observations."),
        ("trainNetwork(X(:,:,:,[]),Y([]),l,o)", INVALID + "There are no observations."),
        ("trainNetwork(imageDatastore({}),l,o)", INVALID + "There are no observations."),
        ("c = combine(arrayDatastore(X,IterationDimension=4),arrayDatastore(Y),arrayDatastore(Y));"
         "trainNetwork(c,l,o)",
         INVALID + "Each row that the datastore reads must have predictors and responses."),
        ("o.Metrics = @(y,t) {1}; trainnet(X,Y,d,'crossentropy',o)", "A metric must give a numeric scalar."),
        ("o.OutputFcn = @(info) disp(info.State); trainNetwork(X,Y,l,o)", "Too many output arguments."),
        ("trainnet(X,Y,d,@(y,t) disp(size(t)),o)", "Too many output arguments."),
        ("trainnet(X,Y,d,@(y) mean(y,'all'),o)", "Too many input arguments."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_in_one_sentence(data, text, message):
    assert data.fault(text).message == message


@pytest.mark.parametrize(
    ("given", "where"),
    [("X,Y,l", "4"), ("X,Y,layerGraph(l)", "'classoutput'"), ("Q([2 1]),R([2 1]),steps", "5")],
)
def test_categories_of_validation_data_come_in_the_order_of_the_classes(data, given, where):
    data("""
    Q = {rand(2,3); rand(2,3)}; R = {categorical([2 2 2]); categorical([1 1 2])};
    steps = [sequenceInputLayer(2); lstmLayer(2); fullyConnectedLayer(2); softmaxLayer; classificationLayer];
    o.ValidationData = {X,reordercats(Y,{'3','1','2'})};
    """)
    if "steps" in given:
        data("o.ValidationData = {Q,R};")  # the first sequence has one class, so it comes first
    assert data.fault(f"trainNetwork({given},o)").message == (
        f"The order of the class names of layer {where} must match the order of the class names of the validation "
        "data. To get the class names of the validation data, use the categories function."
    )
    data("o.ValidationData = {X(:,:,:,1:2),removecats(Y(1:2))}; trainNetwork(X,Y,l,o);")  # some classes are enough


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("trainnet(X,double(Y),d,'crossentropy',o)", "classes are categorical(labels), not numbers"),
        ("trainnet(X,string(Y),d,'crossentropy',o)", "categorical(labels) makes classes of texts"),
        ("trainnet(X,rand(3,12),d,'mse',o)", "responses have a row for each observation: Y' has"),
        ("trainNetwork(squeeze(X),Y,l,o)", "N images are 6×6×1×N: reshape(X,6,6,1,[])"),
        ("trainNetwork(repmat(X,1,1,3),Y,l,o)",
         "augmentedImageDatastore(..., 'ColorPreprocessing','rgb2gray') takes colours away"),
        ("trainNetwork('pictures',l,o)", IMAGES_OF_FILES),
        ("trainNetwork({'a.png';'b.png'},Y(1:2),l,o)", IMAGES_OF_FILES),
        ("trainnet(X,Y,dlnetwork(d),o)",
         "between network and options trainnet takes a loss, such as 'crossentropy' or 'mse'"),
    ],
)  # fmt: skip
def test_the_hint_names_the_cure(data, text, hint):
    assert data.fault(text).hint == hint


def test_a_function_given_too_many_inputs_is_told_apart_from_the_one_that_calls_it(data):
    assert data.fault("trainnet(X,Y,d,@(y) mean(y,'all'),o)").notes == (
        "an anonymous function of 1 input was given 2",
    )  # fmt: skip


def test_what_does_not_fit_into_memory_is_refused_before_trying(data, monkeypatch):
    """TensorFlow's convolutions do not ask whether they got their memory: the process would end."""
    monkeypatch.setattr(training_runs, "physical_memory", lambda: 12 * 36 * 4 - 1)
    fault = data.fault("trainNetwork(X,Y,l,o)")
    assert (fault.identifier, fault.message) == ("MATLAB:nomem", "Out of memory.")
    assert fault.notes[0].startswith("'in' gives 6x6x1 numbers for each of 12 observations: 0.0 GB")
    assert "MiniBatchSize" in fault.hint
    data("o.MiniBatchSize = 11; net = trainNetwork(X,Y,l,o);")


def test_data_of_a_test_are_not_called_training_data(data):
    fault = data.fault("n = trainnet(X,Y,d,'crossentropy',o); testnet(n,X,categorical(repmat(\"q\",12,1)),'accuracy')")
    assert fault.message.startswith("Number of channels in predictions (3)") and fault.notes == ("of the test data",)


@pytest.mark.parametrize("solver", ["'sgdm'", "'lm'"])
def test_nan_in_the_data_is_said_and_the_network_stays_that_of_before(data, solver):
    lines = data(f"q = trainingOptions({solver},Verbose=false,Acceleration='none'); X(1) = NaN;"
                 "n = dlnetwork([l(1:2); reluLayer]); w = n.Learnables.Value{1}; m = trainnet(X,rand(12,3),n,'mse',q);"
                 "same = isequal(extractdata(w),extractdata(m.Learnables.Value{1}));")  # fmt: skip
    assert data["same"]
    (warning,) = [line for line in lines if "not finite" in line]
    assert "iteration 1 " in warning and "'in' is the first layer whose output is not" in warning
    assert warning.endswith("Do the data hold NaN or Inf?")


def test_a_table_of_trainnet_writes_nan_as_matlab_does(data):
    lines = data("o.Verbose = true; o.Metrics = @(y,t) NaN; trainnet(X,Y,d,'crossentropy',o);")
    row = next(line for line in lines if line.split()[:2] == ["1", "1"])
    assert row.split()[-1] == "NaN"


@pytest.mark.parametrize(
    ("text", "option", "value"),
    [
        ("'sgdm','Max',3", "MaxEpochs", 3),
        ("'adam','Initial',0.5", "InitialLearnRate", 0.5),
        ("'lbfgs','Max',3", None, None),
        ("'lm','Max',3", None, None),
        ("'rmsprop','GradientT',2", None, None),
    ],
)
def test_a_short_name_is_one_of_the_solvers_own_options(run, text, option, value):
    if option is None:
        assert run.fault(f"trainingOptions({text})").identifier == "MATLAB:InputParser:AmbiguousParameter"
        return
    run(f"o = trainingOptions({text}); v = o.{option};")
    assert run["v"] == value


@pytest.mark.parametrize(
    ("text", "said"),
    [("'Verbose',2", "Expected input to be binary."), ("'ResetInputNormalization',-1", "Expected input to be binary."),
     ("'Shuffle',true", "Expected input to be a string scalar or character vector."),
     ("'LearnRateSchedule','p'", "The input, 'p', matched more than one valid value.")],
)  # fmt: skip
def test_values_of_options_are_refused_in_the_words_of_validateattributes(run, text, said):
    fault = run.fault(f"trainingOptions('sgdm',{text})")
    assert fault.message.startswith(f"The value of {text.partition(',')[0]} is invalid. Expected input")
    assert fault.message.endswith(said)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("augmentedImageDatastore('big',rand(6,6,1,2),[1;2])", "outputSize must be a vector of two or three positive "
         "integers."),
        ("confusionchart([-1 2;3 4])", "Expected the confusion matrix to be a matrix of counts: whole, not negative."),
        ("perfcurve([1 2 1],'abc',1)", "Scores must be a vector of numbers."),
        ("perfcurve([1 2 1],nan(1,3),1)", "No observation of the classes has a score."),
        ("y = integral(@(x) disp('x'),0,1)", "Output of the function must be the same size as the input. If FUN is an "
         "array-valued integrand, set the 'ArrayValued' option to true."),
        ("read(transform(arrayDatastore(1),@(x) disp(x)))", "Too many output arguments."),
    ],
)  # fmt: skip
def test_other_odd_uses(run, text, message):
    assert run.fault(text).message == message


def test_proportions_are_written_as_matlab_writes_numbers(run):
    run("for k = 1:2, imwrite(zeros(4),sprintf('%d.png',k)); end; d = imageDatastore({'1.png','2.png'},Labels=[1;2]);")
    assert run.fault("[a,b] = splitEachLabel(d,NaN)").notes == ("got NaN",)
    assert run.fault("[a,b] = splitEachLabel(d,Inf)").notes == ("got Inf",)


@pytest.mark.parametrize(
    ("loss", "slope", "message"),
    [
        ("sum((Y-T).^2,'all')", "1", "backwardLoss of cl must give a numeric array of size 1x1x3x12."),
        ("Y-T", "Y-T", "forwardLoss of cl must give a numeric array of size 1x1."),
    ],
)
def test_own_losses_of_another_size_are_told(data, loss, slope, message):
    with open("cl.m", "w") as file:
        file.write("classdef cl < nnet.layer.RegressionLayer\nmethods\nfunction v = forwardLoss(l,Y,T)\n"
                   f"v = {loss};\nend\nfunction d = backwardLoss(l,Y,T)\nd = {slope};\nend\nend\nend\n")  # fmt: skip
    assert data.fault("trainNetwork(X,rand(12,3),[l(1:2); cl],o)").message == message
