"""trainNetwork: its table, its record, what it refuses, and that its networks are networks."""

import re
from io import StringIO
from types import SimpleNamespace

import numpy as np
import pytest

from cnnscript.builtins.differentiation.training_boards import Board
from cnnscript.builtins.training.progress_lines import ProgressLine
from cnnscript.builtins.training.progress_plots import ProgressPlot
from cnnscript.builtins.training.watchers import Watchers
from cnnscript.engine.training import loop
from cnnscript.engine.training.loop import Moment
from cnnscript.engine.training.metrics import accuracy
from cnnscript.engine.training.plans import Plan, Schedule, Solver
from cnnscript.engine.training.trainees import Measured
from cnnscript.session import Session
from cnnscript.values.functions import Function

DATA = """
rng(1), k = repmat((1:3)',20,1); X = rand(6,6,1,60); for i = 1:60, X(2*k(i)-1:2*k(i),:,1,i) = 2; end
Y = categorical(k,1:3,["a" "b" "c"]);
layers = [imageInputLayer([6 6 1]); convolution2dLayer(3,4,Padding="same"); batchNormalizationLayer; reluLayer; ...
    fullyConnectedLayer(3); softmaxLayer; classificationLayer];
"""


@pytest.fixture
def data(run):
    run(DATA)
    return run


def without_times(lines):
    return [re.sub(r"\d\d:\d\d:\d\d", "hh:mm:ss", line) for line in lines]


def test_the_table_without_validation_is_matlabs_to_the_character(data):
    lines = data("o = trainingOptions('sgdm',MaxEpochs=3,MiniBatchSize=20,VerboseFrequency=4,InitialLearnRate=1e-4);"
                 "rng(0), net = trainNetwork(X,Y,layers,o);")  # fmt: skip
    rule = "|" + "=" * 88 + "|"
    assert lines[:6] == [
        "Training on single CPU.",
        "Initializing input data normalization.",
        rule,
        "|  Epoch  |  Iteration  |  Time Elapsed  |  Mini-batch  |  Mini-batch  |  Base Learning  |",
        "|         |             |   (hh:mm:ss)   |   Accuracy   |     Loss     |      Rate       |",
        rule,
    ]
    assert lines[-2:] == [rule, "Training finished: Max epochs completed."]
    rows = lines[6:-2]
    form = r"\|  {6}\d \| {10} *\d \|       00:00:0\d \| {6} *\d+\.\d\d% \| {6} \d\.\d{4} \|      1\.0000e-04 \|"
    assert [row.split("|")[2].strip() for row in rows] == ["1", "4", "8", "9"]
    assert all(re.fullmatch(form, row) and len(row) == len(rule) for row in rows)


def test_the_table_with_validation_has_its_columns_and_a_row_for_each_validation(data):
    lines = data("o = trainingOptions('sgdm',MaxEpochs=2,MiniBatchSize=20,ValidationData={X,Y},ValidationFrequency=4);"
                 "rng(0), [net,info] = trainNetwork(X,Y,layers,o);")  # fmt: skip
    assert lines[3] == (
        "|  Epoch  |  Iteration  |  Time Elapsed  |  Mini-batch  |  Validation  |  Mini-batch  |  Validation  |"
        "  Base Learning  |"
    )
    assert lines[4].startswith("|         |             |   (hh:mm:ss)   |   Accuracy   |   Accuracy   |     Loss   ")
    assert [line.split("|")[2].strip() for line in lines[6:-2]] == ["1", "4", "6"]
    info = data["info"].fields
    assert list(info) == ["TrainingLoss", "TrainingAccuracy", "ValidationLoss", "ValidationAccuracy", "BaseLearnRate",
                          "FinalValidationLoss", "FinalValidationAccuracy", "OutputNetworkIteration"]  # fmt: skip
    assert np.isnan(info["ValidationLoss"][0, [1, 2, 4]]).all()
    assert np.isfinite(info["ValidationLoss"][0, [0, 3, 5]]).all()
    data("p = predict(net,X); want = mean(classify(net,X) == Y)*100; l = -mean(log(p(sub2ind(size(p),(1:60)',k))));")
    assert info["FinalValidationAccuracy"] == pytest.approx(data["want"])
    assert info["FinalValidationLoss"] == pytest.approx(float(data["l"]), rel=1e-4)


