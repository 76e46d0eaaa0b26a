"""A network whose truth is known, trained in seconds on pictures with a planted cue: a bar, lying (class 1) or standing
(class 2), or none (class 3).  A square as bright, in every picture, and the noise say nothing.
"""

import numpy as np

SIDE, LONG = 20, 8


def pictures(count, seed, classes=3):
    """Pictures count×20×20×1, their classes from 0, the masks of the bars, and those of the squares."""
    random = np.random.default_rng(seed)
    images = random.normal(0, 0.2, (count, SIDE, SIDE, 1)).astype(np.float32)
    labels = random.integers(0, classes, count)
    bars, squares = np.zeros((2, count, SIDE, SIDE), bool)
    for image, label, bar, square in zip(images, labels, bars, squares, strict=True):
        height, width = (2, LONG) if label == 0 else (LONG, 2)
        while not square.any() or (bar & square).any():
            bar[:], square[:] = False, False
            row, column = random.integers(1, SIDE - height), random.integers(1, SIDE - width)
            bar[row : row + height, column : column + width] = label < 2
            row, column = random.integers(1, SIDE - 4, 2)
            square[row : row + 4, column : column + 4] = True
        image[bar | square, 0] += 1.5
    return images, labels, bars, squares


def trained(seed=0):
    """A Keras model that tells the three classes apart."""
    from cnnscript.engine.tensorflow_start import tensorflow

    tensorflow()
    import keras

    keras.utils.set_random_seed(seed)
    layers = keras.layers
    model = keras.Sequential([
        keras.Input((SIDE, SIDE, 1)),
        layers.Conv2D(8, 5, padding="same", activation="relu", name="conv1"),
        *[layers.Conv2D(12, 3, padding="same", activation="relu", name=f"conv{k}") for k in range(2, 6)],
        layers.GlobalAveragePooling2D(),
        layers.Dense(3, activation="softmax", name="scores"),
    ])  # fmt: skip
    images, labels, _, _ = pictures(1800, seed + 1)
    model.compile(keras.optimizers.Adam(4e-3), "sparse_categorical_crossentropy")
    model.fit(images, labels, batch_size=64, epochs=7, verbose=0)
    return model
