"""minibatchqueue: a datastore read as mini-batches, each put together by a function, cast and labelled."""

from __future__ import annotations

import copy
from typing import Any, ClassVar

import numpy as np

from cnnscript.builtins.data.combined_datastores import below
from cnnscript.builtins.data.datastore_choosing import random_order, within
from cnnscript.builtins.data.datastore_objects import Datastore, column
from cnnscript.builtins.data.mini_batch_outputs import CASTS, Output, collated, each, require_count
from cnnscript.builtins.data.observations import observations, read_together
from cnnscript.builtins.registry import builtin, overload
from cnnscript.display.containers import field_text
from cnnscript.engine.devices import devices
from cnnscript.errors import ScriptError
from cnnscript.values import dimension_labels, take
from cnnscript.values.convert import to_class
from cnnscript.values.functions import Function
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import class_of, norm
from cnnscript.values.objects import Object
from cnnscript.values.text import cell_of_texts, text_or_none

CLASS = "minibatchqueue"
WHERE = ("auto", "gpu", "cpu")
PREPROCESSING = ("serial", "background", "parallel")


class MiniBatchQueue(Object):
    """A handle.

    store    the datastore, which nobody else reads
    most     observations of a mini-batch
    waiting  observations that were read and are in no mini-batch yet: for each the values of its variables
    """

    class_name = CLASS
    is_handle: ClassVar[bool] = True
    methods = frozenset(("hasdata", "next", "partition", "reset", "shuffle"))

    def __init__(self, store: Datastore, size: int, discards: bool, function: Function | None, outputs: list[Output],
                 preprocessing: str):  # fmt: skip
        self.store, self.most, self.discards, self.function, self.outputs = store, size, discards, function, outputs
        self.preprocessing = preprocessing
        self.waiting: list[list[Any]] = []

    def groups(self) -> dict[str, dict[str, Any]]:
        """Properties under the headings that they are shown with."""

        def words(name: str) -> Any:
            return cell_of_texts([getattr(one, name) for one in self.outputs], column=False)

        return {
            "Mini-batch creation": {
                "MiniBatchSize": float(self.most),
                "PartialMiniBatch": "discard" if self.discards else "return",
                "MiniBatchFcn": "collate" if self.function is None else self.function,
                "PreprocessingEnvironment": self.preprocessing,
            },
            "Outputs": {
                "OutputCast": words("cast"),
                "OutputAsDlarray": norm(np.array([[one.as_dlarray for one in self.outputs]], float)),
                "MiniBatchFormat": words("labels"),
                "OutputEnvironment": words("environment"),
            },
        }

    def properties(self) -> dict[str, Any]:
        return {name: value for group in self.groups().values() for name, value in group.items()}

    def disp(self, form: Any) -> str:
        count = len(self.outputs)
        shown = f"minibatchqueue with {count} output{'s' * (count != 1)} and properties:\n{form.blank}"
        for title, group in self.groups().items():
            width = max(map(len, self.property_names())) + 4
            rows = (f"{name:>{width}}: {field_text(value, form, form.width - width - 2)}\n"
                    for name, value in group.items())  # fmt: skip
            shown += f"   {title}:\n{''.join(rows)}{form.blank}"
        return shown

    # -------------------------------------------------------------------------------------------------------- reading
    def filled(self, session: Any) -> bool:
        """Is there a mini-batch?  Reads as much as one takes, where there is as much."""
        while len(self.waiting) < self.most and self.store.has_more():
            self.waiting += observations(self.store.read(session)[0])
        return len(self.waiting) >= (self.most if self.discards else 1)

    def rewind(self) -> None:
        self.store.rewind()
        self.waiting = []

    def upon(self, store: Datastore) -> MiniBatchQueue:
        made = copy.copy(self)
        made.store = store
        made.rewind()
        return made

    def choosable(self, function: str) -> Any:
        if function not in self.store.methods:
            raise ScriptError(
                f"nnet_cnn:minibatchqueue:{function}:Unsupported",
                f"The minibatchqueue cannot {function}, because its datastore cannot.",
                notes=(f"the datastore is a {self.store.class_name}",),
            )
        return self.store

    def batch(self, session: Any) -> tuple:
        if not self.filled(session):
            raise ScriptError(
                "nnet_cnn:minibatchqueue:NoMoreData",
                "Unable to provide a mini-batch because end of data reached. Use reset or shuffle to continue "
                "generating mini-batches from the data set.",
            )
        rows, self.waiting = self.waiting[: self.most], self.waiting[self.most :]
        variables = [column(one) for one in zip(*rows, strict=True)]
        if self.function is not None:
            # A function of fewer inputs leaves the further variables: queues that only predict take no labels.
            most = int(session.call("nargin", 1, self.function))
            made = session.call(self.function, len(self.outputs), *(variables if most < 0 else variables[:most]))
            parts = made if len(self.outputs) > 1 else (made,)
        else:
            parts = tuple(
                collated(one, output, k) for k, (one, output) in enumerate(zip(variables, self.outputs, strict=False))
            )
        if len(parts) != len(self.outputs):
            raise ScriptError(
                "nnet_cnn:minibatchqueue:NumOutputs",
                f"The datastore must have a variable for each of the {len(self.outputs)} outputs.",
                notes=(f"it gives {len(parts)}",),
            )
        return tuple(output.of(part) for output, part in zip(self.outputs, parts, strict=True))