def test_regression_tells_its_root_of_squares_and_half_its_loss(data):
    lines = data("r = [layers(1:4); fullyConnectedLayer(2); regressionLayer]; o = trainingOptions('adam',MaxEpochs=1);"
                 "[net,info] = trainNetwork(X,[k 2*k],r,o);")  # fmt: skip
    assert lines[4].split("|")[4].strip() == "RMSE"
    info = data["info"].fields
    assert list(info) == ["TrainingLoss", "TrainingRMSE", "BaseLearnRate", "OutputNetworkIteration"]
    assert info["TrainingRMSE"] == pytest.approx(np.sqrt(2 * info["TrainingLoss"]), rel=1e-5)


def test_a_trained_network_has_classes_and_statistics_and_answers_questions(data):
    data("o = trainingOptions('sgdm',MaxEpochs=8,MiniBatchSize=20,Verbose=false,Shuffle='every-epoch');"
         "rng(0), net = trainNetwork(X,Y,layers,o); right = mean(classify(net,X) == Y); m = net.Layers(1).Mean;"
         "a = activations(net,X(:,:,:,1),'relu'); g = gradCAM(net,X(:,:,:,1),'b');"
         "c = categories(net.Layers(end).Classes);")  # fmt: skip
    assert data["right"] == 1
    assert data["m"] == pytest.approx(data["X"].mean(), rel=1e-5)
    assert data["a"].shape == (6, 6, 4)
    assert data["g"].shape == (6, 6)
    assert data["c"].ravel().tolist() == ["a", "b", "c"]


def test_batch_normalization_ends_with_the_statistics_of_all_data_or_with_running_ones(data):
    data("l = [imageInputLayer([6 6 1],Normalization='none'); batchNormalizationLayer; fullyConnectedLayer(3);"
         "softmaxLayer; classificationLayer]; o = trainingOptions('sgdm',MaxEpochs=2,MiniBatchSize=20,Verbose=false);"
         "p = trainNetwork(X,Y,l,o); o.BatchNormalizationStatistics = 'moving'; q = trainNetwork(X,Y,l,o);"
         "v = [p.Layers(2).TrainedMean p.Layers(2).TrainedVariance q.Layers(2).TrainedMean];")  # fmt: skip
    x = data["X"]
    assert data["v"][0, :2] == pytest.approx([x.mean(), x.var()], rel=1e-5)
    assert data["v"][0, 2] == pytest.approx((1 - 0.9**6) * x.mean(), rel=0.05)


def test_the_same_seed_gives_the_same_network_and_another_another(data):
    data("l = [layers(1:4); dropoutLayer; layers(5:end)]; o = trainingOptions('adam',MaxEpochs=2,MiniBatchSize=16,"
         "Verbose=false,Shuffle='every-epoch'); f = @(s) trainOnce(s,X,Y,l,o);"
         "rng(3), a = trainNetwork(X,Y,l,o); rng(3), b = trainNetwork(X,Y,l,o); rng(4), c = trainNetwork(X,Y,l,o);"
         "w = {a.Layers(6).Weights, b.Layers(6).Weights, c.Layers(6).Weights};")  # fmt: skip
    a, b, c = data["w"].ravel()
    assert np.array_equal(a, b)
    assert not np.array_equal(a, c)


