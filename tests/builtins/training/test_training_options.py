"""trainingOptions against MathWorks' pages: what is printed, what is accepted, in which words it is refused."""

import pytest

SHOWN = """\
options =
TrainingOptionsSGDM with properties:
Momentum: 0.9000
InitialLearnRate: 0.0100
MaxEpochs: 20
LearnRateSchedule: 'piecewise'
LearnRateDropFactor: 0.2000
LearnRateDropPeriod: 5
MiniBatchSize: 64
Shuffle: 'once'
CheckpointFrequency: 1
CheckpointFrequencyUnit: 'epoch'
SequenceLength: 'longest'
PreprocessingEnvironment: 'serial'
L2Regularization: 1.0000e-04
GradientThresholdMethod: 'l2norm'
GradientThreshold: Inf
Verbose: 1
VerboseFrequency: 50
ValidationData: []
ValidationFrequency: 50
ValidationPatience: Inf
ObjectiveMetricName: 'loss'
CheckpointPath: ''
ExecutionEnvironment: 'auto'
OutputFcn: []
Metrics: []
Plots: 'training-progress'
SequencePaddingValue: 0
SequencePaddingDirection: 'right'
InputDataFormats: "auto"
TargetDataFormats: "auto"
ResetInputNormalization: 1
BatchNormalizationStatistics: 'auto'
OutputNetwork: 'auto'
Acceleration: "auto"
"""


def test_options_print_as_those_of_mathworks_page_do(run):
    lines = run("""options = trainingOptions("sgdm", LearnRateSchedule="piecewise", LearnRateDropFactor=0.2, ...
        LearnRateDropPeriod=5, MaxEpochs=20, MiniBatchSize=64, Plots="training-progress")""")
    assert lines == SHOWN.splitlines()


@pytest.mark.parametrize(
    ("solver", "own"),
    [
        ("sgdm", {"Momentum": 0.9, "InitialLearnRate": 0.01}),
        ("adam", {"GradientDecayFactor": 0.9, "SquaredGradientDecayFactor": 0.999, "Epsilon": 1e-8,
                  "InitialLearnRate": 0.001}),
        ("rmsprop", {"SquaredGradientDecayFactor": 0.9, "Epsilon": 1e-8, "InitialLearnRate": 0.001}),
    ],
)  # fmt: skip
def test_each_solver_begins_with_its_own_defaults(run, solver, own):
    run(f"o = trainingOptions('{solver}');")
    names = run["o"].property_names()
    assert names[: len(own)] == list(own)
    assert {name: run["o"].get(name) for name in own} == own


def test_names_are_taken_in_any_case_and_cut_short_and_words_are_spelt_as_matlab_spells_them(run):
    run("o = trainingOptions('sgdm','initialLearnRate',1e-4,'MAXEPOCHS',3,'Shuffle','Every-Epoch','InputData','sscb');")
    assert run["o"].get("InitialLearnRate") == 1e-4
    assert run["o"].get("MaxEpochs") == 3
    assert run["o"].get("Shuffle") == "every-epoch"
    assert run("o.InputDataFormats") == ["ans =", '"SSCB"']


def test_properties_can_be_changed_and_are_checked_again(run):
    run("o = trainingOptions('adam'); p = o; o.MaxEpochs = 7; o.Verbose = false; o.ValidationData = {1,2};")
    assert run["o"].get("MaxEpochs") == 7
    assert run["p"].get("MaxEpochs") == 30
    fault = run.fault("o.MaxEpochs = 1.5;")
    assert fault.message == "The value of 'MaxEpochs' is invalid. Expected input to be integer-valued."
    assert run.fault("o.Momentum = 1;").identifier == "MATLAB:noPublicFieldForClass"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("'InitialLearnRate',0", "The value of 'InitialLearnRate' is invalid. Expected input to be positive."),
        ("'MiniBatchSize',-1", "The value of 'MiniBatchSize' is invalid. Expected input to be positive."),
        ("'GradientThreshold',0", "The value of 'GradientThreshold' is invalid. Expected input to be positive."),
        ("'Momentum',2", "The value of 'Momentum' is invalid. Expected input to be a scalar with value <= 1."),
        ("'Epsilon',1", "'Epsilon' is not an option for solver 'sgdm'."),
        ("'CheckpointPath','nowhere'",
         "The value of 'CheckpointPath' is invalid. Expected input to be an existing folder."),
        ("'ValidationData',{1}", "The value of 'ValidationData' is invalid. Expected input to be a datastore, a table, "
         "or a cell array {X,Y} of predictors and responses."),
        ("'OutputFcn','f'", "The value of 'OutputFcn' is invalid. Expected input to be a function handle or a cell "
         "array of function handles."),
    ],
)  # fmt: skip
def test_what_does_not_suit_is_refused_by_name(run, given, message):
    assert run.fault(f"trainingOptions('sgdm',{given})").message == message


