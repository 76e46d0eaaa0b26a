"""Keras models known from other objects, without importing Keras."""

from __future__ import annotations

from typing import Any


def is_keras_model(value: Any) -> bool:
    """Is a Python object a keras.Model?"""
    return any(kind.__name__ == "Model" and kind.__module__.split(".")[0] == "keras" for kind in type(value).__mro__)