def test_trained_layers_start_from_the_numbers_they_have(data):
    data("o = trainingOptions('sgdm',MaxEpochs=1,MiniBatchSize=20,Verbose=false,InitialLearnRate=1e-12);"
         "net = trainNetwork(X,Y,layers,o); l = net.Layers; w = l(2).Weights; again = trainNetwork(X,Y,l,o);"
         "same = max(abs(again.Layers(2).Weights - w),[],'all'); frozen = freezeWeights(l(1:4));"
         "o.InitialLearnRate = 1; f = trainNetwork(X,Y,[frozen; l(5:end)],o);"
         "kept = isequal(f.Layers(2).Weights,w); moved = ~isequal(f.Layers(5).Weights,l(5).Weights);")  # fmt: skip
    assert data["same"] < 1e-9
    assert data["kept"]
    assert data["moved"]


def test_images_of_files_are_trained_on_through_every_kind_of_datastore(data):
    data("mkdir d; for c = 1:2, mkdir(fullfile('d',char('m'+c))); for i = 1:6, imwrite(uint8(200*(c==2)+randi(50,8,8)),"
         "fullfile('d',char('m'+c),sprintf('%d.png',i))); end, end;"
         "imds = imageDatastore('d',IncludeSubfolders=true,LabelSource='foldernames');"
         "l = [imageInputLayer([8 8 1],Normalization='zscore'); fullyConnectedLayer(2); softmaxLayer;"
         "classificationLayer]; o = trainingOptions('sgdm',MaxEpochs=8,MiniBatchSize=4,Verbose=false,"
         "Shuffle='every-epoch');"
         "a = trainNetwork(imds,l,o); aug = augmentedImageDatastore([8 8],imds,DataAugmentation=imageDataAugmenter("
         "RandXReflection=true)); b = trainNetwork(aug,l,o);"
         "both = combine(imds,arrayDatastore(imds.Labels)); c = trainNetwork(both,l,o);"
         "t = transform(imds,@(x,info) deal({x,info.Label},info),IncludeInfo=true); d = trainNetwork(t,l,o);"
         "e = trainNetwork(table(imds.Files,imds.Labels),l,o); o.ValidationData = imds; f = trainNetwork(imds,l,o);"
         "right = [mean(classify(a,imds)==imds.Labels) mean(classify(b,imds)==imds.Labels) mean(classify(c,imds)=="
         "imds.Labels) mean(classify(d,imds)==imds.Labels) mean(classify(e,imds)==imds.Labels)];")  # fmt: skip
    assert data["right"].tolist() == [[1, 1, 1, 1, 1]]


def test_features_come_as_a_matrix_or_as_a_table_whose_last_variable_is_the_response(data):
    data("l = [featureInputLayer(2,Normalization='zscore'); fullyConnectedLayer(2); softmaxLayer; classificationLayer];"
         "F = [randn(30,2)-3; randn(30,2)+3]; c = categorical([ones(30,1); 2*ones(30,1)]);"
         "o = trainingOptions('adam',MaxEpochs=60,MiniBatchSize=20,Verbose=false,InitialLearnRate=0.05);"
         "a = trainNetwork(F,c,l,o); t = table(F(:,1),F(:,2),c); b = trainNetwork(t,l,o);"
         "d = trainNetwork(t(:,[3 1 2]),'c',l,o); right = [mean(classify(a,F)==c) mean(classify(b,F)==c) "
         "mean(classify(d,F)==c)]; s = a.Layers(1).StandardDeviation;")  # fmt: skip
    assert data["right"].min() == 1
    assert data["s"].ravel() == pytest.approx(np.std(data["F"], axis=0), rel=1e-4)


def test_the_best_network_is_the_result_where_it_is_asked_for(data):
    data("o = trainingOptions('sgdm',MaxEpochs=6,MiniBatchSize=20,Verbose=false,InitialLearnRate=0.5,"
         "OutputNetwork='best-validation-loss',ValidationData={X,Y},ValidationFrequency=1,"
         "BatchNormalizationStatistics='moving'); rng(0), [net,info] = trainNetwork(X,Y,layers,o);")  # fmt: skip
    info = data["info"].fields
    losses = info["ValidationLoss"].ravel()
    assert info["OutputNetworkIteration"] == losses.argmin() + 1
    assert info["FinalValidationLoss"] == pytest.approx(losses.min(), rel=1e-4)