# -------------------------------------------------------------------------------------------------------------- making
@builtin(name="minibatchqueue")
def mini_batch_queue(
    session,
    ds,
    numOutputs=None,
    /,
    *,
    MiniBatchSize=128.0,
    PartialMiniBatch="return",
    MiniBatchFcn="collate",
    DispatchInBackground=None,
    PreprocessingEnvironment=None,
    OutputCast="single",
    OutputAsDlarray=1.0,
    MiniBatchFormat="",
    OutputEnvironment="auto",
):
    """
    mbq = minibatchqueue(ds)
    mbq = minibatchqueue(ds,numOutputs)
    mbq = minibatchqueue(...,Name=Value)

    A datastore read as mini-batches for a training loop: next gives one, hasdata tells whether there is another.

    numOutputs is how many values next gives: as many as the datastore has variables, or as MiniBatchFcn gives. Options
    of outputs take one value for all, or one for each.

    Options
      MiniBatchSize             observations in a mini-batch (128)
      PartialMiniBatch          'return' (default): the last mini-batch may be smaller; 'discard': it is left out
      MiniBatchFcn              a function that is given a cell of observations for each variable (for the first ones
                                where it has fewer inputs), and gives the mini-batch; 'collate' (default) puts them
                                side by side along the dimension B
      PreprocessingEnvironment  'serial' (default), 'background', 'parallel': kept as a property; mini-batches are the
                                same and are read when next asks for them in any case, as there is no parallel pool
      DispatchInBackground      its older form: true is 'background'
      OutputCast                class of the outputs ('single'); "" leaves them
      OutputAsDlarray           whether outputs are dlarrays (true)
      MiniBatchFormat           labels of their dimensions, such as 'SSCB' ("")
      OutputEnvironment         'auto' (default), 'gpu', 'cpu'

    Examples
      >> ds = combine(arrayDatastore(rand(28,28,1,10),IterationDimension=4),arrayDatastore((1:10)'));
      >> mbq = minibatchqueue(ds,MiniBatchSize=4,MiniBatchFormat=["SSCB" "BC"]);
      >> while hasdata(mbq), [X,T] = next(mbq); disp([size(X,4) extractdata(T)]), end
           4     1     2     3     4
           4     5     6     7     8
           2     9    10
      >> dims(X)
      ans =
          'SSCB'
      >> mbq = minibatchqueue(arrayDatastore((1:5)'),MiniBatchSize=2,PartialMiniBatch="discard")
      mbq =
      minibatchqueue with 1 output and properties:
         Mini-batch creation:
                     MiniBatchSize: 2
                  PartialMiniBatch: 'discard'
                      MiniBatchFcn: 'collate'
          PreprocessingEnvironment: 'serial'
         Outputs:
                        OutputCast: {'single'}
                   OutputAsDlarray: 1
                   MiniBatchFormat: {''}
                 OutputEnvironment: {'auto'}

    See also next, hasdata, reset, shuffle, partition, dlarray, dlfeval, adamupdate.
    """
    if not isinstance(ds, (Instance, Datastore)):
        raise ScriptError(
            "nnet_cnn:minibatchqueue:NotADatastore",
            "The input must be a datastore.",
            notes=(f"got {take.described(ds)}",),
            hint="arrayDatastore makes one of an array; IterationDimension=4 reads its images one by one",
        )
    store = below(session, [ds], "hasdata")[0].copied()
    size = take.positive(MiniBatchSize, "MiniBatchSize")
    discards = take.choice(PartialMiniBatch, ("return", "discard"), "PartialMiniBatch") == "discard"
    collates = text_or_none(MiniBatchFcn) == "collate"
    function = None if collates else take.function(MiniBatchFcn, "MiniBatchFcn", session.function)
    background = DispatchInBackground is not None and take.flag(DispatchInBackground, "DispatchInBackground")
    preprocessing = "background" if background else "serial"
    if PreprocessingEnvironment is not None:
        preprocessing = take.choice(PreprocessingEnvironment, PREPROCESSING, "PreprocessingEnvironment")
    read_together(store, size)
    if numOutputs is None:
        first = observations(store.preview(session))
        count = len(first[0]) if first else 1
    else:
        count = take.positive(numOutputs, "numOutputs")
    casts = [word and take.choice(word, CASTS, "OutputCast") for word in each(OutputCast, count, "OutputCast")]
    formats = [dimension_labels.checked(word.upper()) for word in each(MiniBatchFormat, count, "MiniBatchFormat")]
    places = [
        take.choice(word, WHERE, "OutputEnvironment") for word in each(OutputEnvironment, count, "OutputEnvironment")
    ]
    if "gpu" in places:
        devices("gpu")  # refuses where there is none
    flags = take.vector(to_class(OutputAsDlarray, "double"), "OutputAsDlarray") != 0
    flags = flags.repeat(count) if flags.size == 1 else flags
    require_count(len(flags), count, "OutputAsDlarray")
    outputs = [Output(*given) for given in zip(casts, flags.tolist(), formats, places, strict=True)]
    return MiniBatchQueue(store, size, discards, function, outputs, preprocessing)


