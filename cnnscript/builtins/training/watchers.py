"""Who is told how training goes: the record, functions of the script, checkpoints."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from math import nan
from typing import Any

import numpy as np

from cnnscript.builtins.files.matfiles import SaveWishes, write_mat
from cnnscript.engine.training.loop import Moment, Outcome, Watcher
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import EMPTY, as_array, is_cell, norm, numel_of
from cnnscript.values.structs import Struct
from cnnscript.values.text import String
from cnnscript.values.warn import warn


class Watchers(Watcher):
    """Several, told in their order."""

    def __init__(self, all_of_them: Sequence[Watcher]):
        self.all = list(all_of_them)

    def begins(self, total: int | None) -> bool:
        return any([one.begins(total) for one in self.all])

    def iteration(self, moment: Moment) -> bool | str:
        return next(filter(None, [one.iteration(moment) for one in self.all]), False)

    def learnt(self) -> None:
        for one in self.all:
            one.learnt()

    def checkpoint(self, epoch: int, iteration: int, epoch_over: bool) -> None:
        for one in self.all:
            one.checkpoint(epoch, iteration, epoch_over)


class Record(Watcher):
    """All that was measured.

    figures  those in which it was drawn
    """

    def __init__(self) -> None:
        self.moments: list[Moment] = []
        self.figures: list[Any] = []

    def iteration(self, moment: Moment) -> bool:
        self.moments.append(moment)
        return False

    def info(self, metric: str, validated: bool, outcome: Outcome) -> Struct:
        """What trainNetwork gives as its second output.  metric: 'Accuracy' or 'RMSE'."""
        moments = self.moments

        def of(values: Sequence[float]) -> Any:
            return norm(np.array([values], float).reshape(1, -1))

        seen = [(nan, nan) if one.validation is None else (one.validation.loss, one.validation.metric)
                for one in moments]  # fmt: skip
        fields = {
            "TrainingLoss": of([one.training.loss for one in moments]),
            f"Training{metric}": of([one.training.metric for one in moments]),
        }
        if validated:
            fields |= {"ValidationLoss": of([loss for loss, _ in seen]),
                       f"Validation{metric}": of([value for _, value in seen])}  # fmt: skip
        fields["BaseLearnRate"] = of([one.rate for one in moments])
        if validated:
            final = outcome.final
            fields |= {"FinalValidationLoss": nan if final is None else final.loss,
                       f"FinalValidation{metric}": nan if final is None else final.metric}  # fmt: skip
        return Struct({**fields, "OutputNetworkIteration": float(outcome.output_iteration)})


class OutputFunctions(Watcher):
    """Functions of the script: each is given a struct; what is true stops the training.

    fields  of a moment (None before the first iteration and after the last), and the state, the struct's
    """

    def __init__(self, session: Any, functions: Any, fields: Callable[[Moment | None], dict[str, Any]]):
        self.session, self.fields = session, fields
        self.functions = functions.ravel("F").tolist() if is_cell(functions) else [functions]
        self.latest: Moment | None = None

    def begins(self, total: int | None) -> bool:
        return self.tell(None, "start")

    def iteration(self, moment: Moment) -> bool:
        self.latest = moment
        return self.tell(moment, "iteration")

    def ends(self) -> None:
        self.tell(None, "done")

    def tell(self, moment: Moment | None, state: str) -> bool:
        fields = self.fields(moment)
        if state == "done" and self.latest is not None:
            fields |= {"Epoch": float(self.latest.epoch), "Iteration": float(self.latest.iteration)}
        told = Struct({**fields, "State": String.of(state)})
        answers = [self.session.call(function, 1, told) for function in self.functions]
        return any(numel_of(answer) and bool(as_array(answer).all()) for answer in answers)


def iteration_fields(metric: str) -> Callable[[Moment | None], dict[str, Any]]:
    """The fields that trainNetwork tells.  metric: 'Accuracy' or 'RMSE'."""

    def fields(moment: Moment | None) -> dict[str, Any]:
        empty = dict.fromkeys(("TimeSinceStart", "TrainingLoss", "ValidationLoss", "BaseLearnRate", "TrainingAccuracy",
                               "TrainingRMSE", "ValidationAccuracy", "ValidationRMSE"), EMPTY)  # fmt: skip
        made = {"Epoch": 0.0, "Iteration": 0.0, **empty}
        if moment is None:
            return made
        made |= {
            "Epoch": float(moment.epoch), "Iteration": float(moment.iteration), "TimeSinceStart": moment.seconds,
            "TrainingLoss": moment.training.loss, "BaseLearnRate": moment.rate,
            f"Training{metric}": moment.training.metric,
        }  # fmt: skip
        if moment.validation is not None:
            made |= {"ValidationLoss": moment.validation.loss, f"Validation{metric}": moment.validation.metric}
        return made

    return fields


class Checkpoints(Watcher):
    """Networks saved meanwhile: a file net_checkpoint__iteration__date__time.mat with the variable net for each.

    network  gives the network as it is then, as a value of the language
    every    so many epochs (or iterations, where `by_iteration`)
    """

    def __init__(self, session: Any, folder: str, every: int, by_iteration: bool, network: Callable[[], Any]):
        self.session, self.folder, self.every = session, os.path.expanduser(folder), every
        self.by_iteration, self.network = by_iteration, network

    def checkpoint(self, epoch: int, iteration: int, epoch_over: bool) -> None:
        due = not iteration % self.every if self.by_iteration else epoch_over and not epoch % self.every
        if not due:
            return
        name = f"net_checkpoint__{iteration}__{datetime.now():%Y_%m_%d__%H_%M_%S}.mat"
        path = os.path.join(self.folder, name)
        try:
            write_mat(self.session, path, {"net": self.network()}, SaveWishes([]))
        except ScriptError as fault:  # what is learned is worth more than a copy of it
            warn(
                "nnet_cnn:internal:cnn:CheckpointSaver:SavingFailed",
                f"Failed to save checkpoint network to file {path}. {fault.message}",
            )