def test_patience_ends_training(data):
    lines = data("o = trainingOptions('sgdm',MaxEpochs=50,MiniBatchSize=20,InitialLearnRate=1e-9,ValidationData={X,Y},"
                 "ValidationFrequency=1,ValidationPatience=3,BatchNormalizationStatistics='moving');"
                 "o.ValidationData = {X(:,:,:,1:3),flip(Y(1:3))}; o.InitialLearnRate = 2; [n,info] = "
                 "trainNetwork(X,Y,layers,o);")  # fmt: skip
    assert lines[-1] == "Training finished: Met validation criterion."
    assert data["info"].fields["TrainingLoss"].size < 150


def test_an_output_function_is_told_and_stops(data):
    with open("tell.m", "w", encoding="utf-8") as file:
        file.write("function stop = tell(info)\nglobal told; told{end+1} = info; stop = info.Iteration == 4;\nend\n")
    data("global told; told = {}; o = trainingOptions('sgdm',MaxEpochs=5,MiniBatchSize=20,OutputFcn=@tell);")
    lines = data("net = trainNetwork(X,Y,layers,o);")
    told = [one.fields for one in data["told"].ravel()]
    assert lines[-1] == "Training finished: Stopped by OutputFcn."
    assert [str(one["State"].data.item()) for one in told] == ["start"] + ["iteration"] * 4 + ["done"]
    assert list(told[1]) == [
        "Epoch", "Iteration", "TimeSinceStart", "TrainingLoss", "ValidationLoss", "BaseLearnRate", "TrainingAccuracy",
        "TrainingRMSE", "ValidationAccuracy", "ValidationRMSE", "State",
    ]  # fmt: skip
    assert (told[4]["Epoch"], told[4]["Iteration"]) == (2, 4)


def test_checkpoints_are_networks_that_training_continues_from(data):
    data("mkdir cp; o = trainingOptions('sgdm',MaxEpochs=2,MiniBatchSize=20,Verbose=false,CheckpointPath='cp');"
         "net = trainNetwork(X,Y,layers,o); f = {dir('cp/*.mat').name}; s = load(fullfile('cp',f{1}));"
         "o.CheckpointPath = ''; more = trainNetwork(X,Y,s.net.Layers,o); c = class(s.net);")  # fmt: skip
    names = sorted(data["f"].ravel())
    assert len(names) == 2
    assert re.fullmatch(r"net_checkpoint__3__\d{4}_\d\d_\d\d__\d\d_\d\d_\d\d\.mat", names[0])
    assert data["c"] == "SeriesNetwork"


def test_training_goes_on_where_a_checkpoint_cannot_be_saved(data):
    data("mkdir cp; o = trainingOptions('sgdm',MaxEpochs=2,MiniBatchSize=20,Verbose=false,CheckpointPath='cp');"
         "rmdir cp; lastwarn(''); [net,info] = trainNetwork(X,Y,layers,o); [said,id] = lastwarn;")  # fmt: skip
    assert data["info"].fields["TrainingLoss"].size == 6
    assert data["id"] == "nnet_cnn:internal:cnn:CheckpointSaver:SavingFailed"
    assert data["said"].startswith("Failed to save checkpoint network to file cp/net_checkpoint__6__")


