"""Schedules of learn rates as scripts give them, and the rates that training tells."""

import pytest

DATA = """
F = randn(12,2); R = F*[1;2]; net = dlnetwork([featureInputLayer(2,Normalization='none'); fullyConnectedLayer(1)]);
o = trainingOptions('sgdm',MaxEpochs=4,MiniBatchSize=6,InitialLearnRate=0.01,Verbose=false);
"""


@pytest.fixture
def data(run):
    run(DATA)
    return run


def rates(data, schedule):
    data(f"o.LearnRateSchedule = {schedule}; [~,info] = trainnet(F,R,net,'mse',o); r = info.TrainingHistory.LearnRate;")
    return data["r"].ravel() / 0.01


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("'none'", [1] * 8),
        ("'warmup'", [0.1, 0.28, 0.46, 0.64, 0.82, 1, 1, 1]),
        ('"polynomial"', [1, 1, 0.75, 0.75, 0.5, 0.5, 0.25, 0.25]),
        ('"cosine"', [1, 1, 0.853553, 0.853553, 0.5, 0.5, 0.146447, 0.146447]),
        ("exponentialLearnRate(DropFactor=0.5)", [1, 1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125]),
        ("'cyclical'", [1, 1, 2.8, 2.8, 4.6, 4.6, 6.4, 6.4]),
        ('{warmupLearnRate(NumSteps=2,InitialFactor=0.5),piecewiseLearnRate(Period=3,FrequencyUnit="iteration")}',
         [0.5, 0.75, 1, 1, 1, 0.1, 0.1, 0.1]),
        ("@(first,epoch) first/epoch", [1, 1, 0.5, 0.5, 1 / 3, 1 / 3, 0.25, 0.25]),
    ],
)  # fmt: skip
def test_training_follows_the_schedule(data, schedule, expected):
    assert rates(data, schedule) == pytest.approx(expected, abs=1e-6)


def test_piecewise_by_name_takes_the_options(data):
    data("o.LearnRateDropFactor = 0.5; o.LearnRateDropPeriod = 1;")
    assert rates(data, "'piecewise'") == pytest.approx([1, 1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125])
    assert rates(data, '["warmup" "piecewise"]') == pytest.approx([0.1, 0.28, 0.46, 0.64, 0.82, 1, 0.5, 0.5])


OWN = """classdef slowing < deep.LearnRateSchedule
  properties, Asked = 0, end
  methods
    function s = slowing, s.FrequencyUnit = "iteration"; s.NumSteps = Inf; end
    function [s,r] = update(s,first,iteration,epoch), s.Asked = s.Asked + 1; r = first/(s.Asked*iteration); end
  end
end
"""


def test_a_class_of_schedules_of_the_script_remembers_what_it_was_asked(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "slowing.m").write_text(OWN)
    assert rates(data, "slowing") == pytest.approx([1 / k**2 for k in range(1, 9)])


def test_objects_are_shown_and_checked_and_kept(run):
    lines = run("s = cyclicalLearnRate(MaxFactor=2); s.Period = 4; s")
    assert lines == ["s =", "cyclicalLearnRate with properties:", "MaxFactor: 2", "Period: 4", "StepRatio: 0.5000",
                     "FrequencyUnit: 'epoch'", "NumSteps: Inf"]  # fmt: skip
    assert run.fault("s.StepRatio = 1;").message == (
        "The value of 'StepRatio' is invalid. Expected input to be a scalar with value < 1."
    )
    assert "read-only" in run.fault("s.NumSteps = 3;").message
    assert run("s.Period(1) = 5; disp(s.Period)") == ["5"]
    assert run("o = trainingOptions('adam',LearnRateSchedule={s,'cosine'}); save kept o; clear; load kept\n"
               "disp(o.LearnRateSchedule{1}.MaxFactor), disp(o.LearnRateSchedule{2})") == ["2", "cosine"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("trainingOptions('sgdm',LearnRateSchedule=3)",
         "The value of 'LearnRateSchedule' is invalid. Expected input to be a name, a learning rate schedule object, a "
         "function handle, or a string or cell array of them."),
        ("o.LearnRateSchedule = @(first,epoch) -1; trainnet(F,R,net,'mse',o)",
         "A learning rate must be a nonnegative finite scalar."),
        ("o.LearnRateSchedule = 'cosine'; trainNetwork(F,R,[featureInputLayer(2); fullyConnectedLayer(1); "
         "regressionLayer],o)", "trainNetwork supports the learning rate schedules 'none' and 'piecewise' only."),
    ],
)  # fmt: skip
def test_schedules_that_do_not_suit_are_refused(data, text, message):
    assert data.fault(text).message == message
