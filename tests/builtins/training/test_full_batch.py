"""L-BFGS and Levenberg-Marquardt: their options, their tables, and what they find, against closed forms."""

import re

import numpy as np
import pytest

from cnnscript.engine.training.full_batch import DAMPED, Curved, Damped
from cnnscript.engine.training.loop import COMPLETED
from cnnscript.engine.training.plans import DampedSteps

DATA = """
rng(3); F = randn(30,2); R = F*[2;-1] + 0.5 + 0.1*randn(30,1);
line = dlnetwork([featureInputLayer(2,Normalization='none'); fullyConnectedLayer(1)]);
w0 = double([extractdata(line.Learnables.Value{1})'; extractdata(line.Learnables.Value{2})]);
found = @(n) double([extractdata(n.Learnables.Value{1})'; extractdata(n.Learnables.Value{2})]);
"""


@pytest.fixture
def data(run):
    run(DATA)
    return run


def problem(data, decay):
    """Gradient at the start and curvature of mean squares and weight decay; the solution of their equations."""
    ones = np.hstack([data["F"], np.ones((30, 1))])
    curvature = 2 / 30 * ones.T @ ones + np.diag([decay, decay, 0])
    right = 2 / 30 * ones.T @ data["R"]
    return curvature @ data["w0"] - right, curvature, np.linalg.solve(curvature, right)


@pytest.mark.parametrize(
    "solver", ["'lbfgs'", "'lbfgs',LineSearchMethod='strong-wolfe',HistorySize=3", "'lbfgs',LineSearchMethod="
               "'backtracking',InitialStepSize=0.1", "'lm'"],
)  # fmt: skip
def test_a_line_is_found_exactly_with_weight_decay(data, solver):
    data(f"o = trainingOptions({solver},L2Regularization=0.3,Verbose=false);"
         "[n,info] = trainnet(F,R,line,'mse',o); w = found(n); k = height(info.TrainingHistory);")  # fmt: skip
    assert data["w"].ravel() == pytest.approx(problem(data, 0.3)[2].ravel(), abs=2e-3)
    assert data["k"] < 60


def test_the_first_step_of_lbfgs_is_the_gradient_times_the_factor(data):
    data("o = trainingOptions('lbfgs',MaxIterations=1,InitialInverseHessianFactor=0.05,LineSearchMethod='backtracking',"
         "L2Regularization=0.3,Verbose=false); [n,info] = trainnet(F,R,line,'mse',o); w = found(n);"
         "g = info.TrainingHistory.GradientNorm; s = info.TrainingHistory.StepNorm; r = info.StopReason;")  # fmt: skip
    gradient, curvature, _ = problem(data, 0.3)
    step = -0.05 * gradient
    assert data["w"] == pytest.approx(data["w0"] + step, abs=1e-5)
    assert data["s"] == pytest.approx(np.linalg.norm(step), rel=1e-4)
    assert data["g"] == pytest.approx(np.linalg.norm(gradient + curvature @ step), rel=1e-4)
    assert data("disp(r)") == ["Max iterations completed"]


def test_the_first_step_of_lm_is_damped(data):
    data("o = trainingOptions('lm',MaxIterations=1,InitialDampingFactor=0.5,L2Regularization=0.3,Verbose=false);"
         "n = trainnet(F,R,line,'mse',o); w = found(n);")  # fmt: skip
    gradient, curvature, _ = problem(data, 0.3)
    step = np.linalg.solve(curvature + 0.5 * np.eye(3), -gradient)
    assert data["w"] == pytest.approx(data["w0"] + step, abs=1e-5)


def test_the_table_tells_norms_instead_of_rates(data):
    lines = data("o = trainingOptions('lbfgs',MaxIterations=4,VerboseFrequency=2,ValidationData={F,R},"
                 "ValidationFrequency=3,GradientTolerance=0,StepTolerance=0,Metrics='rmse',OutputFcn=@(i) "
                 "isfield(i,'StepNorm') && i.State == \"iteration\" && i.Iteration == 99);"
                 "[n,i] = trainnet(F,R,line,'mse',o); v = i.TrainingHistory.Properties.VariableNames;")  # fmt: skip
    assert lines[0].split() == ["Iteration", "TimeElapsed", "TrainingLoss", "ValidationLoss", "GradientNorm",
                                "StepNorm", "TrainingRMSE", "ValidationRMSE"]  # fmt: skip
    assert [line.split()[0] for line in lines[2:-1]] == ["0", "1", "2", "3", "4"]
    assert lines[-1] == "Training stopped: Max iterations completed"
    assert data["v"].ravel().tolist() == ["Iteration", "Loss", "GradientNorm", "StepNorm", "RMSE"]


def test_tolerances_end_the_training(data):
    reasons = [data(f"[~,info] = trainnet(F,R,line,'mse',trainingOptions('lbfgs',Verbose=false,{option}=0.5));"
                    "disp(info.StopReason)") for option in ("GradientTolerance", "StepTolerance")]  # fmt: skip
    assert reasons == [["Gradient tolerance reached"], ["Step tolerance reached"]]


