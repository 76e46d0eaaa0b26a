"""trainnet and testnet of networks with several outputs: targets in the last columns of a datastore, a loss of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cnnscript.builtins.training.metric_choice import Chosen, network_output
from cnnscript.builtins.training.script_losses import as_loss, labelled_pair
from cnnscript.builtins.training.targets import Targets, invalid
from cnnscript.engine.graph import Network
from cnnscript.engine.recorded_networks import labels_of
from cnnscript.engine.training.goals import Goal, Measure
from cnnscript.engine.training.metrics import Metric
from cnnscript.engine.training.several_outputs import of_output
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function


@dataclass(frozen=True)
class SeveralTargets:
    """Targets of several outputs: each has a column of its own in what the datastore reads."""

    each: tuple[Targets, ...]
    what: str = "training"
    of_pixels = False
    classes = None

    def of(self, responses: Any) -> Any:
        raise invalid(self.what, "Invalid {} data. For a network with several outputs, the data must be a datastore.",
                      f"the network has {len(self.each)} outputs",
                      hint="combine(dsX,dsT1,dsT2) makes one")  # fmt: skip

    def as_validation(self) -> SeveralTargets:
        return SeveralTargets(tuple(one.as_validation() for one in self.each), "validation")


def goal_of_several(session: Any, loss: Any, told: Sequence[Chosen], network: Network, places: Sequence[int]) -> Goal:
    """loss = f(Y1,...,Yn,T1,...,Tn), and metrics that each look at one output."""
    if type(loss) is not Function:
        raise ScriptError(
            "nnet_cnn:trainnet:LossOfSeveralOutputs",
            "For networks with multiple outputs, the loss function must be a function handle.",
            notes=(f"the network has {len(places)} outputs", f"got {take.described(loss)}"),
            hint="@(Y1,Y2,T1,T2) crossentropy(Y1,T1) + mse(Y2,T2)",
        )
    labels = [labels_of(network, place) for place in places]
    return Goal(loss_of_several(session, loss, labels), metrics_of_several(session, told, network, places), False)


def loss_of_several(session: Any, function: Function, labels: Sequence[str]) -> Measure:
    def loss(outputs, targets):
        pairs = [labelled_pair(*each) for each in zip(outputs, targets, labels, strict=True)]
        given = [y for y, _ in pairs], [t for _, t in pairs]
        return as_loss(session.call(function, 1, *given[0], *given[1]), function.text)

    return loss


def metrics_of_several(session: Any, told: Sequence[Chosen], network: Network, places: Sequence[int]
                       ) -> tuple[Metric, ...]:  # fmt: skip
    names = [network.layers[place].name for place in places]
    found = []
    for one in told:
        word = network_output(one)
        if word not in names:
            raise ScriptError(
                "nnet_cnn:metric:NetworkOutputNeeded",
                "For networks with multiple outputs, each metric must be an object whose NetworkOutput is the name of "
                "an output.",
                notes=(f"the metric '{one.title}' has {f'{word!r}' if word else 'none'}",
                       "outputs are " + ", ".join(f"'{name}'" for name in names)),
            )  # fmt: skip
        place = names.index(word)
        found.append(of_output(one.measure(session, labels_of(network, places[place])), place))
    return tuple(found)
