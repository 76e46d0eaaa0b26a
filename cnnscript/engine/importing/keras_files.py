"""Keras models from files, without running anything that the files say.

    .keras            archive of configuration and weights
    .h5, .hdf5        the older form of the same
    .json             an architecture; its weights are in another file
    folder            a TensorFlow SavedModel: with Keras' metadata the layers themselves, else one layer that runs it

A configuration that holds Python code (a Lambda layer) or names a class that is not Keras' and was not registered with
Keras is refused, except where `keras.config.enable_unsafe_deserialization()` was called.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.errors import ScriptError

UNSAFE = "keras.config.enable_unsafe_deserialization() in Python allows code from files that you trust"

REGISTER = "register the class with keras.saving.register_keras_serializable, or hand the model in from Python"


def load_keras_file(path: Path, weights: Path | None = None) -> Any:
    """The keras.Model of a file, not compiled.

    weights: the file of its weights, where path is an architecture (.json).  Raises ScriptError for a file that is
    missing, empty, damaged, of another kind, or asks for code to be run.
    """
    check_there(path)
    config = config_of(path)
    check_config(config, path)
    tensorflow()
    import keras

    with reading(path):
        if path.suffix.lower() == ".json":
            model = keras.models.model_from_json(path.read_text(encoding="utf-8"))
        else:
            model = keras.models.load_model(str(path), compile=False, safe_mode=not unsafe_allowed())
    if weights is not None:
        check_there(weights)
        with reading(weights):
            model.load_weights(str(weights))
    return model


def check_there(path: Path) -> None:
    """Raise ScriptError unless there is a file with something in it."""
    if not path.exists():
        raise ScriptError("nnet_cnn:importing:FileNotFound", f"Unable to find file '{path}'.")
    if path.is_file() and path.stat().st_size == 0:
        raise ScriptError("nnet_cnn:importing:EmptyFile", f"The file '{path}' is empty.")


def broken(path: Path, what: str, hint: str | None = None) -> ScriptError:
    """The error of a file that is not what it should be."""
    message = f"Unable to read a network from '{path}'."
    return ScriptError("nnet_cnn:importing:BadFile", message, notes=(what,), hint=hint)


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Whatever Keras raises over a file becomes one error that names it; nothing is printed."""
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    except ScriptError:
        raise
    except Exception as fault:
        text = str(fault).strip() or type(fault).__name__
        hint = None
        if "Could not locate class" in text or "Unknown layer" in text:
            hint = REGISTER
        raise broken(path, text.splitlines()[0][:300], hint) from fault


def config_of(path: Path) -> Any:
    """The configuration in a file of Keras, as plain data."""
    kind = path.suffix.lower()
    try:
        if kind == ".keras":
            with zipfile.ZipFile(path) as archive:
                return json.loads(archive.read("config.json"))
        if kind in (".h5", ".hdf5"):
            import h5py

            with h5py.File(path, "r") as file:
                config = file.attrs.get("model_config")
            if config is None:
                way = f"give the architecture: importKerasNetwork('model.json','WeightFile','{path.name}')"
                raise broken(path, "the file holds weights only", way)
            return json.loads(config)
        if kind == ".json":
            return json.loads(path.read_text(encoding="utf-8"))
    except ScriptError:
        raise
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as fault:
        raise broken(path, str(fault).splitlines()[0] if str(fault) else type(fault).__name__) from fault
    raise broken(path, f"a file of Keras ends in .keras, .h5, .hdf5 or .json, not '{path.suffix}'")


def check_config(config: Any, path: Path) -> None:
    """Refuse a configuration that would run code."""
    if unsafe_allowed():
        return
    for part in parts_of(config):
        kind = part.get("class_name")
        if kind in ("Lambda", "__lambda__"):
            name = part.get("config", {}).get("name") if isinstance(part.get("config"), dict) else None
            raise ScriptError(
                "nnet_cnn:importing:UnsafeFile",
                f"The file '{path}' holds Python code: the layer '{name or kind}' is a Lambda layer.",
                notes=("code from files is never run",), hint=UNSAFE,
            )  # fmt: skip
        module = part.get("module")
        if isinstance(module, str) and isinstance(kind, str) and not module_is_known(module, part):
            raise ScriptError(
                "nnet_cnn:importing:UnsafeFile",
                f"The file '{path}' asks for the class '{kind}' of the module '{module}'.",
                notes=("modules named in files are never imported",),
                hint=REGISTER,
            )  # fmt: skip


def module_is_known(module: str, part: dict[str, Any]) -> bool:
    if module.split(".")[0] in ("keras", "builtins"):
        return True
    keras = whole_keras()  # nothing can be registered before it is imported
    name = part.get("registered_name")
    return keras is not None and bool(name) and keras.saving.get_registered_object(name) is not None