# ------------------------------------------------------------------------------------------------------------- reading
@builtin(name="next", outputs=None)
def next_batch(session, nargout, mbq, /):
    """
    [X1,...,XN] = next(mbq)

    The next mini-batch of a minibatchqueue.

    Examples
      >> mbq = minibatchqueue(arrayDatastore((1:5)'),MiniBatchSize=3,OutputAsDlarray=false,OutputCast="");
      >> next(mbq); X = next(mbq)
      X =
           4
           5

    See also minibatchqueue, hasdata, reset, shuffle.
    """
    if not isinstance(mbq, MiniBatchQueue):
        raise take.unfit_inputs("next", f"next takes a minibatchqueue; this is a {class_of(mbq)}")
    if nargout > len(mbq.outputs):
        raise ScriptError("MATLAB:maxlhs", "Too many output arguments.", notes=(f"it has {len(mbq.outputs)}",))
    return mbq.batch(session)


@overload(CLASS)
def hasdata(session, mbq, /):
    """
    tf = hasdata(mbq)

    Whether a minibatchqueue has another mini-batch.

    Examples
      >> mbq = minibatchqueue(arrayDatastore((1:5)'),MiniBatchSize=3); n = 0;
      >> while hasdata(mbq), next(mbq); n = n + 1; end, n
      n =
           2

    See also next, reset.
    """
    return mbq.filled(session)


@overload(CLASS)
def reset(mbq, /):
    """
    reset(mbq)

    A minibatchqueue to the start of its data.

    Examples
      >> mbq = minibatchqueue(arrayDatastore((1:5)'),MiniBatchSize=3,OutputAsDlarray=false);
      >> next(mbq); reset(mbq); next(mbq)'
      ans =
        1×3 single row vector
           1     2     3

    See also shuffle, next.
    """
    mbq.rewind()


@overload(CLASS)
def shuffle(session, mbq, /):
    """
    shuffle(mbq)

    The data of a minibatchqueue in another random order, which rng determines, from its start.

    Examples
      >> rng(0), mbq = minibatchqueue(arrayDatastore((1:6)'),MiniBatchSize=6,OutputAsDlarray=false,OutputCast="");
      >> shuffle(mbq); next(mbq)'
      ans =
           6     3     5     1     2     4

    See also reset, next.
    """
    store = mbq.choosable("shuffle")
    mbq.store = store.chosen(random_order(session, store.observations()))
    mbq.rewind()


@overload(CLASS)
def partition(mbq, n, index, /):
    """
    submbq = partition(mbq,n,index)

    A minibatchqueue of one of n parts of the data.

    Examples
      >> mbq = minibatchqueue(arrayDatastore((1:6)'),OutputAsDlarray=false,OutputCast="");
      >> next(partition(mbq,3,2))'
      ans =
           3     4

    See also minibatchqueue, shuffle.
    """
    store = mbq.choosable("partition")
    parts = take.positive(n, "Number of partitions")
    at = within(index, parts)
    return mbq.upon(store.chosen(np.array_split(np.arange(store.observations()), parts)[at].tolist()))