def test_a_loss_that_is_no_number_stops_and_keeps_the_network_before(data):
    lines = data("Z = X; Z(1,1,1,60) = NaN; l = layers; l(1) = imageInputLayer([6 6 1],Normalization='none');"
                 "o = trainingOptions('sgdm',MaxEpochs=2,MiniBatchSize=20,Shuffle='never'); "
                 "[net,info] = trainNetwork(Z,Y,l,o);")  # fmt: skip
    assert "Training finished: Training loss is NaN." in lines
    (warning,) = [line for line in lines if "not finite" in line]
    assert "iteration 3 (epoch 1)" in warning
    assert "'imageinput' is the first layer" in warning
    assert data["info"].fields["OutputNetworkIteration"] == 2
    assert np.isfinite(data("disp(norm(net.Layers(5).Weights))") and float(data.lines()[0]))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("trainNetwork(X,k,layers,o)", "Invalid training data. For image, sequence-to-label, and feature "
         "classification tasks, responses must be categorical."),
        ("trainNetwork(X,categorical(mod(k,2)),layers,o)",
         "Invalid training data. The output size (3) of the last layer does not match the number of classes (2)."),
        ("trainNetwork(X,categorical(ones(60,1)),[layers(1); fullyConnectedLayer(1); layers(6:7)],o)",
         "Invalid training data. The responses must have at least two classes."),
        ("trainNetwork(imageDatastore('coffee.png'),layers,o)",
         "Invalid training data. The datastore has no responses."),
        ("trainNetwork(arrayDatastore(X,IterationDimension=4),layers,o)",
         "Invalid training data. Each row that the datastore reads must have predictors and responses."),
        ("trainNetwork(X(1:5,1:5,:,:),Y,layers,o)",
         "The training images are of size 5×5×1 but the input layer expects images of size 6×6×1."),
        ("trainNetwork(X,Y(1:50),layers,o)", "Number of observations in X and Y disagree."),
        ("trainNetwork(X,[k k],[layers(1:5); regressionLayer],o)",
         "Invalid training data. The output size (3) of the last layer does not match the response size (2)."),
        ("trainNetwork(X,Y,layers,struct)",
         "Invalid training options. Training options must be created with the trainingOptions function."),
        ("trainNetwork(X,Y,layers(1:6),o)", "Invalid network."),
        ("trainNetwork(X,layers,o)", "Not enough input arguments."),
        ("trainNetwork({X},Y,layers,o)", "Invalid training data. Predictors must be a numeric array, a datastore, or a "
         "table. For networks with sequence input, predictors can also be a cell array of sequences."),
        ("y = Y; y(3) = missing; trainNetwork(X,y,layers,o)",
         "Invalid training data. Responses must not contain undefined values."),
        ("o.ValidationData = {X,categorical(k)}; trainNetwork(X,Y,layers,o)",
         "Invalid validation data. The responses must be classes of the network."),
        ("o.Metrics = 'accuracy'; trainNetwork(X,Y,layers,o)",
         "trainNetwork does not support the training option 'Metrics'."),
        ("o.Metrics = aucMetric; trainNetwork(X,Y,layers,o)",
         "trainNetwork does not support the training option 'Metrics'."),
        ("o.Metrics = {@(y,t) 1}; trainNetwork(X,Y,layers,o)",
         "trainNetwork does not support the training option 'Metrics'."),
        ("o.ObjectiveMetricName = 'auc'; trainNetwork(X,Y,layers,o)",
         "trainNetwork does not support the training option 'ObjectiveMetricName'."),
        ("o.OutputNetwork = 'best-validation-loss'; trainNetwork(X,Y,layers,o)",
         "To use 'OutputNetwork' 'best-validation-loss', specify 'ValidationData'."),
    ],
)  # fmt: skip
def test_what_cannot_be_trained_on_is_said_before_anything_is_lost(data, text, message):
    data("o = trainingOptions('sgdm',Verbose=false);")
    assert data.fault(text).message == message


def test_ctrl_c_ends_training_and_gives_the_network_so_far(data):
    data("o = trainingOptions('sgdm',MaxEpochs=5,MiniBatchSize=20);")

    def watching(nargout, info):
        if info.fields["Iteration"] == 5 and info.fields["State"].data.item() == "iteration":
            raise KeyboardInterrupt
        return False

    data["o"] = data["o"].set("OutputFcn", Function(watching, "watching"))
    lines = data("[net,info] = trainNetwork(X,Y,layers,o);")
    assert lines[-1] == "Training finished: Stopped manually."
    assert data["info"].fields["OutputNetworkIteration"] == 5


