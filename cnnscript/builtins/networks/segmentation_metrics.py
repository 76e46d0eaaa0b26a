"""How good segmentations are: evaluateSemanticSegmentation, segmentationConfusionMatrix.

Definitions are those of MathWorks' pages evaluateSemanticSegmentation and semanticSegmentationMetrics: of the pixels
that the truth gives a class, a confusion matrix counts those of class i that were found to be of class j.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.data.observations import observations
from cnnscript.builtins.data.pixel_label_datastores import PixelLabelDatastore
from cnnscript.builtins.networks.image_inputs import is_datastore
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import segmentation
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.named_values import NamedValues
from cnnscript.values.numeric import as_array, is_cell, is_numeric, ndarray, norm, size_text
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.tables import Table
from cnnscript.values.text import texts_or_none

METRICS = {  # the option's words, and how progress calls them
    "global-accuracy": "global accuracy", "accuracy": "class accuracy", "iou": "IoU", "weighted-iou": "weighted IoU",
    "bfscore": "BF score",
}  # fmt: skip
REACH = 0.0075  # of an image's diagonal: how near the boundaries of the BF score must be
TITLE = "Evaluating semantic segmentation results"


class SegmentationMetrics(NamedValues):
    """What evaluateSemanticSegmentation gives: tables."""

    class_name = "semanticSegmentationMetrics"


# ---------------------------------------------------------------------------------------------------------- the numbers
def confusion(found: ndarray, truth: ndarray, count: int) -> ndarray:
    """count×count: pixels of class i (rows) that were found to be of class j; codes of 0 have no class."""
    known = (truth > 0) & (found > 0)
    pairs = (truth[known] - 1) * count + found[known] - 1
    return np.bincount(pairs, minlength=count * count).reshape(count, count).astype(float)


def divided(above: Any, below: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.true_divide(above, below)


def mean_known(values: ndarray, axis: int | None = None) -> Any:
    """The mean of what is a number; NaN where nothing is."""
    known = ~np.isnan(values)
    return divided(np.where(known, values, 0).sum(axis), known.sum(axis))


def class_rates(matrix: ndarray) -> dict[str, ndarray]:
    """Accuracy and IoU of each class."""
    right, there, told = np.diag(matrix), matrix.sum(1), matrix.sum(0)
    return {"Accuracy": divided(right, there), "IoU": divided(right, there + told - right)}


def overall(matrix: ndarray) -> dict[str, float]:
    """The rates of all classes together."""
    each, there = class_rates(matrix), matrix.sum(1)
    shown = there > 0
    weighted = (each["IoU"][shown] * there[shown]).sum()
    return {
        "GlobalAccuracy": float(divided(np.trace(matrix), matrix.sum())),
        "MeanAccuracy": float(mean_known(each["Accuracy"])),
        "MeanIoU": float(mean_known(each["IoU"])),
        "WeightedIoU": float(divided(weighted, there.sum())),
    }


def boundary_scores(found: ndarray, truth: ndarray, count: int) -> ndarray:
    """The BF score of each class, NaN of those that neither shows."""
    reach = REACH * float(np.hypot(*truth.shape))
    return np.array([
        segmentation.boundary_agreement(found == k, truth == k, reach)[0] for k in range(1, count + 1)
    ])  # fmt: skip


# ------------------------------------------------------------------------------------------------------------ the data
def labels_in(session: Any, value: Any, name: str) -> Iterator[Categorical]:
    """The categorical images of a datastore, of several in a cell, or the images of a cell; from their start.

    Copies of datastores are read: results and truth may be the same one, whose place both would move.
    """
    if is_cell(value):
        for part in value.ravel("F").tolist():
            yield from labels_in(session, part, name)
        return
    if type(value) is Categorical:
        yield value
        return
    if not is_datastore(value):
        raise take.wanted("a datastore of categorical images, or a cell array of such", name, value)
    value = session.call("copy", 1, value)
    session.call("reset", 0, value)
    while as_array(session.call("hasdata", 1, value)).any():
        for row in observations(session.call("read", 1, value)):
            labels = next((item for item in row if type(item) is Categorical), None)
            if labels is None:
                raise ScriptError(
                    "vision:semanticseg:readNotCategorical",
                    f"The read method of {name} must give categorical images.",
                    notes=("it gave " + ", ".join(map(take.described, row)),),
                )
            yield labels


def count_of(value: Any) -> int | None:
    """How many images there are, where that is known before reading."""
    return value.observations() if isinstance(value, PixelLabelDatastore) else None


def pairs_of(session: Any, results: Any, truth: Any) -> Iterator[tuple[Categorical, Categorical]]:
    """Images found and true, of one size and of the same classes."""
    counts = count_of(results), count_of(truth)
    if None not in counts and counts[0] != counts[1]:
        raise differing(*counts)
    ended = object()
    found, true = labels_in(session, results, "dsResults"), labels_in(session, truth, "dsTruth")
    number = 0
    while True:
        one, other = next(found, ended), next(true, ended)
        if one is ended and other is ended:
            return
        if one is ended or other is ended:
            raise differing(number + (one is not ended), number + (other is not ended))
        number += 1
        assert isinstance(one, Categorical)
        assert isinstance(other, Categorical)
        if set(one.names) != set(other.names):
            raise ScriptError(
                "vision:semanticseg:classesMismatch",
                "The class names of the results and of the ground truth must be the same.",
                notes=("results: " + ", ".join(one.names), "ground truth: " + ", ".join(other.names)),
            )
        if one.codes.shape != other.codes.shape:
            raise ScriptError(
                "vision:semanticseg:sizeMismatch",
                "The images of the results and of the ground truth must have the same size.",
                notes=(f"image {number}: {size_text(one.codes.shape, '×')} and {size_text(other.codes.shape, '×')}",),
            )
        yield one, other


def differing(found: Any, true: Any) -> ScriptError:
    return ScriptError(
        "vision:semanticseg:numImagesMismatch",
        "The results and the ground truth must have the same number of images.",
        notes=(f"{found} results, {true} of ground truth",),
    )


def recoded(image: Categorical, names: Sequence[str]) -> ndarray:
    """Codes with respect to other names of the same classes."""
    if list(image.names) == list(names):
        return image.codes
    place = {name: k for k, name in enumerate(names, 1)}
    return np.array([0, *(place[name] for name in image.names)], np.int64)[image.codes]


def matrices_in(value: Any, count: int) -> list[ndarray]:
    """Confusion matrices: one, a cell of them, or structs or a table with the field ConfusionMatrix."""
    if type(value) is Table and "ConfusionMatrix" in value.names:
        value = value.data("ConfusionMatrix")
    if type(value) is Table:
        value = value.joined()
    if isinstance(value, Struct) and "ConfusionMatrix" in value.fields:
        value = value.fields["ConfusionMatrix"]
    if isinstance(value, StructArray):
        return [m for one in value.data.ravel("F").tolist() for m in matrices_in(one["ConfusionMatrix"], count)]
    if is_cell(value):
        return [matrix for one in value.ravel("F").tolist() for matrix in matrices_in(one, count)]
    if not is_numeric(value) or as_array(value).shape != (count, count):
        raise ScriptError(
            "vision:semanticseg:invalidConfusion",
            "Confusion matrices must have a row and a column for each class.",
            notes=(f"got {take.described(value)}", f"there are {count} classes"),
        )
    return [as_array(value).astype(float)]


# ------------------------------------------------------------------------------------------------------------ commands
@builtin(name="evaluateSemanticSegmentation")
def evaluate_semantic_segmentation(session, dsResults, dsTruth, /, *, Metrics="all", Verbose=True):
    """
    ssm = evaluateSemanticSegmentation(dsResults, dsTruth)
    ssm = evaluateSemanticSegmentation(imageSetConfusion, classNames)
    ssm = evaluateSemanticSegmentation(..., Name=Value)

    How well segmentations agree with the truth: an object with the tables ConfusionMatrix (pixels of a class in rows,
    what they were found to be in columns), NormalizedConfusionMatrix (each row over its sum), DataSetMetrics,
    ClassMetrics and ImageMetrics.

    dsResults and dsTruth are pixelLabelDatastores, or other datastores that read categorical images, of as many images
    in the same order; or cells of these. Pixels that the truth leaves undefined do not count. imageSetConfusion is a
    cell of confusion matrices, one for each image, as segmentationConfusionMatrix gives them: without a BF score.

    GlobalAccuracy is the share of pixels that are right; Accuracy that of a class's pixels; IoU a class's right pixels
    over all that are of it or were found to be; WeightedIoU weighs classes by their pixels; MeanBFScore is the mean of
    bfscore over images (and classes). Means leave out classes that are nowhere.

    Options
      Metrics  'all' (default), or some of 'global-accuracy', 'accuracy', 'iou', 'weighted-iou', 'bfscore'
      Verbose  whether progress and the results are told (true)

    Examples
      >> t = uint8([1 1 2; 1 2 2]); f = uint8([1 2 2; 1 2 2]); imwrite(t, 't.png'); imwrite(f, 'f.png');
      >> names = ["sky" "sea"]; dsTruth = pixelLabelDatastore('t.png', names, [1 2]);
      >> ssm = evaluateSemanticSegmentation(pixelLabelDatastore('f.png', names, [1 2]), dsTruth, Verbose=false)
      ssm =
        semanticSegmentationMetrics with properties:
                    ConfusionMatrix: [2×2 table]
          NormalizedConfusionMatrix: [2×2 table]
                     DataSetMetrics: [1×5 table]
                       ClassMetrics: [2×3 table]
                       ImageMetrics: [1×5 table]
      >> ssm.ConfusionMatrix
      ans =
        2×2 table
                 sky    sea
                 ___    ___
          sky     2      1
          sea     0      3
      >> ssm = evaluateSemanticSegmentation({[2 1; 0 3]}, names, Metrics=["iou" "accuracy"]);
      Evaluating semantic segmentation results
      ----------------------------------------
      * Selected metrics: class accuracy, IoU.
      * Processed 1 images.
      * Finalizing... Done.
      * Data set metrics:
          MeanAccuracy    MeanIoU
          ____________    _______
            0.83333       0.70833

    See also semanticseg, pixelLabelDatastore, segmentationConfusionMatrix, jaccard, bfscore.
    """
    words = [take.choice(word, ("all", *METRICS), "Metrics") for word in take.texts(Metrics, "Metrics")]
    chosen = [word for word in METRICS if word in words or "all" in words]
    told = take.flag(Verbose, "Verbose")
    names = texts_or_none(dsTruth) if not is_datastore(dsTruth) else None
    if names:
        chosen = [word for word in chosen if word != "bfscore"]
        if not chosen:
            raise ScriptError(
                "vision:semanticseg:noBFScoreOfConfusion", "Confusion matrices do not tell the BF score."
            )  # fmt: skip
    if told:
        session.say(f"{TITLE}\n{'-' * len(TITLE)}")
        session.say("* Selected metrics: " + ", ".join(METRICS[word] for word in chosen) + ".")
    matrices, scores = [], []
    if names:
        matrices = matrices_in(dsResults, len(names))
    else:
        for found, truth in pairs_of(session, dsResults, dsTruth):
            names = names or list(truth.names)
            codes = recoded(found, names), recoded(truth, names)
            matrices.append(confusion(*codes, len(names)))
            if "bfscore" in chosen:
                scores.append(boundary_scores(*(one.reshape(one.shape[0], -1) for one in codes), len(names)))
    if not matrices:
        raise ScriptError("vision:semanticseg:noImages", "There are no images to be evaluated.")
    assert names
    made = SegmentationMetrics(tables_of(matrices, np.array(scores), [str(name) for name in names], chosen))
    if told:
        session.say(f"* Processed {len(matrices)} images.\n* Finalizing... Done.\n* Data set metrics:\n")
        session.call("disp", 0, made.values["DataSetMetrics"])
    return made


def tables_of(matrices: Sequence[ndarray], scores: ndarray, names: list[str],
              chosen: Sequence[str]) -> dict[str, Table]:  # fmt: skip
    """The tables of the result.  scores: images×classes BF scores, or none."""
    whole = np.sum(matrices, 0)
    everywhere = [overall(matrix) for matrix in matrices]
    of_classes, of_all = class_rates(whole), overall(whole)
    of_images = {name: np.array([one[name] for one in everywhere]) for name in of_all}
    if len(scores):
        of_images["MeanBFScore"] = mean_known(scores, 1)
        of_classes["MeanBFScore"] = mean_known(scores, 0)
        of_all["MeanBFScore"] = float(mean_known(of_images["MeanBFScore"]))
    columns = {"global-accuracy": ("GlobalAccuracy",), "accuracy": ("MeanAccuracy", "Accuracy"),
               "iou": ("MeanIoU", "IoU"), "weighted-iou": ("WeightedIoU",), "bfscore": ("MeanBFScore",)}  # fmt: skip
    wanted = [name for word in chosen for name in columns[word]]

    def table(values: dict[str, Any], rows: list[str] | None = None) -> Table:
        kept = {name: as_column(value) for name, value in values.items() if name in wanted}
        return Table.of(kept, rows)

    def square(matrix: ndarray) -> Table:
        return Table.of({name: as_column(matrix[:, k]) for k, name in enumerate(names)}, names)

    return {
        "ConfusionMatrix": square(whole),
        "NormalizedConfusionMatrix": square(divided(whole, whole.sum(1, keepdims=True))),
        "DataSetMetrics": table(of_all),
        "ClassMetrics": table(of_classes, names),
        "ImageMetrics": table(of_images),
    }


def as_column(values: Any) -> Any:
    return norm(np.asarray(values, float).reshape(-1, 1))


@builtin(name="segmentationConfusionMatrix")
def segmentation_confusion_matrix(LPred, LTruth, /, *, Classes=None):
    """
    confusionMatrix = segmentationConfusionMatrix(LPred, LTruth)
    confusionMatrix = segmentationConfusionMatrix(LPred, LTruth, Classes=classes)

    How many pixels of each class (rows) were found to be of which (columns).

    LPred and LTruth are categorical images of the same classes, or numeric or logical labels of one size.

    Options
      Classes  the classes, in the order of the rows: names, or numbers (those that the images have, in order)

    Examples
      >> segmentationConfusionMatrix([1 2 2; 1 2 2], [1 1 2; 1 2 2])
      ans =
           2     1
           0     3
      >> segmentationConfusionMatrix(logical([1 0]), logical([1 1]), Classes=[1 0])
      ans =
           1     1
           0     0

    See also evaluateSemanticSegmentation, confusionmat, jaccard.
    """
    codes = []
    if type(LPred) is Categorical and type(LTruth) is Categorical:
        names = list(LTruth.names) if Classes is None else take.texts(Classes, "Classes")
        for image in (LPred, LTruth):
            place = {name: k for k, name in enumerate(names, 1)}
            codes.append(np.array([0, *(place.get(name, 0) for name in image.names)], np.int64)[image.codes])
        count = len(names)
    else:
        images = [take.numeric(image, name).astype(float) for image, name in ((LPred, "LPred"), (LTruth, "LTruth"))]
        values = np.unique(np.concatenate([image.ravel() for image in images]))
        values = values if Classes is None else take.vector(Classes, "Classes")
        count = len(values)
        for image in images:
            made = np.zeros(image.shape, np.int64)
            for k, value in enumerate(values.tolist(), 1):
                made[image == value] = k
            codes.append(made)
    if codes[0].shape != codes[1].shape:
        raise ScriptError(
            "vision:semanticseg:sizeMismatch", "The predicted and the true labels must have the same size.",
            notes=(f"{size_text(codes[0].shape, '×')} and {size_text(codes[1].shape, '×')}",),
        )  # fmt: skip
    return norm(np.asfortranarray(confusion(codes[0], codes[1], count)))
