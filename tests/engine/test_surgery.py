"""Graphs of layers under surgery: what is connected to what afterwards, and what is refused."""

from dataclasses import dataclass

import pytest

from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.output_layers import ClassificationOutput
from cnnscript.engine.pointwise_layers import Addition, ReLU, Softmax
from cnnscript.engine.pooling_layers import MaxPooling
from cnnscript.engine.surgery import LayeredGraph
from cnnscript.errors import ScriptError


@dataclass(frozen=True)
class Held:
    """The least that a graph can hold: a description."""

    layer: object


def graph(*layers):
    return LayeredGraph.in_series([Held(layer) for layer in layers])


def relu(name):
    return Held(ReLU(name=name))


@pytest.fixture
def branched():
    """in → a → add/in1, in → b → add/in2, add → out"""
    start = graph(ImageInput(name="in", input_size=(8, 8, 3)), ReLU(name="a"), Addition(name="add"), ReLU(name="out"))
    return start.with_layers([relu("b")]).connected("in", "b").connected("b", "add/in2")


def test_layers_added_together_are_connected_in_series():
    made = graph(ReLU(name="a"), ReLU(name="b")).with_layers([relu("c"), relu("d")])
    assert made.connections == (("a", "b"), ("c", "d"))


def test_the_first_input_of_a_layer_with_several_is_the_one_in_series(branched):
    assert ("a", "add/in1") in branched.connections


def test_connections_are_listed_by_the_layer_that_feeds(branched):
    assert branched.sorted_connections() == (
        ("in", "a"), ("in", "b"), ("a", "add/in1"), ("add", "out"), ("b", "add/in2")
    )  # fmt: skip


def test_removing_a_layer_takes_its_connections_along(branched):
    left = branched.without_layers(["b"])
    assert left.open_inputs() == [("add", "in2")]
    assert len(branched.connections) == 5, "the graph that was cut is as it was"


def test_replacing_keeps_the_place_and_the_connections(branched):
    made = branched.with_replaced("b", [relu("new")])
    assert [layer.name for layer in made.layers] == ["in", "a", "add", "out", "new"]
    assert {("in", "new"), ("new", "add/in2")} <= set(made.connections)


def test_replacing_by_several_layers_connects_first_and_last(branched):
    made = branched.with_replaced("a", [relu("x"), relu("y")])
    assert {("in", "x"), ("x", "y"), ("y", "add/in1")} <= set(made.connections)
    assert [layer.name for layer in made.layers][:3] == ["in", "x", "y"]


def test_reconnecting_by_name_drops_ports_that_are_not_there_by_order_it_does_not(branched):
    narrow = Held(ReLU(name="one"))
    by_name = branched.with_replaced("add", [narrow])
    assert by_name.open_inputs() == [("one", "in")]
    by_order = branched.with_replaced("add", [narrow], "order")
    assert ("a", "one") in by_order.connections and ("b", "one") not in by_order.connections


def test_a_layer_name_may_occur_in_another_when_it_is_replaced():
    made = graph(ReLU(name="a"), ReLU(name="aa"), Addition(name="a_add")).with_replaced("a", [relu("z")])
    assert made.connections == (("z", "aa"), ("aa", "a_add/in1"))


def test_names_that_hold_a_slash_are_found_whole_first():
    made = graph(ReLU(name="base/conv"), ReLU(name="b")).disconnected("base/conv", "b")
    assert made.connections == ()
    assert made.connected("base/conv/out", "b/in").connections == (("base/conv", "b"),)


@pytest.mark.parametrize(
    "change, message, note",
    [
        (lambda g: g.connected("a", "add"), "Layer 'add' has multiple inputs.", "'add/in1', 'add/in2'"),
        (lambda g: g.connected("a", "add/in3"), "Layer 'add' does not have an input named 'in3'.", "'in1', 'in2'"),
        (lambda g: g.connected("a", "add/in1"), "Layer input 'add/in1' is already connected.", "fed by 'a'"),
        (lambda g: g.connected("a", "ad"), "Layer 'ad' does not exist.", "'add'"),
        (lambda g: g.connected("a", "in"), "Layer 'in' has no inputs.", ""),
        (lambda g: g.disconnected("in", "b").connected("out", "b"), "creates a cycle", ""),
        (lambda g: g.disconnected("a", "b"), "Layer 'a' is not connected to layer 'b'.", "fed by 'in'"),
        (lambda g: g.without_layers(["ou"]), "Layer 'ou' does not exist.", "'out'"),
        (lambda g: g.with_replaced("a", [relu("b")]), "Layer names must be unique.", "'b'"),
        (lambda g: g.with_layers([relu("out")]), "Layer names must be unique.", "'out'"),
        (lambda g: g.with_layers([relu("")]), "Layer names must be nonempty.", ""),
    ],
)
def test_what_does_not_fit_is_refused_by_name(branched, change, message, note):
    with pytest.raises(ScriptError) as caught:
        change(branched)
    assert message in caught.value.message
    assert note in " ".join(caught.value.notes)


def test_the_end_of_a_network_is_replaced_as_transfer_learning_does():
    made = graph(
        ImageInput(name="in", input_size=(8, 8, 3)), Convolution(name="conv", filter_size=(3, 3), num_filters=4),
        MaxPooling(name="pool", pool_size=(2, 2)), FullyConnected(name="fc", output_size=10), Softmax(name="prob"),
        ClassificationOutput(name="out"),
    ).with_replaced("fc", [Held(FullyConnected(name="new", output_size=5))])  # fmt: skip
    assert ("pool", "new") in made.connections and ("new", "prob") in made.connections
    assert made.input_names == ("in",) and made.output_names == ("out",)