def test_classes_are_learnt_from_all_data_at_once(data):
    data("T = categorical(F(:,1) > F(:,2)); n = dlnetwork([featureInputLayer(2); batchNormalizationLayer; "
         "fullyConnectedLayer(2); softmaxLayer]); o = trainingOptions('lbfgs',MaxIterations=30,Verbose=false);"
         "m = trainnet(F,T,n,'crossentropy',o); a = testnet(m,F,T,'accuracy'); s = m.State.Value{1};")  # fmt: skip
    assert data["a"] == 100
    assert np.abs(data["s"].value).max() > 0  # the batches' statistics are carried on


def test_options_are_shown_with_what_the_solver_has(run):
    lines = run("o = trainingOptions('lm',MaxIterations=20)")
    assert lines[1:9] == [
        "TrainingOptionsLM with properties:", "MaxIterations: 20", "InitialDampingFactor: 1.0000e-03",
        "MaxDampingFactor: 1.0000e+10", "DampingIncreaseFactor: 10", "DampingDecreaseFactor: 0.1000",
        "GradientTolerance: 1.0000e-05", "StepTolerance: 1.0000e-05",
    ]  # fmt: skip
    assert not any(re.match("(MaxEpochs|MiniBatchSize|InitialLearnRate|Shuffle):", line) for line in lines)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("trainingOptions('lm',MaxEpochs=3)", "'MaxEpochs' is not an option for solver 'lm'."),
        ("trainingOptions('adam',HistorySize=3)", "'HistorySize' is not an option for solver 'adam'."),
        ("trainingOptions('lm',DampingIncreaseFactor=1)",
         "The value of 'DampingIncreaseFactor' is invalid. Expected input to be a scalar with value > 1."),
        ("o = trainingOptions('lbfgs'); o.InitialLearnRate = 1;",
         "Unrecognized property 'InitialLearnRate' for class 'nnet.cnn.TrainingOptionsLBFGS'."),
        ("trainnet(F,R,line,'mae',trainingOptions('lm'))",
         'For the "lm" solver, the loss function must be "mse" and targets numeric.'),
        ("trainNetwork(F,R,[featureInputLayer(2); fullyConnectedLayer(1); regressionLayer],trainingOptions('lbfgs'))",
         "trainNetwork does not support the solver 'lbfgs'."),
    ],
)  # fmt: skip
def test_what_does_not_suit_is_refused(data, text, message):
    assert data.fault(text).message == message


@pytest.mark.parametrize(("solver", "kind"), [("lbfgs", Curved), ("lm", Damped)])
def test_ctrl_c_in_a_step_leaves_the_network_of_the_iteration_before(data, monkeypatch, solver, kind):
    data(f"o = trainingOptions('{solver}',MaxIterations=1,Verbose=false); n = trainnet(F,R,line,'mse',o);"
         "want = found(n); o.MaxIterations = 9;")  # fmt: skip
    step, made = kind.step, []

    def interrupted(self):
        made.append(self)
        if len(made) == 2:
            self.whole.evaluate(self.point + 1)
            raise KeyboardInterrupt
        return step(self)

    monkeypatch.setattr(kind, "step", interrupted)
    data("[n,info] = trainnet(F,R,line,'mse',o); w = found(n); k = info.OutputNetworkIteration;")
    assert data["w"].tolist() == data["want"].tolist()
    assert data["k"] == 1


class Parabola:
    """(x - 3)² of the first of two parameters: the curvature without damping is singular."""

    decay = np.zeros(2)

    def __init__(self, better=True):
        self.better, self.tried = better, 0

    def vector(self):
        return np.zeros(2)

    def errors(self, point):
        return point[:1] - 3, np.array([[1.0, 0.0]])

    def evaluate(self, point):
        self.tried += 1
        assert self.tried < 100, "it does not end"
        return (point[0] - 3) ** 2 if self.better else np.inf, None


def test_damping_that_shrank_to_nothing_grows_again():
    whole = Parabola()
    steps = Damped(whole, DampedSteps(first_damping=1.0, decrease=1e-300))
    assert steps.step() == COMPLETED
    assert steps.damping > 0
    whole.better = False
    assert steps.step() == DAMPED


def test_a_singular_curvature_is_damped_more():
    steps = Damped(Parabola(), DampedSteps(first_damping=1e-3))
    steps.curvature[1, 1] = -1e-3  # what a damping of 0.001 makes singular
    assert steps.step() == COMPLETED
    assert steps.point == pytest.approx([3, 0], abs=0.02)


@pytest.mark.parametrize("name", ["MSE", "Mean-Squared"])
def test_names_of_losses_come_in_any_letter_case(data, name):
    data("o = trainingOptions('lm',Verbose=false,MaxIterations=5); a = found(trainnet(F,R,line,'mse',o));"
         f"b = found(trainnet(F,R,line,'{name}',o));")  # fmt: skip
    assert (data["a"] == data["b"]).all()
