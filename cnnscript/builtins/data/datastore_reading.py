"""Reading datastores: read, readall, preview, hasdata, reset, progress, copy."""

from __future__ import annotations

from cnnscript.builtins.data.datastore_objects import CLASSES, require_datastore
from cnnscript.builtins.registry import builtin, overload
from cnnscript.values import take


def read(session, nargout, ds, /):
    """
    data = read(ds)
    [data, info] = read(ds)

    The next piece of a datastore, and a struct of what is known about it, such as its file and label.

    Of an image datastore this is one image, or with ReadSize above 1 a cell of them; of an augmentedImageDatastore a
    table.

    Examples
      >> ds = arrayDatastore([1 2; 3 4]); read(ds); data = read(ds)
      data =
        1×1 cell array
          {[3 4]}

    See also readall, hasdata, reset, preview, imageDatastore.
    """
    data, info = require_datastore(ds, "read").read(session)
    return (data, info) if nargout > 1 else data


def preview(session, ds, /):
    """
    data = preview(ds)

    The first piece of a datastore, of cells and tables no more than eight rows; where its reading stands does not
    change.

    Examples
      >> ds = arrayDatastore([1 2; 3 4]); read(ds); data = preview(ds)
      data =
        1×1 cell array
          {[1 2]}

    See also read, readall, reset.
    """
    return require_datastore(ds, "preview").preview(session)


def reset(ds, /):
    """
    reset(ds)

    A datastore to its start: read gives the first piece again.

    Examples
      >> ds = arrayDatastore([1 2; 3 4]); read(ds); reset(ds); data = read(ds)
      data =
        1×1 cell array
          {[1 2]}

    See also read, hasdata.
    """
    require_datastore(ds, "reset").rewind()


def copy(ds, /):
    """
    ds2 = copy(ds)

    A datastore of its own that holds the same and stands at the start.

    Datastores are handles: ds2 = ds is the same datastore by another name.

    Examples
      >> ds = arrayDatastore([5; 6]); ds2 = copy(ds); read(ds); progress(ds2)
      ans =
           0

    See also reset, subset.
    """
    return require_datastore(ds, "copy").copied()


for class_name in CLASSES:
    overload(class_name, outputs=2)(read)
    overload(class_name)(preview)
    overload(class_name)(reset)
    overload(class_name)(copy)


@builtin
def readall(session, ds, /, *, UseParallel=False):
    """
    data = readall(ds)
    data = readall(ds, UseParallel=tf)

    All that a datastore holds: of an image datastore a cell of images. Where its reading stands does not change.

    Options
      UseParallel  false; image files are read by several threads in any case

    Examples
      >> data = readall(arrayDatastore([1 2; 3 4]))
      data =
        2×1 cell array
          {[1 2]}
          {[3 4]}
      >> imds = imageDatastore({'coffee.png', 'chelsea.png'}); size(readall(imds, UseParallel=true))
      ans =
           2     1

    See also read, readimage, hasdata.
    """
    take.flag(UseParallel, "UseParallel")
    return require_datastore(ds, "readall").read_all(session)


@builtin
def hasdata(ds, /):
    """
    tf = hasdata(ds)

    Whether a datastore has anything left to be read.

    Examples
      >> ds = arrayDatastore([5; 6]); n = 0; while hasdata(ds), read(ds); n = n + 1; end, n
      n =
           2

    See also read, reset, progress.
    """
    return require_datastore(ds, "hasdata").has_more()


@builtin
def progress(ds, /):
    """
    p = progress(ds)

    How much of a datastore was read, from 0 to 1.

    Examples
      >> ds = arrayDatastore((1:4)'); read(ds); p = progress(ds)
      p =
          0.2500

    See also read, hasdata.
    """
    return float(require_datastore(ds, "progress").progress())
