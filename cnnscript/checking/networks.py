"""What a program asks of networks that it names: layers that there are not, images of a wrong size, weights that are
not here; and what it does to their layers: surgery that cannot be done.

A function or script is followed statement by statement with what is certain of its variables: this one is AlexNet,
that one an image resized to 224×224, the other a text.  Where ways part, each is followed; where they meet, what any of
them set is forgotten.  Nothing is known of networks here: `Reach.table` hands the facts (Known, KnownLayers) over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from cnnscript.checking.files import File
from cnnscript.checking.findings import ERROR, NOTE, Finding
from cnnscript.checking.reach import Reach
from cnnscript.code.names import base_of, names_of
from cnnscript.errors import ScriptError, Span
from cnnscript.syntax import tree

SETS_UNSEEN = frozenset(("load", "eval", "evalc", "evalin", "assignin", "clear", "clearvars", "run", "openfig"))
KEEPS_SIZE = frozenset(
    ("single", "double", "uint8", "uint16", "im2single", "im2double", "im2uint8", "gpuArray", "gather")
)
FILLED = frozenset(("zeros", "ones", "rand", "randn"))
LAYER_OPTIONS = frozenset(("featurelayer", "reductionlayer", "outputs"))
OTHER_SCORES = frozenset(("reductionlayer", "score"))  # options that take the classes from another layer


class Known(Protocol):
    """What is known of a network before it is made.  All but `missing` raise the error that the program would."""

    def layer(self, layer: str | float) -> int:
        """The layer of that name or number."""

    def fits(self, size: tuple[int, ...], layer: int | None, exactly: bool) -> None:
        """Do images of a size (height, width, perhaps channels) suit it, up to a layer?"""

    def label(self, label: Any) -> None:
        """Are there classes of these names or numbers?"""

    def channels(self, function: str, layer: int, channels: Any) -> None:
        """Has the layer channels of these numbers?"""

    def as_dlnetwork(self) -> Known:
        """dag2dlnetwork(net)"""

    def property(self, name: str) -> Any:
        """A property as a fact, or None."""

    def is_a(self, class_name: str) -> bool:
        """isa(net, class_name)"""

    def missing(self) -> tuple[bool, ScriptError] | None:
        """None where its weights are here; else whether that is sure to fail, and what is to be said."""


class KnownLayers(Protocol):
    """What is known of a layer, an array of layers, a layer graph or a dlnetwork that a program makes."""

    def property(self, name: str) -> Any:
        """A property as a fact, or None."""

    def element(self, indices: list[Any]) -> Any:
        """Some of the layers, or None; raises the error that the program would."""

    def end(self, position: int, count: int) -> float | None:
        """What `end` means among indices."""

    def is_a(self, class_name: str) -> bool:
        """isa(object, class_name)"""

    def is_layers(self) -> bool:
        """Is it a layer or an array of layers?"""


class Surgery(Protocol):
    """What functions of layers give for facts, where nothing is known of a fact that is None.  A row of numbers is a
    tuple, several texts are a list."""

    def applied(self, name: str, facts: list[Any]) -> Any:
        """A fact, or None; raises the error that the program would."""

    def joined(self, facts: list[Any]) -> Any:
        """Layers below one another, or None; raises the error that the program would."""


class Question(NamedTuple):
    """A function that asks a network: where its images, its layer, its classes and its channels stand after it (None:
    it takes none, or perhaps none)."""

    images: int | None
    layer: int | None
    exactly: bool = False
    label: int | None = None
    channels: int | None = None

    def fixed(self) -> int:
        """How many arguments come before the options."""
        return max(self.images or 0, self.layer or 0, self.label or 0, self.channels or 0)


QUESTIONS = {
    "activations": Question(1, 2),
    "classify": Question(1, None, True),
    "predict": Question(1, None, True),
    "minibatchpredict": Question(1, None),
    "deepDreamImage": Question(None, 1, channels=2),
    "gradCAM": Question(1, None, label=2),
    **dict.fromkeys(
        ("saliency", "integratedGradients", "smoothGrad", "varGrad", "gradientTimesInput", "guidedGradCAM",
         "gradCAMPlusPlus", "layerCAM", "hiResCAM", "scoreCAM", "eigenCAM", "classActivationMap",
         "deletion", "insertion", "verify", "infidelity", "stability", "compareMaps", "sanityCheck", "classContrast",
         "whyNot"),
        Question(1, None),
    ),
    "occlusionSensitivity": Question(1, None, True, label=2),
    "imageLIME": Question(1, None, True, label=2),
}


class Size(NamedTuple):
    """An image is so large: (height, width) or (height, width, channels)."""

    numbers: tuple[int, ...]


class Numbers(NamedTuple):
    """A row vector of which each number is known."""

    numbers: tuple[int, ...]


class Texts(NamedTuple):
    """A cell or string array of texts, each of them known."""

    texts: tuple[str, ...]


Fact = Any  # Known, KnownLayers, Size, Numbers, Texts, str, float; None: nothing is certain

ROOTS = frozenset(("layerGraph", "dlnetwork", "assembleNetwork"))  # where one of them is, there is surgery


def check_networks(file: File, reach: Reach) -> list[Finding]:
    """What is wrong with the questions to networks in a file's statements and functions."""
    if reach.table.network is None or file.words.isdisjoint(reach.table.networks | ROOTS):
        return []
    found: list[Finding] = []
    for function in (None, *file.program.functions):
        found += Follower(file, reach, function).check()
    return found