def test_the_plot_is_one_figure_with_both_curves_and_says_why_training_ended(data):
    data("o = trainingOptions('sgdm',MaxEpochs=3,MiniBatchSize=20,Verbose=false,Plots='training-progress',"
         "ValidationData={X,Y}); net = trainNetwork(X,Y,layers,o);")  # fmt: skip
    (line,) = data.seen()
    assert line.startswith("figure 'Training Progress': axes 1:")
    assert "animatedline 9 points" in line
    assert "ylabel 'Accuracy (%)'" in line
    assert "ylabel 'Loss'" in line
    assert "text '100.00% / Max epochs completed'" in line


def test_plots_of_few_iterations_begin_at_0_with_whole_names_of_the_first_and_the_last_epoch(data):
    data("o = trainingOptions('sgdm',MaxEpochs=9,MiniBatchSize=60,Verbose=false,Plots='training-progress');"
         "trainNetwork(X,Y,layers,o); f = findall(groot,'Tag','NNET_CNN_TRAININGPLOT_UIFIGURE');"
         "saveas(f,'plot.png'); a = findall(f,'Type','axes','Visible','on'); v = vertcat(a.XLim);"
         "t = findall(f,'Type','text','String','Epoch 9'); e = vertcat(t.Extent); e = e(:,1) + e(:,3);"
         "t = findall(f,'Type','text','String','Epoch 2'); p = vertcat(t.Position);")  # fmt: skip
    assert data["v"].tolist() == [[0, 9], [0, 9]]
    assert (data["e"] < 9.05).all() and data["p"][:, 0].tolist() == [2, 2]


def test_the_plot_is_found_by_its_tag_and_has_bands_a_mean_and_what_is_told_beside(data):
    data("o = trainingOptions('sgdm',MaxEpochs=3,MiniBatchSize=20,Verbose=false,Plots='training-progress');"
         "[net,info] = trainNetwork(X,Y,layers,o);"
         "f = findall(groot,'Type','Figure','Tag','NNET_CNN_TRAININGPLOT_UIFIGURE'); n = numel(f); t = get(f,'Type');"
         "b = findall(f,'Type','constantregion'); v = b(1).Value; l = findall(f,'Type','animatedline'); "
         "e = findall(f,'Type','text','-regexp','String','^Epoch \\d$'); e = sort({e.String}); "
         "[~,raw] = getpoints(l(2)); [~,mean] = getpoints(l(1)); "
         "saveas(f,'plot.png'); s = size(imread('plot.png')); close(f); "
         "left = numel(findall(groot,'Type','figure'));")  # fmt: skip
    assert (data["n"], data["t"], data["left"]) == (1, "figure", 0)
    assert data["v"].ravel().tolist() == [3.5, 6.5]  # the second of three epochs of three iterations
    loss = data["info"].fields["TrainingLoss"].ravel()
    assert data["raw"].ravel() == pytest.approx(loss)
    weights = 0.8 ** np.arange(9)
    assert data["mean"].ravel()[-1] == pytest.approx((weights * loss[::-1]).sum() / weights.sum())
    assert data["s"].ravel()[:2] / 150 * 96 == pytest.approx([620, 1060], abs=1)
    assert data["e"].ravel().tolist() == ["Epoch 1", "Epoch 1", "Epoch 2", "Epoch 2", "Epoch 3", "Epoch 3"]


def test_without_a_window_the_plot_is_put_together_at_the_end_only(data, monkeypatch):
    puts = []
    put = Board.put
    monkeypatch.setattr(Board, "put", lambda board, *given, **named: puts.append(1) or put(board, *given, **named))
    data("o = trainingOptions('sgdm',MaxEpochs=3,MiniBatchSize=20,Verbose=false,Plots='training-progress');"
         "net = trainNetwork(X,Y,layers,o);")  # fmt: skip
    assert len(puts) <= 2 and "animatedline 9 points" in data.seen()[0]


