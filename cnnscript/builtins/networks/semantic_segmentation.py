"""semanticseg: the class that a network sees in every pixel, of images and of whole datastores."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.data.pixel_label_datastores import LabelIds, PixelLabelDatastore
from cnnscript.builtins.networks.image_inputs import batches, is_datastore
from cnnscript.builtins.networks.layer_properties import class_names
from cnnscript.builtins.networks.question_arguments import options_only, trained
from cnnscript.builtins.networks.questions import Options, answers, require_room
from cnnscript.builtins.networks.sequence_layouts import Layouts
from cnnscript.builtins.registry import builtin
from cnnscript.engine.graph import Network
from cnnscript.engine.output_layers import RegressionOutput
from cnnscript.engine.questions import ask, check_images
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import png_files
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, is_numeric, ndarray, norm

OUTPUT_TYPES = ("categorical", "double", "uint8")
TITLE = "Running semantic segmentation network"


@builtin(outputs=3)
def semanticseg(
    session, nargout, I, network, /, *roi, OutputType="categorical", Classes="auto", MiniBatchSize=128.0,  # noqa: E741
    ExecutionEnvironment="auto", Acceleration="auto", WriteLocation=None, NamePrefix="pixelLabel",
    OutputFolderName="semanticsegOutput", Verbose=True, UseParallel=False
):  # fmt: skip
    """
    C = semanticseg(I, network)
    C = semanticseg(I, network, roi)
    [C, score, allScores] = semanticseg(I, network)
    pxds = semanticseg(ds, network)
    [...] = semanticseg(..., Name=Value)

    The class that a network gives each pixel of an image: categorical, of the image's size.

    I is an image, or several (height×width×channels×N). score is the largest score of each pixel, allScores has those
    of all classes along the third dimension. With roi, [x y width height], only that part is segmented; outside C is
    undefined and scores are 0. ds is a datastore of images (of rows, whose first column they are): the labels are
    written as PNG files, numbers from 1 in the order of the classes, and pxds is a pixelLabelDatastore of them.

    Options
      OutputType            'categorical' (default), or 'double' or 'uint8': numbers of classes from 1
      Classes               names of the classes; 'auto' (default): the network's, or C1, C2, ... of a dlnetwork
      MiniBatchSize         most images computed at once (128)
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Acceleration          'auto' (default), 'mex' (GPUs only), 'none': never compile
      WriteLocation         folder for the results of a datastore (the current folder)
      NamePrefix            how the names of their files begin ('pixelLabel')
      OutputFolderName      folder made for them in WriteLocation ('semanticsegOutput', with a number where it is there
                            already); "" for none
      Verbose               whether progress with a datastore is told (true)
      UseParallel           false; several threads work in any case

    Examples
      >> W = reshape([1 -1], 1, 1, 1, 2); out = pixelClassificationLayer(Classes=["light" "dark"]);
      >> layers = [imageInputLayer([2 2 1], Normalization="none"); convolution2dLayer(1, 2, Weights=W, Bias=zeros(1, 1, 2))];
      >> net = assembleNetwork([layers; softmaxLayer; out]); [C, score] = semanticseg([3 -3; -3 0.5], net)
      C =
        2×2 categorical array
           light      dark
           dark       light
      score =
        2×2 single matrix
          0.9975    0.9975
          0.9975    0.7311
      >> [C, score, allScores] = semanticseg([3 -3; -3 0.5], net); size(allScores)
      ans =
           2     2     2
      >> semanticseg([3 -3; -3 0.5], net, OutputType='uint8')
      ans =
        2×2 uint8 matrix
         1   2
         2   1
      >> imwrite(ones(2), 'a.png'); pxds = semanticseg(imageDatastore('a.png'), net); size(readimage(pxds, 1))
      Running semantic segmentation network
      -------------------------------------
      * Processed 1 images.
      ans =
           2     2

    See also pixelLabelDatastore, evaluateSemanticSegmentation, labeloverlay, unetLayers, trainNetwork.
    """  # noqa: E501
    net = trained(network, "semanticseg")
    options_only("semanticseg", roi)
    if len(roi) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    number = output_of(net)
    kind = take.choice(OutputType, OUTPUT_TYPES, "OutputType")
    options = Options.of(MiniBatchSize, ExecutionEnvironment, Acceleration, Layouts())
    classes = classes_of(net, number, Classes)
    take.flag(UseParallel, "UseParallel")
    told = take.flag(Verbose, "Verbose")
    if is_datastore(I):
        if roi or nargout > 1:
            raise ScriptError(
                "vision:semanticseg:datastoreOutputs", "Of a datastore whole images are segmented, into one output."
            )
        where = take.text(WriteLocation, "WriteLocation") if WriteLocation is not None else "."
        folder = made_folder(session, where, take.text(OutputFolderName, "OutputFolderName"))
        prefix = take.text(NamePrefix, "NamePrefix")
        files = written(session, net, number, I, options, folder, prefix, session.say if told else None)
        ids = LabelIds.of(classes, [np.array([[k + 1.0]]) for k in range(len(classes))])
        return PixelLabelDatastore(session, files, [folder], ids)
    image = checked(I)
    part = part_of(roi[0], image.shape) if roi else None
    scores = answers(session, net, [norm(image[part] if part else image)], [number], options)[0]
    best = scores.argmax(-1) + 1
    top = scores.max(-1)
    codes, largest, whole = (np.moveaxis(one, 0, -1) for one in (best.astype(np.int64), top, scores))
    if image.ndim < 4:
        codes, largest, whole = codes[..., 0], largest[..., 0], whole[..., 0]
    if part:
        codes, largest, whole = (placed(one, part, image.shape) for one in (codes, largest, whole))
    return of_kind(codes, kind, classes), norm(np.asfortranarray(largest)), norm(np.asfortranarray(whole))


def of_kind(codes: ndarray, kind: str, classes: Sequence[str]) -> Any:
    codes = np.asfortranarray(codes)
    if kind == "categorical":
        return Categorical(codes, list(classes))
    return norm(codes.astype(np.float64 if kind == "double" else np.uint8))


def checked(value: Any) -> ndarray:
    if not is_numeric(value) and not (type(value) is ndarray and value.dtype == bool) or as_array(value).ndim > 4:
        raise ScriptError(
            "vision:semanticseg:invalidImage",
            "The image must be a numeric array of height-by-width-by-channels, or several along the fourth dimension.",
            notes=(f"got {take.described(value)}",),
        )
    array = as_array(value)
    return array.astype(np.uint8) if array.dtype == bool else array


def output_of(network: Network) -> int:
    """The number of the layer whose output has the scores of all pixels."""
    names = network.output_names
    number = network.number(names[0])
    if len(names) > 1 or isinstance(network.layers[number], RegressionOutput) or network.sizes[number][:2] == (1, 1):
        raise ScriptError(
            "vision:semanticseg:noPixelClsLayer",
            "The network must have one output, with scores of classes for every pixel.",
            notes=(f"'{names[0]}' gives {'×'.join(map(str, network.sizes[number]))}",),
            hint="pixelClassificationLayer ends such networks" if network.kind != "dlnetwork" else None,
        )
    return number


def classes_of(network: Network, number: int, given: Any) -> tuple[str, ...]:
    """The names of the classes, one for each channel of the output."""
    count = network.sizes[number][2]
    own = getattr(network.layers[number], "classes", ())
    names = class_names(given) or own or tuple(f"C{k}" for k in range(1, count + 1))
    if len(names) != count:
        raise ScriptError(
            "vision:semanticseg:numClassesMismatch",
            "The number of class names must be the number of classes of the network.",
            notes=(f"there are {len(names)} names, the network gives {count} scores for each pixel",),
        )
    return tuple(names)


# ------------------------------------------------------------------------------------------------------- part of images
def part_of(roi: Any, shape: Sequence[int]) -> tuple[slice, slice]:
    """Rows and columns of [x y width height], which must lie in the image."""
    numbers = take.vector(roi, "roi")
    x, y, width, height = numbers.tolist() if numbers.size == 4 else (0.0,) * 4
    left, top = int(np.floor(x)), int(np.floor(y))
    if min(left, top) < 1 or min(width, height) < 1 or left + width - 1 > shape[1] or top + height - 1 > shape[0]:
        raise ScriptError(
            "vision:validation:invalidROIValue", "The roi must be [x y width height] of a part within the image.",
            notes=(f"got {take.described(roi)}", f"the image is {shape[0]}x{shape[1]}"),
        )  # fmt: skip
    return slice(top - 1, top - 1 + int(height)), slice(left - 1, left - 1 + int(width))


def placed(array: ndarray, part: tuple[slice, slice], shape: Sequence[int]) -> ndarray:
    made = np.zeros((*shape[:2], *array.shape[2:]), array.dtype)
    made[part] = array
    return made


# ----------------------------------------------------------------------------------------------------------- datastores
def made_folder(session: Any, where: str, name: str) -> str:
    """The folder for results, made: of a name that is taken a further one."""
    place = os.path.abspath(os.path.expanduser(where))
    if not os.path.isdir(place):
        raise ScriptError(
            "vision:semanticseg:folderNotFound", f"The folder '{where}' of WriteLocation does not exist.",
            hint="mkdir makes it",
        )  # fmt: skip
    if not name:
        return place
    folder, count = os.path.join(place, name), 0
    while os.path.exists(folder):
        count += 1
        folder = os.path.join(place, f"{name}_{count}")
    try:
        os.mkdir(folder)
    except OSError as fault:
        raise ScriptError(
            "vision:semanticseg:folderNotWritable", f"The folder '{folder}' cannot be made.",
            notes=(fault.strerror or str(fault),),
        ) from None  # fmt: skip
    session.look_again()
    return folder


def written(session: Any, network: Network, number: int, store: Any, options: Options, folder: str, prefix: str,
            say: Any) -> list[str]:  # fmt: skip
    """Label images of all images of a datastore, as PNG files; their names."""
    if say is not None:
        say(f"{TITLE}\n{'-' * len(TITLE)}")
    files: list[str] = []
    for batch in batches(session, network, [store], options.batch_size):
        shapes = [one.shape for one in batch]
        check_images(network, shapes, [number])
        require_room(network, shapes, [number])
        (scores,) = ask(
            network, batch, [number], batch_size=options.batch_size, environment=options.environment,
            acceleration=options.acceleration, progress=session.zoo.progress,
        )  # fmt: skip
        labels = (scores.argmax(-1) + 1).astype(np.uint8 if scores.shape[-1] < 256 else np.uint16)
        for image in labels:
            files.append(os.path.join(folder, f"{prefix}_{len(files) + 1:03d}.png"))
            with open(files[-1], "wb") as file:
                png_files.write(file, image, 8 * image.dtype.itemsize)
    if say is not None:
        say(f"* Processed {len(files)} images.\n")
    return files