class Follower:
    """One function (None: a script's statements), followed with what is certain of its variables."""

    def __init__(self, file: File, reach: Reach, function: tree.Function | None):
        self.file = file
        self.reach = reach
        self.body = file.program.body if function is None else function.body
        self.facts: dict[str, Fact] = {}
        self.findings: list[Finding] = []
        self.guarded = 0
        self.parted = 0  # how many branches deep, none of which is sure to be taken
        self.clearings = 0
        self.noted: set[tuple[int, str]] = set()
        names = names_of(self.body)
        self.strangers = names.global_names | names.persistent_names | {"ans"}
        self.variables = set(names.definitions)
        if function is not None:
            self.variables |= {parameter.name for parameter in function.parameters}
            for inner in function.nested:
                self.strangers |= set(names_of(inner.body).definitions)

    def check(self) -> list[Finding]:
        self.statements(self.body)
        return self.findings

    # ------------------------------------------------------------------------------------------------------ statements
    def statements(self, body: list[tree.Node]) -> None:
        for statement in body:
            self.statement(statement)

    def statement(self, node: tree.Node) -> None:
        kind = type(node)
        if kind is tree.Assign or kind is tree.MultiAssign:
            targets = [node.target] if kind is tree.Assign else node.targets
            self.questions(node.value)
            for target in targets:
                self.questions(target)
            fact = self.fact(node.value)
            for at, target in enumerate(targets):
                name = base_of(target)
                if name is not None:
                    self.forget({name})
                    if at == 0 and type(target) is tree.Name and fact is not None and name not in self.strangers:
                        self.facts[name] = fact
        elif kind is tree.Expression:
            self.questions(node.expression)
            self.unseen(node.expression)
        elif kind is tree.Command:
            if node.name in SETS_UNSEEN:
                self.clear()
        elif kind is tree.If:
            self.branches(node)
        elif kind is tree.Switch:
            self.questions(node.subject)
            self.parting([*(body for _, body in node.cases), node.otherwise or []])
        elif kind is tree.Try:
            self.guarded += 1
            self.parting([node.body])
            self.guarded -= 1
            self.forget(set(names_of(node.body).definitions))
            self.parting([node.handler])
        elif kind in (tree.For, tree.While, tree.Spmd):
            if kind is tree.For:
                self.questions(node.sequence)
                self.forget({base_of(node.variable) or ""})
            elif kind is tree.While:
                self.questions(node.test)
            self.forget(set(names_of(node.body).definitions))  # the second round finds what the first set
            self.parting([node.body])

    def branches(self, node: tree.If) -> None:
        """An `if`: branches that are sure not to be taken are left out."""
        bodies = []
        for test, body in node.branches:
            self.questions(test)
            truth = self.truth(test)
            if truth is not False:
                bodies.append(body)
            if truth:
                break
        else:
            bodies.append(node.orelse or [])
        if len(bodies) == 1:
            self.statements(bodies[0])
        else:
            self.parting(bodies)

    def truth(self, test: tree.Node) -> bool | None:
        """Is isa(net, 'SeriesNetwork') true?  None: that, or another test, is not certain."""
        if type(test) is tree.Parenthesised:
            return self.truth(test.expression)
        if type(test) is tree.Unary and test.operator == "~":
            truth = self.truth(test.operand)
            return None if truth is None else not truth
        if type(test) is tree.Call and type(test.base) is tree.Name and test.base.id == "isa" and (
            len(test.arguments) == 2 and self.means_builtin("isa")
        ):  # fmt: skip
            owner, name = (self.fact(argument) for argument in test.arguments)
            return owner.is_a(name) if hasattr(owner, "is_a") and type(name) is str else None
        return None

    def means_builtin(self, name: str) -> bool:
        return name not in self.variables and self.reach.meaning(name, self.file).kind in ("builtin", "missing")

    def parting(self, bodies: list[list[tree.Node]]) -> None:
        """Follow each way from here; afterwards nothing that one of them sets is certain."""
        before, clearings = self.facts, self.clearings
        self.parted += 1
        for body in bodies:
            self.facts = dict(before)
            self.statements(body)
        self.parted -= 1
        self.facts = before if self.clearings == clearings else {}
        for body in bodies:
            self.forget(set(names_of(body).definitions))

    def forget(self, names: set[str]) -> None:
        for name in names:
            self.facts.pop(name, None)

    def unseen(self, node: tree.Node) -> None:
        """A statement that may set variables which its text does not show leaves nothing certain."""
        base = node.base if type(node) is tree.Call else node
        name = base.id if type(base) is tree.Name else None
        if name is None or name in self.variables:
            return
        if name in SETS_UNSEEN or self.reach.meaning(name, self.file).kind == "script":
            self.clear()

    def clear(self) -> None:
        self.facts.clear()
        self.clearings += 1

    # ----------------------------------------------------------------------------------------------------------- facts
    def fact(self, node: tree.Node) -> Fact:
        """What is certain of an expression's value."""
        kind = type(node)
        if kind is tree.Parenthesised:
            return self.fact(node.expression)
        if kind is tree.Text:
            return node.value
        if kind is tree.Number:
            return float(node.value) if isinstance(node.value, (int, float)) else None
        if kind is tree.Matrix:
            return self.matrix(node)
        if kind is tree.Cell:
            return texts_of([self.fact(part) for row in node.rows for part in row])
        if kind is tree.Name:
            return self.facts[node.id] if node.id in self.facts else self.called(node, node.id, [])
        if kind is tree.Field:
            return self.field(node)
        if kind is tree.Call and type(node.base) is tree.Name:
            if node.base.id in self.facts:
                return self.indexed(self.facts[node.base.id], node.arguments)
            return self.called(node, node.base.id, node.arguments)
        if kind is tree.Call and type(node.base) is tree.Field:
            if node.base.name in self.reach.table.layering and is_made(self.fact(node.base.base)):
                return self.layered(node, node.base.name, [node.base.base, *node.arguments])  # lgraph.addLayers(...)
            return self.indexed(self.field(node.base), node.arguments)
        return None

    def matrix(self, node: tree.Matrix) -> Fact:
        """A row of whole numbers, texts, layers."""
        parts = [self.fact(part) for row in node.rows for part in row]
        if parts and all(is_made(part) for part in parts):
            return self.tried(node, self.reach.table.surgery.joined, parts)
        if len(node.rows) == 1 and all(type(part) is float and part.is_integer() for part in parts):
            return Numbers(tuple(int(part) for part in parts))
        strings = all(type(part) is tree.Text and part.kind == "string" for row in node.rows for part in row)
        return texts_of(parts) if strings else None

    def field(self, node: tree.Field) -> Fact:
        """net.Layers, layers(1).InputSize"""
        owner = self.fact(node.base)
        if not hasattr(owner, "property"):
            return None
        found = owner.property(node.name)
        return Numbers(found) if type(found) is tuple else found

    def indexed(self, fact: Fact, arguments: list[tree.Node]) -> Fact:
        """size(1:2) and size(1) of a known row; layers(1:end-3)."""
        if is_made(fact) and fact.is_layers() and arguments:
            indices = [self.index(node, fact, k, len(arguments)) for k, node in enumerate(arguments)]
            return None if any(index is None for index in indices) else self.tried(arguments[0], fact.element, indices)
        if type(fact) is not Numbers or len(arguments) != 1:
            return None
        (index,) = arguments
        if type(index) is tree.Range and index.step is None:
            first, last = self.fact(index.first), self.fact(index.last)
            if type(first) is float and type(last) is float:
                return Numbers(fact.numbers[int(first) - 1 : int(last)])
        at = self.fact(index)
        if type(at) is float and 1 <= at <= len(fact.numbers):
            return float(fact.numbers[int(at) - 1])
        return None

    def index(self, node: tree.Node, owner: KnownLayers, position: int, count: int) -> Any:
        """An index of layers: a number, a tuple of numbers, ':'; None where it is not certain."""
        kind = type(node)
        if kind is tree.Colon:
            return ":"
        if kind is tree.Parenthesised:
            return self.index(node.expression, owner, position, count)
        if kind is tree.End:
            return owner.end(position, count)
        if kind is tree.Binary and node.operator in ("+", "-"):
            left, right = (self.index(each, owner, position, count) for each in (node.left, node.right))
            if type(left) is float and type(right) is float:
                return left + right if node.operator == "+" else left - right
            return None
        if kind is tree.Range:
            ends = [self.index(each, owner, position, count) for each in (node.first, node.last)]
            if node.step is not None or not all(type(each) is float and each.is_integer() for each in ends):
                return None
            return tuple(float(k) for k in range(int(ends[0]), int(ends[1]) + 1))
        found = self.fact(node)
        return found.numbers if type(found) is Numbers else found if type(found) is float else None

    def layered(self, node: tree.Node, name: str, arguments: list[tree.Node]) -> Fact:
        """What a function of layers gives."""
        facts: list[Fact] = []
        for argument in arguments:  # Name=value is a name and a value
            facts += [argument.name, self.fact(argument.value)] if type(argument) is tree.Named else [
                self.fact(argument)]  # fmt: skip
        plain = [list(fact.texts) if type(fact) is Texts else fact.numbers if type(fact) is Numbers
                 else None if type(fact) is Size else fact for fact in facts]  # fmt: skip
        try:
            return self.reach.table.surgery.applied(name, plain)
        except ScriptError as error:
            said = [argument for argument, fact in zip(arguments, facts, strict=False)
                    if type(fact) is str and f"'{fact}'" in error.message]  # fmt: skip
            self.note(said[0] if said else node, error.with_traceback(None), ERROR)
            return None

    def called(self, node: tree.Node, name: str, arguments: list[tree.Node]) -> Fact:
        """What a call gives: a network, an image of known size."""
        if name in self.variables or self.reach.meaning(name, self.file).kind not in ("builtin", "missing"):
            return None
        if name in self.reach.table.networks:
            given: list[Fact] = []
            for argument in arguments:  # Name=value is a name and a value
                given += [argument.name, self.fact(argument.value)] if type(argument) is tree.Named else [
                    self.fact(argument)]  # fmt: skip
            texts = [str(one) for one in given]
            known = None if None in given and given else self.tried(node, self.reach.table.network, name, texts)
            if is_network(known) and (missing := known.missing()) is not None:
                sure, error = missing
                place = tree.Node(node.start, node.start + len(name))
                self.note(place, error, ERROR if sure and not self.parted else NOTE)
            return known
        if name in self.reach.table.layering and self.reach.table.surgery is not None:
            return self.layered(node, name, arguments)
        first = self.fact(arguments[0]) if arguments else None
        if name == "dag2dlnetwork" and is_network(first):
            return first.as_dlnetwork()
        if name in KEEPS_SIZE and len(arguments) == 1:
            return first if type(first) is Size else None
        if name == "imresize" and len(arguments) >= 2:
            wanted = self.fact(arguments[1])
            if type(wanted) is Numbers and len(wanted.numbers) == 2:
                channels = first.numbers[2:] if type(first) is Size else ()
                return Size(wanted.numbers + channels)
            return None
        if name in FILLED:
            numbers = [self.fact(argument) for argument in arguments[:3]]
            if len(numbers) == 3 and all(type(number) is float for number in numbers):
                return Size(tuple(int(number) for number in numbers))
            return None
        if name == "augmentedImageDatastore" and type(first) is Numbers and 2 <= len(first.numbers) <= 3:
            return Size(first.numbers[:2])
        if name in ("rgb2gray", "im2gray"):
            return Size((*first.numbers[:2], 1)) if type(first) is Size else None
        return None

    # ------------------------------------------------------------------------------------------------------- questions
    def questions(self, whole: tree.Node) -> None:
        """Check every question to a network that is written in an expression."""
        for node in tree.walk(whole):
            if type(node) is not tree.Call:
                continue
            if type(node.base) is tree.Name and node.base.id in QUESTIONS and node.arguments:
                if node.base.id not in self.variables and is_network(owner := self.fact(node.arguments[0])):
                    self.question(node, node.base.id, owner, node.arguments[1:])
            elif type(node.base) is tree.Name and (
                node.base.id in self.reach.table.layering or is_made(self.facts.get(node.base.id))
            ):
                self.fact(node)  # notes what is wrong
            elif type(node.base) is tree.Field:
                owner = self.fact(node.base.base)
                if is_network(owner) and node.base.name in QUESTIONS:
                    self.question(node, node.base.name, owner, node.arguments)
                elif hasattr(owner, "property"):
                    self.fact(node)

    def question(self, node: tree.Node, name: str, owner: Known, arguments: list[tree.Node]) -> None:
        """One question: its layers, then the size of its images.  arguments: those after the network."""
        asked = QUESTIONS[name]
        layer = None
        if asked.layer is not None and len(arguments) >= asked.layer:
            place = arguments[asked.layer - 1]
            named = self.fact(place)
            if type(named) in (str, float):
                layer = self.tried(place, owner.layer, named)
                if layer is None:
                    return
        words = dict(options(arguments[asked.fixed() :]))
        for word, value in words.items():
            named = self.fact(value)
            if word.lower() in LAYER_OPTIONS and type(named) is str:
                self.tried(value, owner.layer, named)
        self.classes(asked, owner, arguments, {word.lower() for word in words})
        if asked.channels is not None and layer is not None and len(arguments) >= asked.channels:
            place = arguments[asked.channels - 1]
            if (wanted := numbers_or_texts(self.fact(place))) is not None:
                self.tried(place, owner.channels, name, layer, wanted)
        if asked.images is not None and len(arguments) >= asked.images:
            place = arguments[asked.images - 1]
            size = self.fact(place)
            if type(size) is Size and (layer is not None or asked.layer is None):
                self.tried(place, owner.fits, size.numbers, layer, asked.exactly)

    def classes(self, asked: Question, owner: Known, arguments: list[tree.Node], words: set[str]) -> None:
        """The classes that are asked for, among those of the network."""
        if asked.label is None or len(arguments) < asked.label or words & OTHER_SCORES:
            return
        further = arguments[asked.label] if len(arguments) > asked.label else None
        if type(further) not in (type(None), tree.Text, tree.Named):
            return  # a layer and its channel, or an option that is computed
        place = arguments[asked.label - 1]
        if (wanted := numbers_or_texts(self.fact(place))) is not None:
            self.tried(place, owner.label, wanted)

    def tried(self, place: tree.Node, check: Any, *arguments: Any) -> Any:
        """What a check gives; where it raises, that is found at a place, and None."""
        try:
            return check(*arguments)
        except ScriptError as error:
            self.note(place, error.with_traceback(None), ERROR)
            return None

    def note(self, place: tree.Node, error: ScriptError, severity: str) -> None:
        if (place.start, error.message) in self.noted:
            return
        self.noted.add((place.start, error.message))
        error.span = Span(self.file.source, place.start, place.stop)
        self.findings.append(Finding(self.file.path, NOTE if self.guarded else severity, error))


def is_made(fact: Fact) -> bool:
    """Is it a layer, layers, a graph?"""
    return fact is not None and hasattr(fact, "is_layers")


def texts_of(facts: list[Fact]) -> Texts | None:
    return Texts(tuple(facts)) if facts and all(type(fact) is str for fact in facts) else None


def numbers_or_texts(fact: Fact) -> Any:
    """A text, a number, a tuple or a list of them; None for any other fact."""
    if type(fact) in (str, float):
        return fact
    return fact.numbers if type(fact) is Numbers else list(fact.texts) if type(fact) is Texts else None


def is_network(fact: Fact) -> bool:
    return fact is not None and hasattr(fact, "missing")


def options(arguments: list[tree.Node]) -> Iterator[tuple[str, tree.Node]]:
    """Names and values of options: Name=value, or a text and what follows it."""
    at = 0
    while at < len(arguments):
        node = arguments[at]
        if type(node) is tree.Named:
            yield node.name, node.value
        elif type(node) is tree.Text and at + 1 < len(arguments):
            yield node.value, arguments[at + 1]
            at += 1
        at += 1
