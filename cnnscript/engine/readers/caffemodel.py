"""Caffe's .caffemodel: the blobs of each layer, read from the protocol-buffer bytes without Caffe.

Field numbers are those of caffe.proto: NetParameter.layers 2 (before 2014) and .layer 100; their name, type and blobs;
BlobProto's num, channels, height, width 1-4, data 5, shape 7, double_data 8.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
OLD_LAYER, NEW_LAYER = 2, 100
FIELDS = {OLD_LAYER: (4, 5, 6), NEW_LAYER: (1, 2, 7)}  # name, type, blobs


def read_caffemodel(path: Path) -> dict[str, list[np.ndarray]]:
    """Layer → its blobs (weights, bias, ...) in Caffe's order of dimensions.  ValueError when it is no such file."""
    data = memoryview(path.read_bytes())
    found: dict[str, list[np.ndarray]] = {}
    try:
        for number, kind, value in fields_of(data):
            if number in FIELDS and kind == BYTES:
                name, blobs = _layer(value, *FIELDS[number])
                if blobs:
                    found[name] = blobs
    except (IndexError, struct.error, ValueError, UnicodeDecodeError) as fault:
        raise ValueError(f"not a Caffe model: {fault}") from fault
    if not found:
        raise ValueError("not a Caffe model: it holds no layers with blobs")
    return found


def fields_of(data: memoryview) -> Iterator[tuple[int, int, Any]]:
    """(field number, wire type, value) of a message; a value of wire type 2 is its bytes."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        number, kind = tag >> 3, tag & 7
        if number == 0:
            raise ValueError("a field without a number")
        value: Any
        if kind == VARINT:
            value, at = _varint(data, at)
        elif kind in (FIXED64, FIXED32):
            count = 8 if kind == FIXED64 else 4
            value, at = data[at : at + count], at + count
        elif kind == BYTES:
            count, at = _varint(data, at)
            value, at = data[at : at + count], at + count
        else:
            raise ValueError(f"a field of unknown wire type {kind}")
        if at > len(data):
            raise ValueError("it ends inside a field")
        yield number, kind, value


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise ValueError("it ends inside a number")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _layer(data: memoryview, name_field: int, type_field: int, blob_field: int) -> tuple[str, list[np.ndarray]]:
    name, blobs = "", []
    for number, kind, value in fields_of(data):
        if kind == BYTES and number == name_field:
            name = bytes(value).decode("utf-8")
        elif kind == BYTES and number == blob_field:
            blobs.append(_blob(value))
    return name, blobs


def _blob(data: memoryview) -> np.ndarray:
    old, shape, parts = [1, 1, 1, 1], None, []
    for number, kind, value in fields_of(data):
        if number in (1, 2, 3, 4) and kind == VARINT:
            old[number - 1] = value
        elif number == 7 and kind == BYTES:
            shape = _dimensions(value)
        elif number in (5, 8):
            width = "<f4" if number == 5 else "<f8"
            parts.append(np.frombuffer(value, width))  # packed, or one number a field
    numbers = np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, np.float32)
    return numbers.reshape(shape if shape is not None else old)


def _dimensions(data: memoryview) -> list[int]:
    found = []
    for number, kind, value in fields_of(data):
        if number == 1 and kind == BYTES:
            at = 0
            while at < len(value):
                length, at = _varint(value, at)
                found.append(length)
        elif number == 1 and kind == VARINT:
            found.append(value)
    return found
