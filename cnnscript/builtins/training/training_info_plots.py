"""show and close: the plots of a training that is over, from its record."""

from __future__ import annotations

from cnnscript.builtins.differentiation.training_boards import Board, Section
from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.training.progress_plots import plot_of
from cnnscript.builtins.training.trainnet import TrainingInfo
from cnnscript.values import take
from cnnscript.values.numeric import class_of
from cnnscript.values.tables import Table
from cnnscript.values.text import text_or_none

BESIDE = ("Iteration", "Epoch", "LearnRate", "GradientNorm", "StepNorm")  # columns that are no metrics


@builtin
def show(session, info, /):
    """
    show(info)

    Plot the loss and the metrics that trainnet recorded, as 'Plots','training-progress' does; close(info) closes it.

    Examples
      >> X = cat(4,zeros(4,4,1,32),ones(4,4,1,32)); T = categorical([zeros(32,1); ones(32,1)]);
      >> net = dlnetwork([imageInputLayer([4 4 1]); fullyConnectedLayer(2); softmaxLayer]);
      >> options = trainingOptions("adam",MaxEpochs=5,MiniBatchSize=16,Verbose=false);
      >> [net,info] = trainnet(X,T,net,"crossentropy",options); show(info); close(info)
      figure 'Training Progress': axes 1: animatedline 20 points, animatedline 20 points, xlabel 'Iteration', ylabel 'Loss', legend 'Training', 'Training (smoothed)'; axes 2: text 'Training finished: / Iteration:', text 'Max epochs completed / 20'

    See also trainnet, trainingOptions, trainingProgressMonitor, close.
    """  # noqa: E501
    if not isinstance(info, TrainingInfo):
        raise take.unfit_inputs("show", f"show takes the second output of trainnet; this is a {class_of(info)}")
    training, validation = columns(info.get("TrainingHistory")), columns(info.get("ValidationHistory"))
    names = [*(name for name in training if name not in (*BESIDE, "Loss")), "Loss"]
    points = {f"Training {name}": (training["Iteration"], training[name]) for name in names}
    seen = [name for name in names if name in validation]
    points |= {f"Validation {name}": (validation["Iteration"], validation[name]) for name in seen}
    plots = [
        plot_of(at, name, None if name == "Loss" else name, name in info.percent, name in validation)
        for at, name in enumerate(names)
    ]
    board = Board(session, plots, "Iteration", None)
    board.figure.graphic.shows = info
    reason = text_or_none(info.get("StopReason")) or ""
    rows = [("Training finished", reason), ("Iteration", f"{max(training['Iteration'], default=0):.0f}")]
    board.put(points, "", None, [Section("Results", rows)], paint=True)


@overload("deep.TrainingInfo", name="close")
def close_training_info(session, info, /):
    """
    close(info)

    Close the plots of a training: that which trainnet drew, and those of show. Nothing happens where there are none.

    Examples
      >> X = cat(4,zeros(4,4,1,32),ones(4,4,1,32)); T = categorical([zeros(32,1); ones(32,1)]);
      >> net = dlnetwork([imageInputLayer([4 4 1]); fullyConnectedLayer(2); softmaxLayer]);
      >> options = trainingOptions("adam",MaxEpochs=5,MiniBatchSize=16,Verbose=false);
      >> [net,info] = trainnet(X,T,net,"crossentropy",options); close(info)

    See also trainnet, show, figure.
    """
    for figure in [one for one in session.desk.figures() if one.shows is info]:
        session.desk.close(figure)


def columns(table: Table) -> dict[str, list[float]]:
    """A record by the names of its columns."""
    return {one.name: one.data.ravel().tolist() for one in table.variables}
