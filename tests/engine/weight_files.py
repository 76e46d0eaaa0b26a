"""Files in the layouts of other programs, written with known numbers: what tests of readers and converters read."""

import io
import pickle
import struct
import zipfile

import numpy as np


def varint(number):
    out = b""
    while True:
        out += bytes([number & 0x7F | (0x80 if number > 0x7F else 0)])
        number >>= 7
        if not number:
            return out


def field(number, data):
    """A protocol-buffer field: bytes, text or a whole number."""
    if isinstance(data, int):
        return varint(number << 3) + varint(data)
    data = data.encode() if isinstance(data, str) else data
    return varint(number << 3 | 2) + varint(len(data)) + data


def caffe_blob(array, old=False, packed=True, double=False):
    """A BlobProto; old: num, channels, height, width instead of a shape."""
    if old:
        shape = (*(1,) * (4 - array.ndim), *array.shape)
        head = b"".join(field(1 + i, int(n)) for i, n in enumerate(shape))
    else:
        head = field(7, field(1, b"".join(varint(n) for n in array.shape)))
    if double:
        return head + field(8, array.astype("<f8").tobytes())
    if packed:
        return head + field(5, array.astype("<f4").tobytes())
    return head + b"".join(varint(5 << 3 | 5) + struct.pack("<f", x) for x in array.ravel())


def caffemodel(layers, old=False, **options):
    """A NetParameter of {layer: [arrays]}; old: V1 layers, as before 2014."""
    whole = field(1, "net")
    for name, blobs in layers.items():
        kinds = field(5, 4) if old else field(2, "Convolution")
        inside = field(4 if old else 1, name) + kinds
        inside += b"".join(field(6 if old else 7, caffe_blob(blob, old, **options)) for blob in blobs)
        whole += field(2 if old else 100, inside)
    return whole


def keras_h5(path, layers, nested=False):
    """A .h5 of {layer: [(weight, array)]} as Keras 1 and 2 wrote it."""
    import h5py

    with h5py.File(path, "w") as file:
        top = file.create_group("model_weights") if nested else file
        top.attrs["layer_names"] = [name.encode() for name in layers]
        for name, weights in layers.items():
            group = top.create_group(name)
            group.attrs["weight_names"] = [f"{name}/{word}:0".encode() for word, _ in weights]
            for word, array in weights:
                group[f"{name}/{word}:0"] = array


def darknet(layers, version=(0, 2, 0)):
    """Header and the numbers of arrays one after another."""
    head = struct.pack("<3i", *version) + struct.pack("<q" if version[0] * 10 + version[1] >= 2 else "<i", 32013312)
    return head + b"".join(array.astype("<f4").tobytes() for array in layers)


# ------------------------------------------------------------------------------------------------------------- PyTorch


class Named:
    """Something a pickle refers to by its name in a module that is not here."""

    def __init__(self, module, name):
        self.module, self.name = module, name


class Call:
    """Something that a pickle makes by a call."""

    def __init__(self, function, *args):
        self.function, self.args = function, args


class StorageOf:
    def __init__(self, array, key):
        self.array, self.key = array, key


KINDS = {"float32": "FloatStorage", "float64": "DoubleStorage", "int64": "LongStorage", "float16": "HalfStorage"}


class Writer(pickle._Pickler):
    """Writes Named as a global and StorageOf as a persistent id, as PyTorch's pickler does."""

    def persistent_id(self, thing):
        if not isinstance(thing, StorageOf):
            return None
        kind = Named("torch", KINDS[str(thing.array.dtype)])
        legacy = (None,) if self.legacy else ()
        return ("storage", kind, thing.key, "cpu", thing.array.size, *legacy)

    def save(self, thing, save_persistent_id=True):
        if isinstance(thing, Named):
            self.write(b"c" + thing.module.encode() + b"\n" + thing.name.encode() + b"\n")
        elif isinstance(thing, Call):
            self.save(thing.function)
            self.save(thing.args)
            self.write(b"R")
        else:
            super().save(thing, save_persistent_id)


def pickled(thing, legacy=False):
    out = io.BytesIO()
    writer = Writer(out, 2)
    writer.legacy = legacy
    writer.dump(thing)
    return out.getvalue()


def torch_tensor(array, key):
    """A tensor as state dictionaries hold it, with a storage of its own (transposed ones keep their strides)."""
    flat = np.ascontiguousarray(array if not array.flags.f_contiguous else array.T)
    strides = tuple(step // array.itemsize for step in array.strides)
    storage = StorageOf(flat.ravel(), key)
    return Call(Named("torch._utils", "_rebuild_tensor_v2"), storage, 0, array.shape, strides, False,
                Call(Named("collections", "OrderedDict"))), storage  # fmt: skip


def torch_file(path, arrays, legacy=False, wrap=None):
    """A .pth of {name: array}, in the zip layout or the older one."""
    made = {name: torch_tensor(array, str(i)) for i, (name, array) in enumerate(arrays.items())}
    state = {name: tensor for name, (tensor, _) in made.items()}
    if wrap:
        state = {wrap: state, "epoch": 3}
    storages = [storage for _, storage in made.values()]
    if not legacy:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("archive/data.pkl", pickled(state))
            archive.writestr("archive/byteorder", "little")
            for storage in storages:
                archive.writestr(f"archive/data/{storage.key}", storage.array.tobytes())
            archive.writestr("archive/version", "3\n")
        return
    about = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}
    with open(path, "wb") as file:
        for part in (0x1950A86A20F9469CFC6C, 1001, about):
            file.write(pickle.dumps(part, 2))
        file.write(pickled(state, legacy=True))
        file.write(pickle.dumps([storage.key for storage in storages], 2))
        for storage in storages:
            file.write(struct.pack("<q", storage.array.size) + storage.array.tobytes())
