"""trainingProgressMonitor: what it holds, what is drawn, and that the program's own figures are left alone."""

import pytest


def test_points_and_words_are_kept_and_drawn(run):
    run(
        """
        monitor = trainingProgressMonitor(Metrics=["TrainingLoss" "ValidationLoss" "Accuracy"],Info="Epoch", ...
            XLabel="Step");
        groupSubPlot(monitor,"Loss",["TrainingLoss" "ValidationLoss"]);
        for k = 1:4, recordMetrics(monitor,k,TrainingLoss=dlarray(1/k),Accuracy=single(k)); end
        s.ValidationLoss = 3; recordMetrics(monitor,4,s); updateInfo(monitor,Epoch="1 of 2");
        monitor.Progress = 50; monitor.Status = "Half"; data = monitor.MetricData; said = monitor.InfoData.Epoch;
    """
    )
    assert run["data"].fields["TrainingLoss"].tolist() == [[1, 1], [2, 1 / 2], [3, 1 / 3], [4, 1 / 4]]
    assert run["data"].fields["ValidationLoss"].tolist() == [[4, 3]]
    (words,) = run.seen()
    assert "animatedline 4 points, animatedline 1 points" in words and "ylabel 'Loss'" in words
    assert "xlabel 'Step'" in words and "text 'Half (50 %)', text 'Epoch:', text '1 of 2'" in words


def test_plots_of_the_program_do_not_land_in_it(run):
    run("""
        figure; plot(1:2); m = trainingProgressMonitor(Metrics="Loss"); recordMetrics(m,1,Loss=2); hold on; plot(3:4)
        n = numel(get(gca,'Children')); close all; recordMetrics(m,2,Loss=1); left = size(m.MetricData.Loss,1);
    """)
    assert run["n"] == 2 and run["left"] == 2


def test_properties_are_set_later_and_an_invisible_one_draws_nothing(run):
    run("""
        m = trainingProgressMonitor(Visible=false); m.Metrics = ["A" "B"]; m.Info = "Epoch"; m.XLabel = "Iteration";
        recordMetrics(m,1,A=1,B=2); stop = m.Stop; names = m.Metrics;
    """)
    assert run["stop"] is False and run["names"].data.ravel().tolist() == ["A", "B"]
    assert run.seen() == []


def test_the_button_of_its_window_stops_the_loop(run):
    run.session.desk.presenter.keeps = False  # as in windows, where the button is
    run("m = trainingProgressMonitor(Metrics=\"A\"); recordMetrics(m,1,A=1); b = findall(0,'Style','pushbutton');")
    run("f = b.Callback; f(b,[]); stop = m.Stop;")
    assert run["stop"] is True


@pytest.mark.parametrize(
    ("steps", "limits"),
    [
        ("[0.01 0.02 0.03]", [0, 0.03]),  # epochs as fractions, across all of the axis
        ("[0.3 0.7]", [0, 0.8]),
        ("[1 2 11]", [0, 15]),
        ("[0 1e-310]", [0, 1e-300]),
        ("[Inf 3 Inf 5]", [0, 5]),
        ("[5 -3 7]", [-3, 7]),  # as the axes has them of itself
        ("[-3 -1]", [-3, -1]),
    ],
)  # fmt: skip
def test_the_axis_of_a_window_holds_all_steps_and_little_else(run, steps, limits):
    run.session.desk.presenter.keeps = False  # as in windows, where the axis ends beyond the last step
    run(f'm = trainingProgressMonitor(Metrics="Loss"); for s = {steps}, recordMetrics(m,s,Loss=1); end')
    run("x = get(findall(0,'Type','axes','Visible','on'),'XLim');")
    assert run["x"].ravel().tolist() == pytest.approx(limits, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('recordMetrics(m,1,Lost=2)', "The monitor has no metric 'Lost'."),
        ('recordMetrics(m,1,Loss=[1 2])', "The metric Loss must be a numeric scalar."),
        ('updateInfo(m,Epoch=1)', "The monitor has no info 'Epoch'."),
        ('groupSubPlot(m,"All",["Loss" "Acc"])', "The monitor has no metric 'Acc'."),
        ('m.Stop = true;', "Unable to set the 'Stop' property"),
        ('m.Progress = 200;', "Progress must be a number from 0 to 100."),
        ('trainingProgressMonitor(Metrics="not a name")', "Metrics must be valid variable names."),
        ('recordMetrics(5,1,Loss=2)', "Incorrect number or types of inputs or outputs for function recordMetrics."),
    ],
)  # fmt: skip
def test_mistakes_are_told(run, text, sentence):
    assert run.fault(f'm = trainingProgressMonitor(Metrics="Loss"); {text}').message.startswith(sentence)