def test_solvers_that_are_none_are_refused_and_not_replaced(run):
    assert run.fault("trainingOptions('nadam')").identifier == "MATLAB:unrecognizedStringChoice"


def test_a_misspelt_option_is_told_the_nearest(run):
    assert run.fault("trainingOptions('sgdm','InitalLearnRate',1)").hint == "did you mean 'InitialLearnRate'?"


def test_options_of_keras_are_there_for_who_asks_and_are_shown_only_then(run):
    lines = run("o = trainingOptions('sgdm',Nesterov=true,LearnRateDecay=1e-6)")
    assert lines[-2:] == ["Nesterov: 1", "LearnRateDecay: 1.0000e-06"]
    assert run.fault("trainingOptions('adam',Nesterov=true)").message == (
        "'Nesterov' is not an option for solver 'adam'."
    )


@pytest.mark.parametrize("version", ["-v7", "-v7.3"])
def test_options_in_a_file_are_read_back_as_they_were(run, version):
    lines = run(
        "o = trainingOptions('sgdm',MaxEpochs=3,ValidationData={ones(2,2,1,3),categorical(1:3)'},Nesterov=true,"
        f"OutputFcn=@(i) i.Iteration > 4,Plots='training-progress'); save kept o {version}\n"
        "s = load('kept'); p = s.o;"
        "disp(strcmp(evalc('o'),strrep(evalc('p'),'p = ','o = '))), disp(isequal(p.ValidationData,o.ValidationData))\n"
        "disp(p.OutputFcn(struct('Iteration',5))), p.MaxEpochs = 7; disp(p.MaxEpochs)"
    )
    assert lines == ["1", "1", "1", "7"]


def test_damaged_options_are_left_out_with_a_warning(run):
    lines = run(
        "o = trainingOptions('adam'); d = struct('cnnscript_class','datastore','kind','TrainingOptions','held',"
        "struct('solver','adam','values',struct('Speed',3))); save kept d, clear d, load kept\n"
        "disp(exist('d','var'))"
    )
    assert "Variable 'd' is damaged training options" in lines[0] and lines[1:] == ["0"]


def test_a_word_may_be_cut_to_what_begins_all_that_begin_so(run):
    assert run("o = trainingOptions('sgdm',OutputNetwork='best'); disp(o.OutputNetwork)") == ["best-validation"]
    assert run("disp(isa(o,'nnet.cnn.TrainingOptions'))") == ["1"]


TRAINED = """
X = rand(4,4,1,8); T = categorical(repmat((1:2)',4,1)); o = trainingOptions('sgdm',MaxEpochs=1,Verbose=false);
l = [imageInputLayer([4 4 1]); fullyConnectedLayer(2); softmaxLayer; classificationLayer];
"""


@pytest.mark.parametrize("where", ["parallel", "parallel-auto", "parallel-cpu"])
def test_a_pool_of_workers_is_warned_of_as_there_is_none(run, where):
    lines = run(f"{TRAINED} o.ExecutionEnvironment = '{where}'; n = trainNetwork(X,T,l,o);")
    assert lines[0].startswith(f"Warning: ExecutionEnvironment is '{where}', but there is no pool of workers")


@pytest.mark.parametrize("where", ["gpu", "multi-gpu", "parallel-gpu"])
def test_a_gpu_that_is_not_there_is_an_error(run, where):
    fault = run.fault(f"{TRAINED} o.ExecutionEnvironment = '{where}'; n = trainNetwork(X,T,l,o);")
    assert fault.message == "Unable to find a supported GPU device."


def test_trainnetwork_takes_layers_and_no_networks(run):
    run(f"{TRAINED} n = trainNetwork(X,T,l,o); trainNetwork(X,T,n.Layers,o); trainNetwork(X,T,layerGraph(l),o);")
    for other in ("n", "dlnetwork(l(1:3))"):
        fault = run.fault(f"trainNetwork(X,T,{other},o)")
        assert fault.message == "Layers must be an array of layers or a layer graph."