def test_the_axis_of_a_window_grows_seldom_with_the_bands_on_it_and_ends_where_training_did(data):
    data.session.desk.presenter.keeps = False  # as in windows
    limits, board = [], []
    put = ProgressPlot.draw

    def drawn(plot, *given):
        put(plot, *given)
        board[:] = [plot.board]
        plot.board.next_painting, plot.board.seen = 0.0, (-1e9, 0.0)  # painted again at once; it has gone on for long
        limits.append(plot.board.axes[0].graphic.get("XLim")[1])

    data("stopping = @(i) i.Iteration == 31; o = trainingOptions('sgdm',MaxEpochs=25,MiniBatchSize=20,Verbose=false,"
         "Plots='training-progress',OutputFcn=stopping);")  # fmt: skip
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ProgressPlot, "draw", drawn)
        data("net = trainNetwork(X,Y,layers,o); b = findall(groot,'Type','constantregion'); "
             "ends = sort(arrayfun(@(r) r.Value(2),b)); n = numel(findall(0,'Type','text','String','Epoch 12'));")
    assert limits[:31] == [10.0] * 10 + [50.0] * 21  # room for twice the 11 steps
    assert limits[-1] <= 40 and data["n"] == 0  # bands of epochs that did not come are gone
    assert data["ends"].ravel()[-1] == 30.5 and board[0].bands[-1][0] == 30.5


@pytest.mark.parametrize(
    ("spent", "elapsed", "seconds"),
    [
        (0.02, 10.0, 0.25),  # next to nothing: at once again
        (0.4, 5.0, 1.0),  # opening it takes time, but then it is live
        (0.8, 39.5, 0.5),
        (2.0, 64.0, 2.0 / 0.03 - 64.0),  # too much: it waits until it is no more than the limit
        (9.0, 64.0, 4.0),
    ],
)
def test_a_window_has_a_twentieth_of_the_time(spent, elapsed, seconds):
    board = Board.__new__(Board)
    board.spent = spent
    assert board.rest(elapsed) == pytest.approx(seconds)


def test_the_button_ends_training_as_by_hand():
    plot = ProgressPlot(None, [accuracy()], False, Plan(Solver("sgdm"), Schedule(0.01)))
    plot.board = SimpleNamespace(due=lambda: False)
    first, second = (Moment(0, k, 1.0, 0.01, Measured(1.0, (50.0,)), None) for k in (1, 2))
    assert not Watchers([plot]).iteration(first)
    plot.stop()
    assert Watchers([plot]).iteration(second) == "Stopped manually"


class Status(list):
    """A terminal's last line."""

    columns, unicode, terminal = 80, False, True

    def __call__(self, text):
        self.append(text)


def test_a_terminal_shows_in_one_line_how_far_training_is():
    said = Status()
    line = ProgressLine(said, [accuracy()])
    line.begins(400)
    line.iteration(Moment(1, 1, 5.0, 0.01, Measured(2.0, (10.0,)), None))  # prepares the others: too soon to be shown
    line.next = 0.0
    line.iteration(Moment(2, 100, 104.0, 0.01, Measured(0.25, (87.5,)), None))
    line.iteration(Moment(2, 101, 105.0, 0.01, Measured(0.25, (87.5,)), None))  # too soon
    line.hide()
    line.hide()
    assert said == [" 25 % ####------------  05:00 left  loss 0.2500  accuracy 87.50 %  epoch 2 ...", ""]


def test_a_narrow_terminal_shows_what_matters_most():
    said = Status()
    said.columns, said.unicode = 40, True
    line = ProgressLine(said, [accuracy()])
    line.begins(400)
    line.first = Moment(1, 1, 5.0, 0.01, Measured(2.0, (10.0,)), None)
    assert line.line(Moment(2, 100, 104.0, 0.01, Measured(0.25, (87.5,)), None)) == (
        " 25 % ██░░░░░░  05:00 left  loss 0.2500 ..."
    )


