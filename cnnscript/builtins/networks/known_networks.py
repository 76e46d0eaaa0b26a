"""What is known of networks by name before they are made: for checks of programs that are not run."""

from __future__ import annotations

from functools import cache
from typing import Any

from cnnscript.builtins.explanations.feature_pictures import channel_numbers
from cnnscript.builtins.explanations.targets import class_numbers, scored_layer
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.image_pretrained_networks import with_flat_ends
from cnnscript.builtins.networks.known_graphs import KnownObject, as_value, object_of
from cnnscript.builtins.networks.network_making import without_outputs
from cnnscript.builtins.networks.network_objects import graph_of
from cnnscript.builtins.networks.pretrained_networks import NAMES, NETWORKS, untrained
from cnnscript.builtins.networks.question_arguments import layer_number
from cnnscript.engine.architectures import architecture
from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Size
from cnnscript.engine.questions import check_images, wrong_size
from cnnscript.engine.zoo import Zoo
from cnnscript.errors import ScriptError
from cnnscript.values import take

INSTALL = "nnet_cnn:supportpackages:InstallRequired"


class KnownNetwork:
    """A network that a program names: its layers, its sizes, where its weights are."""

    def __init__(self, name: str, network: Network, zoo: Zoo):
        self.name = name
        self.network = network
        self.zoo = zoo

    def layer(self, layer: str | float) -> int:
        """The 0-based number of a layer, by name or 1-based number; ScriptError when there is none."""
        return layer_number(self.network, layer)

    def fits(self, size: tuple[int, ...], layer: int | None, exactly: bool) -> None:
        """Raise the error of a question about images of a size (height, width, perhaps channels) up to a layer."""
        network = self.network
        channels = size[2] if len(size) > 2 else network.input_size[2]
        got: Size = (size[0], size[1], channels)
        if exactly and network.kind != "dlnetwork" and got != network.input_size:
            raise wrong_size(network, got)
        last = network.number(network.output_names[-1]) if layer is None else layer
        check_images(network, [(1, *got)], [last])

    def label(self, label: Any) -> None:
        """Raise the error of an explanation of classes (a text, a number, several) that there are not."""
        class_numbers(self.network, scored_layer(self.network), as_value(label))

    def channels(self, function: str, layer: int, channels: Any) -> None:
        """Raise the error of a question about channels that a layer (a 0-based number) has not."""
        channel_numbers(self.network, layer, as_value(channels), function)

    def as_dlnetwork(self) -> KnownNetwork:
        """dag2dlnetwork(net)"""
        graph = without_outputs(graph_of(self.network))
        return KnownNetwork(self.name, Network(graph.layers, graph.sorted_connections(), kind="dlnetwork"), self.zoo)

    def property(self, name: str) -> Any:
        """A property as a fact."""
        return KnownObject(object_of(self.network)).property(name) if name in ("Layers", "OutputNames") else None

    def is_a(self, class_name: str) -> bool:
        """isa(net, class_name)"""
        return class_name == object_of(self.network).class_name

    def missing(self) -> tuple[bool, ScriptError] | None:
        """None where the weights are here; else whether making the network is sure to fail, and what is to be said."""
        if self.zoo.found_file(self.name) is not None:
            return None
        sources = [source for source in self.zoo.sources_of(self.name) if source.packaged is None]
        fetched = [source for source in sources if source.hash is not None]
        message = f"The weights of {self.name} are not on this computer."
        if fetched and self.zoo.may_download():
            message += f" Running this fetches them: {fetched[0].size_text}."
            return False, ScriptError(INSTALL, message, hint=f"cnnscript weights get {self.name} fetches them before")
        if sources and self.zoo.may_download():
            hint = f"cnnscript weights get {self.name} --unchecked fetches them ({sources[0].size_text})"
        elif sources:
            hint = f"downloads are switched off (CNNSCRIPT_OFFLINE); they are {sources[0].size_text}"
        else:
            hint = f"cnnscript weights add {self.name} FILE takes a copy"
        return True, ScriptError(INSTALL, message, hint=hint)


@cache
def _zoo() -> Zoo:
    return Zoo()


def known(name: str, texts: list[str]) -> KnownNetwork | KnownObject | None:
    """The network that a function gives for its arguments, all texts, or its layers; None where that is not known.

    Raises the error of a data set that the network was not trained on.
    """
    words = [text.lower() for text in texts]
    newer = name == "imagePretrainedNetwork"
    if newer:
        name, words = (words[0], words[1:]) if len(words) % 2 else ("squeezenet", words)
    if name not in NETWORKS:
        return None
    options = dict(zip(words[::2], words[1::2], strict=False))
    if options.keys() & {"numclasses", "numresponses"}:
        return None
    weights = options.get("weights", "imagenet")
    if not newer:
        weights = take.choice(weights, ("imagenet", *NETWORKS[name].others, "none"), "Weights")
    chosen = NAMES.get((name, weights), name)
    if weights == "none" and not newer:
        return KnownObject(untrained(architecture(name)))
    network = architecture(chosen).network()
    if newer:
        graph = with_flat_ends(without_outputs(graph_of(network)))
        if weights == "none":
            return KnownObject(DLNetwork(graph))
        network = Network(graph.layers, graph.sorted_connections(), kind="dlnetwork")
    return KnownNetwork(chosen, network, _zoo())