def parts_of(config: Any) -> Iterator[dict[str, Any]]:
    """All dicts within plain data."""
    waiting = [config]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)


def unsafe_allowed() -> bool:
    """Did somebody switch Keras' own safety off?"""
    if whole_keras() is None:
        return False
    from keras.src.saving import serialization_lib

    return serialization_lib.in_safe_mode() is False


def whole_keras() -> Any:
    """Keras, where it is imported, or is being imported in the background: then that is waited for.  None: it is not.

    Modules of a Keras that is half imported need one another, and can be had in the order of its own import only.
    """
    if "keras" not in sys.modules:
        return None
    tensorflow()
    return sys.modules["keras"]


# ---------------------------------------------------------------------------------------------------------- SavedModel


def load_saved_model(folder: Path) -> Any:
    """The keras.Model behind a SavedModel folder, or a layer that runs it (keras.layers.TFSMLayer) where the folder
    says nothing of Keras layers.  Files of Keras are taken, too."""
    check_there(folder)
    if folder.is_file():
        return load_keras_file(folder)
    if not (folder / "saved_model.pb").is_file():
        raise broken(folder, "there is no file 'saved_model.pb' in the folder")
    metadata = folder / "keras_metadata.pb"
    tensorflow()
    if metadata.is_file():
        config = root_config(metadata)
        if config is not None:
            check_config(config, metadata)
            with reading(folder):
                return with_checkpoint(rebuilt(config), folder / "variables" / "variables")
    with reading(folder):
        return served(folder)


def root_config(path: Path) -> dict[str, Any] | None:
    """Class name and configuration of the model in keras_metadata.pb; None where it is a class of its own."""
    for node in fields_of(path.read_bytes(), path):
        if node[0] != 1:
            continue
        parts = dict(fields_of(node[1], path))
        if parts.get(3) != b"root":
            continue
        try:
            said = json.loads(parts[5])
        except (KeyError, ValueError) as fault:
            raise broken(path, "its description of the model is damaged") from fault
        found = said.get("model_config") or {"class_name": said.get("class_name"), "config": said.get("config")}
        return found if found.get("class_name") in ("Functional", "Sequential", "Model") else None
    return None


def fields_of(data: bytes, path: Path) -> Iterator[tuple[int, Any]]:
    """Numbers and contents of the fields of a protocol buffer (only those kinds that keras_metadata.pb has)."""
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            if at >= len(data):
                raise broken(path, "the file ends in the middle")
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        key = varint()
        if key & 7 == 2:
            length = varint()
            if at + length > len(data):
                raise broken(path, "the file ends in the middle")
            yield key >> 3, data[at : at + length]
            at += length
        elif key & 7 == 0:
            yield key >> 3, varint()
        else:
            raise broken(path, "it is no metadata of Keras")


def rebuilt(config: dict[str, Any]) -> Any:
    """A model of a configuration as Keras 2 wrote it."""
    from keras.src.legacy.saving import saving_utils

    return saving_utils.model_from_config(config, custom_objects={})


def with_checkpoint(model: Any, prefix: Path) -> Any:
    """The model with the numbers of a TensorFlow checkpoint: 'layer_with_weights-0/kernel/.ATTRIBUTES/...'."""
    reader = tensorflow().train.load_checkpoint(str(prefix))
    known = reader.get_variable_to_shape_map()
    for path, variable in variables_by_path(model, ""):
        key = f"{path}/.ATTRIBUTES/VARIABLE_VALUE"
        if key not in known:
            raise ValueError(f"the checkpoint has no '{path}'")
        variable.assign(np.asarray(reader.get_tensor(key)))
    return model


def variables_by_path(model: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for number, layer in enumerate(layer for layer in model.layers if layer.weights):
        place = f"{prefix}layer_with_weights-{number}"
        if hasattr(layer, "layers"):
            yield from variables_by_path(layer, place + "/")
        else:
            yield from ((f"{place}/{variable.name}", variable) for variable in layer.weights)


def served(folder: Path) -> Any:
    """A SavedModel without Keras' metadata as a model of one layer."""
    import keras

    signatures = tensorflow().saved_model.load(str(folder)).signatures
    if not signatures:
        raise ValueError("the SavedModel has no signature to call")
    name = "serving_default" if "serving_default" in signatures else next(iter(signatures))
    takes = signatures[name].structured_input_signature[1]
    if len(takes) != 1:
        raise ValueError(f"the signature '{name}' takes {len(takes)} inputs, not one")
    shape = tuple(next(iter(takes.values())).shape)
    layer = keras.layers.TFSMLayer(str(folder), call_endpoint=name)
    start = keras.Input(shape[1:])
    found = keras.tree.flatten(layer(start))
    return keras.Model(start, found[0] if len(found) == 1 else found)