def test_what_is_printed_in_a_terminal_appears_above_its_line_which_is_gone_after_a_fault():
    class Screen(StringIO):
        def isatty(self):
            return True

    screen = Screen()
    session = Session(out=screen, err=screen)
    line = ProgressLine(lambda text: screen.write(f"<{text}>"), [])
    with pytest.raises(ZeroDivisionError), line.below(session):
        line.show("1")
        session.out.write("row\n")
        line.show("2")
        session.out.write("half")
        line.show("3")  # would erase what was printed
        session.out.write(" and whole\n")
        session.err.write("warning\n")
        line.show("4")
        _ = 1 / 0
    assert screen.getvalue() == "<1><>row\n<2><>half and whole\nwarning\n<4><>"
    assert session.out is session.err is screen


def test_a_second_ctrl_c_leaves_out_the_last_look_and_gives_the_network(data, monkeypatch):
    def interrupted(*given):
        raise KeyboardInterrupt

    monkeypatch.setattr(loop, "remember_population", interrupted)
    data("o = trainingOptions('sgdm',MaxEpochs=2,MiniBatchSize=20,ValidationData={X,Y});")
    lines = data("[net,info] = trainNetwork(X,Y,layers,o); y = predict(net,X); ok = all(isfinite(y(:)));")
    assert lines[-1] == "Training finished: Stopped manually."
    assert bool(data["ok"]) and np.isnan(data["info"].fields["FinalValidationLoss"])


def test_ctrl_c_while_the_end_is_told_leaves_the_network(data):
    data("o = trainingOptions('sgdm',MaxEpochs=1,MiniBatchSize=20,Verbose=false);")

    def watching(nargout, info):
        if info.fields["State"].data.item() == "done":
            raise KeyboardInterrupt
        return False

    data["o"] = data["o"].set("OutputFcn", Function(watching, "watching"))
    data("net = trainNetwork(X,Y,layers,o); n = numel(net.Layers);")
    assert data["n"] == 7


def test_networks_of_several_inputs_are_trained_on_combined_datastores(data):
    data("g = layerGraph([imageInputLayer([6 6 1],Name='x'); fullyConnectedLayer(4,Name='f');"
         "additionLayer(2,Name='+'); reluLayer; fullyConnectedLayer(3); softmaxLayer; classificationLayer]);"
         "g = addLayers(g,[featureInputLayer(2,Name='v'); fullyConnectedLayer(4,Name='h')]);"
         "g = connectLayers(g,'h','+/in2');"
         "ds = combine(arrayDatastore(X,IterationDimension=4),arrayDatastore([k -k]),arrayDatastore(Y));"
         "o = trainingOptions('adam',MaxEpochs=10,MiniBatchSize=12,Verbose=false,InitialLearnRate=0.02,"
         "Shuffle='every-epoch'); rng(0), net = trainNetwork(ds,g,o);"
         "right = mean(classify(net,X,[k -k]) == Y);")  # fmt: skip
    assert data["right"] == 1
    fault = data.fault("trainNetwork(X,Y,g,o)")
    assert fault.message == "Invalid training data. For a network with several inputs, the data must be a datastore."


def test_images_are_learnt_from_images(data):
    data("l = [imageInputLayer([6 6 1],Normalization='none'); convolution2dLayer(1,1); regressionLayer];"
         "o = trainingOptions('adam',MaxEpochs=60,MiniBatchSize=20,Verbose=false,InitialLearnRate=0.1,"
         "L2Regularization=0); [net,info] = trainNetwork(X,3*X-1,l,o); w = [net.Layers(2).Weights net.Layers(2).Bias];"
         "first = info.TrainingLoss(1);")  # fmt: skip
    assert data["w"].ravel() == pytest.approx([3, -1], abs=0.05)
