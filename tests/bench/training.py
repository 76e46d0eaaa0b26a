"""An epoch of training against bare `model.fit`, in one run: MATLAB's tutorial network of digits (three convolutions
with batch normalisation), 5000 images of 28×28, mini-batches of 128, SGD with momentum.

    model.fit     Keras' own layers, float32 N×H×W×C in memory, nothing printed, no metrics besides accuracy
    ours          the engine's loop on what scripts have (doubles, height×width×channels×N), with weight decay and a
                  record of every iteration
    files         ours on PNG files after their first epoch
    augmented     the same, each image turned and shifted at random
    the plot      what of the same is spent in 'Plots','training-progress' (timed inside: its share is far below what
                  neighbours' load moves an epoch by)
"""

from __future__ import annotations

import io
from time import perf_counter
from typing import Any

import numpy as np

from cnnscript.builtins.training.data_choosing import data_of
from cnnscript.builtins.training.progress_plots import ProgressPlot
from cnnscript.builtins.training.training_data import ImageFeed, OfImages
from cnnscript.builtins.training.watchers import Record, Watchers
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.engine.training.feeds import ArrayFeed, Feed
from cnnscript.engine.training.goals import goal_of_layer
from cnnscript.engine.training.loop import Moment, Training, Watcher
from cnnscript.engine.training.plans import Plan, Solver
from cnnscript.engine.training.schedules import Schedule
from cnnscript.engine.training.trainees import Trainee
from cnnscript.session import Session
from tests.bench.ratios import alternating, print_table

GOAL, FILES_GOAL, PLOT_GOAL = 1.1, 1.3, 0.05
COUNT = 5000
NETWORK = """layers = [imageInputLayer([28 28 1])
convolution2dLayer(3,8,Padding="same"); batchNormalizationLayer; reluLayer; maxPooling2dLayer(2,Stride=2)
convolution2dLayer(3,16,Padding="same"); batchNormalizationLayer; reluLayer; maxPooling2dLayer(2,Stride=2)
convolution2dLayer(3,32,Padding="same"); batchNormalizationLayer; reluLayer
fullyConnectedLayer(10); softmaxLayer; classificationLayer];
X = zeros(28,28,1,128); Y = categorical(repmat((1:16)',8,1)); Y = categorical(mod(double(Y),10));
options = trainingOptions('sgdm',MaxEpochs=1,Verbose=false); net = trainNetwork(X,Y,layers,options);"""


STORES = """d = fullfile(toolboxdir('nnet'),'nndemos','nndatasets','DigitDataset');
imds = subset(imageDatastore(d,IncludeSubfolders=true,LabelSource='foldernames'),1:2:10000);
g = imageDataAugmenter(RandRotation=[-20 20],RandXTranslation=[-3 3],RandYTranslation=[-3 3]);
augmented = augmentedImageDatastore([28 28],imds,DataAugmentation=g);"""


class Timed(ProgressPlot):
    """A plot that knows the seconds it took."""

    spent = 0.0

    def iteration(self, moment: Moment) -> bool | str:
        start = perf_counter()
        stop = super().iteration(moment)
        self.spent += perf_counter() - start
        return stop


def main(names: list[str]) -> None:
    rng = np.random.default_rng(0)
    images, labels = rng.random((28, 28, 1, COUNT)).copy(order="F"), rng.integers(0, 10, COUNT)
    tensorflow()
    session = Session(out=io.StringIO(), figures="words")
    session.run(NETWORK)
    network = session["net"].network
    last = len(network.layers) - 1
    plan = Plan(Solver("sgdm"), Schedule(0.01), epochs=1, population=False)
    trainee = Trainee(network, last, goal_of_layer(network.layers[last]), plan)
    feed = ArrayFeed([images.transpose(3, 0, 1, 2)], labels.astype(np.int32).reshape(-1, 1, 1))

    session.run(STORES)

    def of_files(name: str) -> ImageFeed:
        data = data_of(session, [session[name]], [network.layers[0]])
        assert isinstance(data, OfImages)
        return ImageFeed(data.begun, data.beside, feed.targets, network.layers[0], "training")

    def ours(watchers: list[Watcher], of: Feed = feed) -> None:
        Training(trainee, plan, of, None, Watchers([Record(), *watchers]), rng.permutation, lambda: (0, 0)).run()

    files, augmented = of_files("imds"), of_files("augmented")

    model = keras_twin()
    x = np.ascontiguousarray(images.transpose(3, 0, 1, 2), np.float32)
    tasks = {
        "fit": lambda: model.fit(x, labels, batch_size=128, epochs=1, verbose=0),
        "ours": lambda: ours([]),
        "files": lambda: ours([], files),
        "augmented": lambda: ours([], augmented),
    }
    for task in tasks.values():  # traced before it is measured
        task()
    times = alternating(tasks, 9)
    ours([ProgressPlot(session, trainee.goal.metrics, False, plan)])  # the first imports what draws
    plot = Timed(session, trainee.goal.metrics, False, plan)
    ours([plot])
    rows = []
    for word, seconds, of, goal in (
        ("ours", times["ours"], "fit", GOAL), ("files", times["files"], "ours", FILES_GOAL),
        ("augmented", times["augmented"], "ours", FILES_GOAL), ("the plot", plot.spent, "ours", PLOT_GOAL),
    ):  # fmt: skip
        ratio = seconds / times[of]
        rows.append((word, 1000 * seconds, {"fit": "model.fit", "ours": "ours"}[of], 1000 * times[of], ratio,
                     f"{'yes' if ratio <= goal else 'NO'} ({goal})"))  # fmt: skip
    header = ("an epoch of 39 iterations", "ms", "against", "ms", "ratio", "reached")
    print_table(f"training: MATLAB's digits network, {COUNT} images", header, rows)


def keras_twin() -> Any:
    """The same network of Keras' own layers."""
    import keras

    layers: list[Any] = [keras.Input((28, 28, 1))]
    for place, filters in enumerate((8, 16, 32)):
        layers += [keras.layers.Conv2D(filters, 3, padding="same"), keras.layers.BatchNormalization(epsilon=1e-5),
                   keras.layers.ReLU()]  # fmt: skip
        layers += [keras.layers.MaxPooling2D(2)] if place < 2 else []
    model = keras.Sequential([*layers, keras.layers.Flatten(), keras.layers.Dense(10), keras.layers.Softmax()])
    model.compile(keras.optimizers.SGD(0.01, momentum=0.9), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


if __name__ == "__main__":
    main([])
