"""HDF5 files: h5create, h5read, h5write, h5info, h5disp, and attributes.

HDF5 counts dimensions the other way round than MATLAB, so a dataset of MATLAB's size [H W C N] lies in the file as
N×C×W×H.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import flag_of, one_text, real_numbers, shaped, whole_number
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT, as_array, class_of, norm
from cnnscript.values.structs import Struct, struct_array
from cnnscript.values.text import String, text_or_none, texts_or_none

TYPES = {
    "double": "f8", "single": "f4", "uint64": "u8", "int64": "i8", "uint32": "u4", "int32": "i4", "uint16": "u2",
    "int16": "i2", "uint8": "u1", "int8": "i1",
}  # fmt: skip
WORDS = {"f": "IEEE_F", "i": "STD_I", "u": "STD_U"}


def opened(session: Any, filename: Any, mode: str, name: str) -> Any:
    """The file, opened.  Raises ScriptError where it is none."""
    import h5py

    word = os.path.expanduser(one_text(filename, name, "File name"))
    path = str(session.path.find_file(word) or word)
    if mode in ("r", "r+") and not os.path.isfile(path):
        raise ScriptError(
            f"MATLAB:imagesci:{name}:fileOpenErr", f"Unable to open '{word}'. File or folder not found.",
        )  # fmt: skip
    try:
        return h5py.File(path, mode)
    except OSError as fault:
        raise ScriptError(
            f"MATLAB:imagesci:{name}:libraryError",
            f"Unable to open the file because of HDF5 Library error: '{word}' is no HDF5 file, or it cannot be opened.",
            notes=(str(fault).splitlines()[0],),
        ) from None


def located(file: Any, where: Any, name: str, kind: str = "") -> Any:
    """The group or dataset at a place in a file."""
    import h5py

    word = one_text(where, name, "Location")
    try:
        found = file[word]
    except (KeyError, ValueError):
        raise ScriptError(
            f"MATLAB:imagesci:{name}:datasetDoesNotExist",
            f"The dataset '{word.rpartition('/')[2]}' does not exist."
            if kind
            else f"There is no '{word}' in the file.",
            notes=("the file holds " + ", ".join("/" + one for one in list(file)[:10]),),
        ) from None
    if kind == "dataset" and not isinstance(found, h5py.Dataset):
        raise ScriptError(f"MATLAB:imagesci:{name}:notDataset", f"'{word}' is a group, not a dataset.")
    return found


def value_of(data: Any, dtype: Any) -> Any:
    """What a dataset or attribute holds, as a value."""
    import h5py

    array = np.asarray(data)
    if h5py.check_string_dtype(dtype) is not None or array.dtype.kind in "OSU":
        texts = [
            item.decode("utf-8", "replace") if isinstance(item, bytes) else str(item) for item in array.T.ravel("F")
        ]
        return String(shaped(texts, array.T.shape if array.ndim > 1 else (max(array.size, 1), 1)))
    if array.dtype.names is not None or array.dtype.kind not in "fiub":
        raise ScriptError(
            "MATLAB:imagesci:h5read:type", f"Datasets of the type {array.dtype} are not in cnnscript yet."
        )
    if array.dtype.kind == "f" and array.dtype.itemsize == 2:
        array = array.astype(np.float32)
    array = array.astype(array.dtype.newbyteorder("="))
    if array.ndim < 2:
        return norm(array.reshape(-1, 1))
    return norm(np.asfortranarray(array.T))


def selection(shape: tuple[int, ...], start: Any, count: Any, stride: Any, name: str) -> tuple[slice, ...]:
    """The part of a dataset (`shape` in MATLAB's order) that start, count and stride pick, in the order of the file."""
    first = places(start, len(shape), name, "start")
    many = places(count, len(shape), name, "count") if count is not None else [float("inf")] * len(shape)
    steps = places(stride, len(shape), name, "stride") if stride is not None else [1.0] * len(shape)
    parts = []
    for length, begin, number, step in zip(shape, first, many, steps, strict=True):
        wanted = (length - begin) // step + 1 if number == float("inf") else number
        if begin < 1 or step < 1 or wanted < 0:
            raise ScriptError(f"MATLAB:imagesci:{name}:badIndex", "start, count and stride must be positive.")
        parts.append(
            slice(int(begin) - 1, int(begin - 1 + (wanted - 1) * step) + 1 if wanted else int(begin) - 1, int(step))
        )
    return tuple(reversed(parts))


def places(value: Any, rank: int, name: str, what: str) -> list[float]:
    numbers = real_numbers(value, name, what).ravel("F").tolist()
    if len(numbers) != rank:
        raise ScriptError(
            f"MATLAB:imagesci:{name}:badRank", f"{what} must have {rank} elements, as the dataset has dimensions.",
            notes=(f"it has {len(numbers)}",),
        )  # fmt: skip
    return numbers


def matlab_shape(dataset: Any) -> tuple[int, ...]:
    return tuple(reversed(dataset.shape))


@builtin
def h5create(
    session, filename, ds, size, /, *, Datatype="double", ChunkSize=None, Deflate=0.0, FillValue=None,
    Shuffle=False, Fletcher32=False,
):  # fmt: skip
    """
    h5create(filename, ds, size)
    h5create(filename, ds, size, Name=Value)

    Make a dataset in an HDF5 file; the file is made too where it is not there. Inf in the size lets the dataset grow.

    Options
      Datatype    class of the numbers ('double'), or 'string'
      ChunkSize   size of the pieces it lies in; needed where it may grow or is compressed
      Deflate     compression, 0 (default) to 9
      FillValue   what stands where nothing was written (0)
      Shuffle     true sorts bytes before compressing (false)
      Fletcher32  true keeps checksums (false)

    Examples
      >> h5create('a.h5', '/data', [2 3])
      >> h5write('a.h5', '/data', [1 2 3; 4 5 6])
      >> h5create('a.h5', '/more', [2 Inf], Datatype='single', ChunkSize=[2 4], Deflate=5)
      >> info = h5info('a.h5'); disp(info.Datasets(1).Dataspace.Size)
           2     3

    See also h5write, h5read, h5info.
    """
    import h5py

    where = one_text(ds, "h5create", "Dataset")
    if not where.strip("/"):
        raise ScriptError("MATLAB:imagesci:h5create:badDataset", "A dataset needs a name, such as '/data'.")
    lengths = real_numbers(size, "h5create", "Size").ravel("F").tolist()
    grows = any(np.isinf(lengths))
    kind = one_text(Datatype, "h5create", "Datatype")
    if kind != "string" and kind not in TYPES:
        raise ScriptError("MATLAB:imagesci:h5create:badDatatype", f"'{kind}' is no class of numbers in HDF5 files.")
    options: dict[str, Any] = {}
    if ChunkSize is not None:
        chunk = [int(n) for n in places(ChunkSize, len(lengths), "h5create", "ChunkSize")]
        options["chunks"] = tuple(reversed(chunk))
    elif grows or whole_number(Deflate, "h5create", "Deflate"):
        raise ScriptError(
            "MATLAB:imagesci:h5create:chunkSizeMissing",
            "A dataset that may grow, or that is compressed, needs a 'ChunkSize'.",
        )
    if grows:
        options["maxshape"] = tuple(None if np.isinf(n) else int(n) for n in reversed(lengths))
    if level := whole_number(Deflate, "h5create", "Deflate"):
        options |= {"compression": "gzip", "compression_opts": level}
    if flag_of(Shuffle, "h5create", "Shuffle"):
        options["shuffle"] = True
    if flag_of(Fletcher32, "h5create", "Fletcher32"):
        options["fletcher32"] = True
    if FillValue is not None:
        options["fillvalue"] = as_array(FillValue).ravel()[0]
    shape = tuple(0 if np.isinf(n) else int(n) for n in reversed(lengths))
    with opened(session, filename, "a", "h5create") as file:
        if where in file:
            raise ScriptError(
                "MATLAB:imagesci:h5create:datasetAlreadyExists",
                f"The dataset '{where.rpartition('/')[2]}' already exists.",
            )
        dtype = h5py.string_dtype() if kind == "string" else np.dtype("<" + TYPES[kind])
        file.create_dataset(where, shape, dtype, **options)


@builtin
def h5write(session, filename, ds, data, start=None, count=None, stride=None, /):
    """
    h5write(filename, ds, data)
    h5write(filename, ds, data, start, count)
    h5write(filename, ds, data, start, count, stride)

    Write numbers into a dataset of an HDF5 file, all of it or a part; one that may grow does.

    Examples
      >> h5create('a.h5', '/data', [1 Inf], ChunkSize=[1 5]);
      >> h5write('a.h5', '/data', [1 2 3], [1 1], [1 3])
      >> h5write('a.h5', '/data', [9 8], [1 4], [1 2], [1 1])
      >> disp(h5read('a.h5', '/data'))
           1     2     3     9     8
      >> h5create('b.h5', '/x', 2); h5write('b.h5', '/x', [5; 6])

    See also h5create, h5read.
    """
    with opened(session, filename, "r+", "h5write") as file:
        dataset = located(file, ds, "h5write", "dataset")
        texts = texts_or_none(data)
        if texts is not None:
            array = np.array(texts, object).reshape(dataset.shape)
        else:
            array = as_array(data)
            if class_of(data) == "logical":
                raise ScriptError("MATLAB:imagesci:h5write:logical", "Logical values have no type in HDF5 files.")
        rank = len(dataset.shape)
        if start is None:
            picked: Any = Ellipsis
            shape = matlab_shape(dataset)
            if array.size != np.prod(shape):
                raise ScriptError(
                    "MATLAB:imagesci:h5write:datasetSizeMismatch",
                    "The data do not fill the dataset; give start and count to write a part of it.",
                    notes=(
                        f"the dataset is {'x'.join(map(str, shape))}",
                        f"the data are {'x'.join(map(str, array.shape))}",
                    ),
                )
            wanted = dataset.shape
        else:
            picked = selection(matlab_shape(dataset), start, count, stride, "h5write")
            needed = tuple(part.stop for part in picked)
            if any(n > m for n, m in zip(needed, dataset.shape, strict=True)):
                try:
                    dataset.resize(tuple(map(max, needed, dataset.shape)))
                except (TypeError, ValueError):
                    raise ScriptError(
                        "MATLAB:imagesci:h5write:beyond", "The part to write reaches beyond the dataset."
                    ) from None
            wanted = tuple(len(range(*part.indices(n))) for part, n in zip(picked, dataset.shape, strict=True))
        if array.size != int(np.prod(wanted)):
            raise ScriptError(
                "MATLAB:imagesci:h5write:sizeMismatch", "The data do not have as many elements as count says."
            )
        plain = array if texts is not None else array.reshape(tuple(reversed(wanted)), order="F").T
        dataset[picked] = plain.reshape(wanted) if rank else plain.reshape(())


@builtin
def h5read(session, filename, ds, start=None, count=None, stride=None, /):
    """
    data = h5read(filename, ds)
    data = h5read(filename, ds, start, count)
    data = h5read(filename, ds, start, count, stride)

    Read a dataset of an HDF5 file, all of it or a part.

    Examples
      >> h5create('a.h5', '/data', [2 3]); h5write('a.h5', '/data', [1 2 3; 4 5 6]);
      >> data = h5read('a.h5', '/data')
      data =
           1     2     3
           4     5     6
      >> disp(h5read('a.h5', '/data', [1 2], [2 2]))
           2     3
           5     6
      >> disp(h5read('a.h5', '/data', [1 1], [1 2], [1 2]))
           1     3

    See also h5write, h5info, load.
    """
    with opened(session, filename, "r", "h5read") as file:
        dataset = located(file, ds, "h5read", "dataset")
        if start is None:
            return value_of(dataset[()], dataset.dtype)
        shape = matlab_shape(dataset)
        picked = selection(shape, start, count, stride, "h5read")
        if any(part.stop > length for part, length in zip(picked, dataset.shape, strict=True)):
            raise ScriptError(
                "MATLAB:imagesci:h5read:beyond", "The part to read reaches beyond the dataset.",
                notes=(f"the dataset is {'x'.join(map(str, shape))}",),
            )  # fmt: skip
        return value_of(dataset[picked], dataset.dtype)


@builtin
def h5readatt(session, filename, location, name, /):
    """
    attval = h5readatt(filename, location, attname)

    An attribute of a group or dataset in an HDF5 file.

    Examples
      >> h5create('a.h5', '/data', 3); h5writeatt('a.h5', '/data', 'unit', 'pixel')
      >> attval = h5readatt('a.h5', '/data', 'unit')
      attval =
          'pixel'

    See also h5writeatt, h5read.
    """
    with opened(session, filename, "r", "h5readatt") as file:
        attributes = located(file, location, "h5readatt").attrs
        word = one_text(name, "h5readatt", "Attribute")
        if word not in attributes:
            raise ScriptError(
                "MATLAB:imagesci:h5readatt:noAttribute", f"There is no attribute '{word}'.",
                notes=("attributes: " + ", ".join(attributes),),
            )  # fmt: skip
        return attribute(attributes, word)


def attribute(attributes: Any, word: str) -> Any:
    value = attributes[word]
    if isinstance(value, (str, bytes)):
        return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return value_of(value, np.asarray(value).dtype)


@builtin
def h5writeatt(session, filename, location, name, value, /):
    """
    h5writeatt(filename, location, attname, attvalue)

    Give a group or dataset in an HDF5 file an attribute.

    Examples
      >> h5create('a.h5', '/data', 3); h5writeatt('a.h5', '/', 'version', 2)
      >> disp(h5readatt('a.h5', '/', 'version'))
           2

    See also h5readatt, h5write.
    """
    with opened(session, filename, "r+", "h5writeatt") as file:
        text = text_or_none(value)
        array = text if text is not None else as_array(value)
        if text is None:
            array = (
                array.T.reshape(-1)
                if 1 in array.shape and array.size > 1
                else array.T
                if array.size > 1
                else array.flat[0]
            )
        located(file, location, "h5writeatt").attrs[one_text(name, "h5writeatt", "Attribute")] = array


# ------------------------------------------------------------------------------------------------------- what is there
def type_word(dtype: np.dtype) -> tuple[str, str]:
    """A type as HDF5 calls it, and the class it is here."""
    if dtype.kind not in WORDS:
        return "H5T_STRING", "string"
    kind = next((name for name, word in TYPES.items() if np.dtype(word) == dtype.newbyteorder("=")), "single")
    return f"H5T_{WORDS[dtype.kind]}{8 * dtype.itemsize}{'BE' if dtype.byteorder == '>' else 'LE'}", kind


def rows(items: list[dict], names: tuple[str, ...]) -> Any:
    data = np.empty((len(items), 1), OBJECT)
    for at, item in enumerate(items):
        data[at, 0] = item
    return struct_array(list(names), data) if items else np.zeros((0, 0))


def numbers(values: Any) -> Any:
    return np.array([[float(n) if n is not None else np.inf for n in values]]) if values else np.zeros((0, 0))


def attribute_rows(node: Any) -> Any:
    found = [{"Name": word, "Value": attribute(node.attrs, word)} for word in node.attrs]
    return rows(found, ("Name", "Value"))


def dataset_facts(name: str, dataset: Any) -> dict[str, Any]:
    word, kind = type_word(dataset.dtype)
    space = {"Size": numbers(matlab_shape(dataset)), "MaxSize": numbers(tuple(reversed(dataset.maxshape)))}
    return {
        "Name": name,
        "Datatype": Struct({"Name": "", "Class": word, "Type": word, "Size": float(dataset.dtype.itemsize)}),
        "Dataspace": Struct({**space, "Type": "simple" if dataset.shape else "scalar"}),
        "ChunkSize": numbers(tuple(reversed(dataset.chunks))) if dataset.chunks else np.zeros((0, 0)),
        "FillValue": float(dataset.fillvalue) if kind != "string" else "",
        "Filters": np.zeros((0, 0))
        if not dataset.compression
        else Struct({"Name": "deflate", "Data": float(dataset.compression_opts or 0)}),
        "Attributes": attribute_rows(dataset),
    }


def group_facts(name: str, group: Any) -> dict[str, Any]:
    import h5py

    groups = [group_facts(item.name, item) for item in group.values() if isinstance(item, h5py.Group)]
    datasets = [dataset_facts(word, item) for word, item in group.items() if isinstance(item, h5py.Dataset)]
    names = ("Name", "Datatype", "Dataspace", "ChunkSize", "FillValue", "Filters", "Attributes")
    return {
        "Name": name,
        "Groups": rows(groups, ("Name", "Groups", "Datasets", "Datatypes", "Links", "Attributes")),
        "Datasets": rows(datasets, names),
        "Datatypes": np.zeros((0, 0)),
        "Links": np.zeros((0, 0)),
        "Attributes": attribute_rows(group),
    }


@builtin
def h5info(session, filename, location="/", /):
    """
    info = h5info(filename)
    info = h5info(filename, location)

    What an HDF5 file holds, as structs: Name, Groups, Datasets (with Dataspace.Size, ChunkSize ...), Attributes.

    Examples
      >> h5create('a.h5', '/net/weights', [3 3 8]);
      >> info = h5info('a.h5'); disp(info.Groups(1).Datasets(1).Name)
      weights
      >> info = h5info('a.h5', '/net/weights'); disp(info.Dataspace.Size)
           3     3     8

    See also h5disp, h5read.
    """
    import h5py

    with opened(session, filename, "r", "h5info") as file:
        found = located(file, location, "h5info")
        path = os.path.abspath(file.filename)
        if isinstance(found, h5py.Dataset):
            return Struct({"Filename": path, **dataset_facts(found.name.rpartition("/")[2], found)})
        return Struct({"Filename": path, **group_facts(found.name, found)})


@builtin
def h5disp(session, filename, location="/", /):
    """
    h5disp(filename)
    h5disp(filename, location)

    Print what an HDF5 file holds.

    Examples
      >> h5create('a.h5', '/data', [2 3])
      >> h5disp('a.h5')
      HDF5 a.h5
      Group '/'
          Dataset 'data'
              Size:  2x3
              MaxSize:  2x3
              Datatype:   H5T_IEEE_F64LE (double)
              ChunkSize:  []
              Filters:  none
              FillValue:  0.000000
      >> h5disp('a.h5', '/data');
      HDF5 a.h5
      Dataset 'data'
          Size:  2x3
          MaxSize:  2x3
          Datatype:   H5T_IEEE_F64LE (double)
          ChunkSize:  []
          Filters:  none
          FillValue:  0.000000

    See also h5info, h5read.
    """
    with opened(session, filename, "r", "h5disp") as file:
        lines = [f"HDF5 {os.path.basename(file.filename)}"]
        describe(located(file, location, "h5disp"), "", lines)
    session.out.write("\n".join(lines) + "\n")


def describe(node: Any, indent: str, lines: list[str]) -> None:
    import h5py

    inside = indent + "    "
    if isinstance(node, h5py.Group):
        lines.append(f"{indent}Group '{node.name}'")
        add_attributes(node, inside, lines)
        for item in sorted(node.values(), key=lambda one: isinstance(one, h5py.Group)):
            describe(item, inside, lines)
        return
    word, kind = type_word(node.dtype)
    lines.append(f"{indent}Dataset '{node.name.rpartition('/')[2]}'")
    lines.append(f"{inside}Size:  {size_word(matlab_shape(node))}")
    lines.append(f"{inside}MaxSize:  {size_word(tuple(reversed(node.maxshape)))}")
    lines.append(f"{inside}Datatype:   {word} ({kind})")
    lines.append(f"{inside}ChunkSize:  {size_word(tuple(reversed(node.chunks))) if node.chunks else '[]'}")
    lines.append(f"{inside}Filters:  {f'deflate({node.compression_opts})' if node.compression else 'none'}")
    if kind != "string":
        lines.append(f"{inside}FillValue:  {float(node.fillvalue):.6f}")
    add_attributes(node, inside, lines)


def size_word(shape: tuple[int | None, ...]) -> str:
    words = ["Inf" if length is None else str(length) for length in shape]
    return "x".join(words) if len(words) != 1 else words[0]


def add_attributes(node: Any, indent: str, lines: list[str]) -> None:
    if len(node.attrs):
        lines.append(f"{indent}Attributes:")
    for word in node.attrs:
        value = attribute(node.attrs, word)
        shown = f"'{value}'" if type(value) is str else " ".join(f"{float(n):.6f}" for n in np.ravel(as_array(value)))
        lines.append(f"{indent}    '{word}':  {shown}")
