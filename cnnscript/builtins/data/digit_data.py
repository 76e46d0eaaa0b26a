"""Pictures of digits as tutorials load them: digitTrain4DArrayData and its like; and their folder below matlabroot."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

import numpy as np

from cnnscript.builtins.data.example_folders import drawn_folder
from cnnscript.builtins.files.places import matlab_root
from cnnscript.builtins.registry import builtin
from cnnscript.pictures.images import digit_pictures
from cnnscript.pictures.images.digit_pictures import CLASSES, COUNT, Digits
from cnnscript.syntax.table import cache_folder
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import norm

KEPT = "digits-1.npz"  # another number where other pictures are drawn
INSIDE = ("toolbox", "nnet", "nndemos", "nndatasets", "DigitDataset")  # of matlabroot
NOTICE = (
    f"DigitDataset: MATLAB's digits are not ours to ship; {COUNT} of our own, from fonts and as with a pen, stand in."
)


def digits(session: Any) -> Digits:
    """The pictures; once in a session it is said whose they are."""
    tell(session)
    return of_file(os.path.join(cache_folder(), KEPT))


def tell(session: Any) -> None:
    if NOTICE not in session.desk.told:
        session.desk.told.add(NOTICE)
        session.out.write(NOTICE + "\n")


@lru_cache(1)
def of_file(path: str) -> Digits:
    return digit_pictures.kept(path)


def folder() -> str:
    """The folder of the pictures' files, made when it is first asked for."""
    kept = os.path.join(cache_folder(), KEPT)
    path = os.path.join(matlab_root(), *INSIDE)
    return drawn_folder(path, "digits", lambda folder: digit_pictures.write_folder(of_file(kept), folder))


# ------------------------------------------------------------------------------------------------------- as arrays
def pixels(some: Digits, places: np.ndarray) -> np.ndarray:
    """28×28×1×n doubles from 0 to 1."""
    chosen = some.pictures[places].astype(np.float64) / 255
    return np.asfortranarray(chosen.transpose(1, 2, 0)[:, :, None])


def labels(some: Digits, places: np.ndarray) -> Categorical:
    codes = some.digits()[places].reshape(-1, 1) + 1
    return Categorical(codes.astype(np.int64), [str(digit) for digit in range(CLASSES)])


def angles(some: Digits, places: np.ndarray) -> np.ndarray:
    return norm(some.angles[places].astype(float).reshape(-1, 1))


def arrays(some: Digits, places: np.ndarray) -> tuple[Any, ...]:
    return pixels(some, places), labels(some, places), angles(some, places)


def cells(some: Digits, places: np.ndarray) -> tuple[Any, Any]:
    """A row of pictures, and rows of zeros with a one where the digit is: 0 is the tenth."""
    made = np.empty((1, len(places)), object)
    for number, place in enumerate(places):
        made[0, number] = np.asfortranarray(some.pictures[place].astype(np.float64) / 255)
    targets = np.zeros((CLASSES, len(places)), order="F")
    targets[some.digits()[places] - 1, np.arange(len(places))] = 1  # -1 is the last
    return made, targets


@builtin(name="digitTrain4DArrayData", outputs=3)
def digit_train_4d_array_data(session, nargout, /):
    """
    [XTrain, YTrain] = digitTrain4DArrayData
    [XTrain, YTrain, anglesTrain] = digitTrain4DArrayData

    5000 pictures of digits to train with, 28×28×1×5000 from 0 to 1, which digit each shows (categorical) and by how
    many degrees it was turned clockwise, -45 to 45; imrotate by that angle makes it upright.

    They are cnnscript's own: drawn when they are first asked for, always the same, and kept in the cache folder. The
    same pictures are files below matlabroot, toolbox/nnet/nndemos/nndatasets/DigitDataset, in a folder for each digit.
    `load DigitsDataTrain` gives them as XTrain, labelsTrain and anglesTrain, `load digitTrainSet` as XTrain and TTrain.

    Examples
      >> [XTrain, YTrain, anglesTrain] = digitTrain4DArrayData; size(XTrain)
      DigitDataset: MATLAB's digits are not ours to ship; 10000 of our own, from fonts and as with a pen, stand in.
      ans =
                28          28           1        5000
      >> countcats(YTrain)'
      ans =
         500   500   500   500   500   500   500   500   500   500
      >> [XTrain, YTrain] = digitTrain4DArrayData; YTrain(1:4)', max(XTrain, [], 'all')
      ans =
        1×4 categorical array
           4      0      3      8
      ans =
           1

    See also digitTest4DArrayData, imageDatastore, trainNetwork, montage.
    """
    some = digits(session)
    return arrays(some, some.train)


@builtin(name="digitTest4DArrayData", outputs=3)
def digit_test_4d_array_data(session, nargout, /):
    """
    [XTest, YTest] = digitTest4DArrayData
    [XTest, YTest, anglesTest] = digitTest4DArrayData

    5000 pictures of digits to test with, as digitTrain4DArrayData gives others to train with.

    Examples
      >> [XTest, YTest, anglesTest] = digitTest4DArrayData; size(YTest)
      DigitDataset: MATLAB's digits are not ours to ship; 10000 of our own, from fonts and as with a pen, stand in.
      ans =
              5000           1
      >> [XTest, YTest] = digitTest4DArrayData; size(XTest)
      ans =
                28          28           1        5000

    See also digitTrain4DArrayData, classify.
    """
    some = digits(session)
    return arrays(some, some.test)


@builtin(name="digitTrainCellArrayData", outputs=2)
def digit_train_cell_array_data(session, nargout, /):
    """
    [xTrain, tTrain] = digitTrainCellArrayData

    The pictures of digitTrain4DArrayData as a row of 28×28 matrices in a cell, and 10×5000 targets: the tenth row is
    1 for a zero.

    Examples
      >> [xTrain, tTrain] = digitTrainCellArrayData; size(xTrain), size(xTrain{1}), sum(tTrain, 2)'
      DigitDataset: MATLAB's digits are not ours to ship; 10000 of our own, from fonts and as with a pen, stand in.
      ans =
                 1        5000
      ans =
          28    28
      ans =
         500   500   500   500   500   500   500   500   500   500

    See also digitTrain4DArrayData, digitTestCellArrayData.
    """
    some = digits(session)
    return cells(some, some.train)


@builtin(name="digitTestCellArrayData", outputs=2)
def digit_test_cell_array_data(session, nargout, /):
    """
    [xTest, tTest] = digitTestCellArrayData

    The pictures of digitTest4DArrayData as a row of 28×28 matrices in a cell, and their 10×5000 targets.

    Examples
      >> [xTest, tTest] = digitTestCellArrayData; size(tTest)
      DigitDataset: MATLAB's digits are not ours to ship; 10000 of our own, from fonts and as with a pen, stand in.
      ans =
                10        5000

    See also digitTest4DArrayData, digitTrainCellArrayData.
    """
    some = digits(session)
    return cells(some, some.test)
