"""Files of Keras: each form read, none of them run."""

import json
import sys
from types import ModuleType

import numpy as np
import pytest

from cnnscript.engine.importing import keras_files
from cnnscript.engine.importing.keras_files import load_keras_file, load_saved_model
from cnnscript.errors import ScriptError


@pytest.fixture(scope="module")
def model(tf):
    import keras

    layers = keras.layers
    inner = keras.Sequential([keras.Input((6, 6, 3)), layers.Conv2D(2, 3), layers.BatchNormalization()], name="inner")
    return keras.Sequential([keras.Input((6, 6, 3)), inner, layers.Flatten(), layers.Dense(3, activation="softmax")])


@pytest.fixture
def images(rng):
    return rng.random((2, 6, 6, 3)).astype(np.float32)


@pytest.mark.filterwarnings("ignore")  # Keras warns of its own older format
def test_every_form_of_file_gives_the_numbers_of_the_model(model, images, tmp_path):
    expected = model.predict(images, verbose=0)
    model.save(tmp_path / "a.keras")
    model.save(tmp_path / "a.h5")
    model.save_weights(tmp_path / "a.weights.h5")
    (tmp_path / "a.json").write_text(model.to_json())
    for found in (
        load_keras_file(tmp_path / "a.keras"),
        load_keras_file(tmp_path / "a.h5"),
        load_keras_file(tmp_path / "a.json", tmp_path / "a.weights.h5"),
        load_saved_model(tmp_path / "a.keras"),
    ):
        np.testing.assert_array_equal(found.predict(images, verbose=0), expected)


def test_a_saved_model_without_the_metadata_of_keras_runs_as_one_layer(model, images, tmp_path):
    from cnnscript.engine.importing.keras_graph import network_of
    from cnnscript.engine.questions import ask

    model.export(tmp_path / "served")
    network = network_of(load_saved_model(tmp_path / "served"))
    found = ask(network, images, [len(network.layers) - 1])[0]
    np.testing.assert_allclose(found[:, 0, 0], model.predict(images, verbose=0), atol=1e-6)


def test_a_saved_model_of_keras_2_is_rebuilt_from_its_metadata_and_checkpoint(tf, model, images, tmp_path):
    """Written by hand as Keras 2 wrote it: the configuration in keras_metadata.pb, the numbers by their paths."""
    folder = tmp_path / "saved"
    (folder / "variables").mkdir(parents=True)
    (folder / "saved_model.pb").write_bytes(b"")
    config = {
        "class_name": "Sequential",
        "config": {"name": "small", "layers": [
            {"class_name": "InputLayer", "config": {"batch_input_shape": [None, 6, 6, 3], "dtype": "float32",
                                                    "sparse": False, "ragged": False, "name": "start"}},
            {"class_name": "Conv2D", "config": {"name": "conv", "filters": 2, "kernel_size": [3, 3],
                                                "activation": "relu"}},
            {"class_name": "Flatten", "config": {"name": "flatten"}},
            {"class_name": "Dense", "config": {"name": "dense", "units": 3, "activation": "linear"}},
        ]},
    }  # fmt: skip
    said = json.dumps({"model_config": config}).encode()
    node = b"\x10\x00\x1a\x04root" + b"\x2a" + varint(len(said)) + said
    (folder / "keras_metadata.pb").write_bytes(b"\x0a" + varint(len(node)) + node)
    rng = np.random.default_rng(0)
    arrays = {
        "layer_with_weights-0/kernel": rng.random((3, 3, 3, 2)), "layer_with_weights-0/bias": rng.random(2),
        "layer_with_weights-1/kernel": rng.random((32, 3)), "layer_with_weights-1/bias": rng.random(3),
    }  # fmt: skip
    names = [f"{name}/.ATTRIBUTES/VARIABLE_VALUE" for name in arrays]
    tensors = [tf.constant(array, tf.float32) for array in arrays.values()]
    tf.raw_ops.SaveV2(prefix=str(folder / "variables" / "variables"), tensor_names=names,
                      shape_and_slices=[""] * len(names), tensors=tensors)  # fmt: skip
    found = load_saved_model(folder)
    conv = tf.nn.relu(tf.nn.conv2d(images, tensors[0], 1, "VALID") + tensors[1])
    expected = tf.reshape(conv, (2, -1)) @ tensors[2] + tensors[3]
    np.testing.assert_allclose(found.predict(images, verbose=0), expected, rtol=1e-5)


def varint(number):
    found = b""
    while number > 127:
        found += bytes([number & 127 | 128])
        number >>= 7
    return found + bytes([number])


@pytest.mark.filterwarnings("ignore")
def test_a_lambda_layer_is_refused_before_anything_is_loaded(tf, tmp_path):
    import keras

    model = keras.Sequential([keras.Input((4, 4, 1)), keras.layers.Lambda(lambda x: x * 2, name="twice")])
    for name in ("a.keras", "a.h5"):
        model.save(tmp_path / name)
        with pytest.raises(ScriptError, match="'twice' is a Lambda layer"):
            load_keras_file(tmp_path / name)


def test_modules_named_in_a_file_are_not_imported(tmp_path):
    config = {"module": "os", "class_name": "system", "config": {}, "registered_name": "os>system"}
    (tmp_path / "a.json").write_text(json.dumps(config))
    with pytest.raises(ScriptError, match="asks for the class 'system' of the module 'os'"):
        load_keras_file(tmp_path / "a.json")


@pytest.mark.parametrize("name, content, says", [
    ("a.keras", b"", "is empty"),
    ("a.keras", b"PK\x03\x04 and nothing", "Unable to read a network"),
    ("a.h5", b"\x89HDF\r\n\x1a\n", "Unable to read a network"),
    ("a.json", b"{", "Unable to read a network"),
    ("a.txt", b"x", "Unable to read a network"),
])  # fmt: skip
def test_a_bad_file_is_an_error_that_names_it(name, content, says, tmp_path):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ScriptError, match=says):
        load_keras_file(tmp_path / name)
    with pytest.raises(ScriptError, match="Unable to find file"):
        load_keras_file(tmp_path / "none.keras")
    with pytest.raises(ScriptError) as raised:
        load_saved_model(tmp_path)
    assert raised.value.notes == ("there is no file 'saved_model.pb' in the folder",)


def test_an_import_of_keras_that_still_runs_is_waited_for(monkeypatch):
    """While Keras is half imported none of its inner modules can be imported by another thread."""
    waited = []
    monkeypatch.setitem(sys.modules, "keras", ModuleType("keras"))
    monkeypatch.setattr(keras_files, "tensorflow", lambda: waited.append(1))
    assert keras_files.whole_keras() is sys.modules["keras"] and waited == [1]
    monkeypatch.delitem(sys.modules, "keras")
    assert keras_files.whole_keras() is None and waited == [1]
