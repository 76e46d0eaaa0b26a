"""The zoo: networks by name, with their weights found, fetched, checked and converted once.

Weights are looked for in this order: the folder in CNNSCRIPT_WEIGHTS, the user's own data folder (as NAME.npz,
converted before, or under the name the source has, as a person may lay it there), then the source itself: an
installed package or a download.  A file that is not what it should be is renamed aside (.corrupt), and the search
goes on.  CNNSCRIPT_OFFLINE=1 forbids downloads.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pickle
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from cnnscript.engine.architectures import Architecture, architecture
from cnnscript.engine.download import DownloadFault, fetch, sha256_of
from cnnscript.engine.graph import Network
from cnnscript.engine.readers.onnx_initializers import read_onnx_initializers
from cnnscript.engine.readers.pickle_arrays import read_pickle_arrays
from cnnscript.engine.weights import Arrays, from_caffe_onnx, from_ndf, read_arrays, write_arrays
from cnnscript.errors import ScriptError


@dataclass(frozen=True)
class Source:
    """One place that a network's weights come from.  address: 'package:PATH' for a file of an installed package."""

    network: str
    format: str
    file: str
    address: str
    bytes: int
    sha256: str
    note: str = ""

    @property
    def packaged(self) -> str | None:
        """The path inside installed packages, or None for a download."""
        return self.address.removeprefix("package:") if self.address.startswith("package:") else None


def read_sources() -> tuple[Source, ...]:
    """All known sources, best first for each network."""
    text = resources.files("cnnscript.engine").joinpath("sources.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(Source(row[0], row[1], row[2], row[3], int(row[4]), row[5], *row[6:]) for row in rows)


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
                    self._networks[name] = shape.network(self._arrays(name, shape))
                finally:
                    self.progress("")
            return self._networks[name]

    def architecture(self, name: str) -> Architecture:
        """The layers of a network, without weights."""
        return architecture(name)

    def weight_folders(self) -> list[Path]:
        """Where weights are looked for, in order."""
        if self.folders is not None:
            return [Path(folder) for folder in self.folders]
        import platformdirs

        own = os.environ.get("CNNSCRIPT_WEIGHTS")
        user = Path(platformdirs.user_data_dir("cnnscript", appauthor=False)) / "weights"
        return ([Path(own).expanduser()] if own else []) + [user]

    def may_download(self) -> bool:
        if self.offline is not None:
            return not self.offline
        return os.environ.get("CNNSCRIPT_OFFLINE", "0") in ("", "0")

    # ------------------------------------------------------------------------------------------------------- searching

    def _arrays(self, name: str, shape: Architecture) -> Arrays:
        try:
            return self._found_arrays(name, shape)
        except FileNotFoundError:
            # somebody else converted the download and took it away meanwhile: what it was converted to is there now
            return self._found_arrays(name, shape)

    def _found_arrays(self, name: str, shape: Architecture) -> Arrays:
        sources = [source for source in self.sources if source.network == name]
        reasons: list[str] = []
        network = shape.network()
        for folder in self.weight_folders():
            converted = folder / f"{name}.npz"
            if converted.is_file():
                try:
                    return read_arrays(converted, network)
                except ValueError as fault:
                    self._set_aside(converted, str(fault))
            for source in sources:
                laid = folder / source.file
                if laid.is_file():
                    arrays = self._from_file(source, laid, shape)
                    if arrays is not None:
                        return self._keep(name, arrays, source, folder)
        for source in sources:
            if source.packaged is not None:
                return self._from_package(source, shape)
            arrays = self._download(source, shape, reasons)
            if arrays is not None:
                return arrays
        raise self._unavailable(name, sources, reasons)

    def _from_file(self, source: Source, path: Path, shape: Architecture) -> Arrays | None:
        """The arrays of a source's file; None when it is not that file (which is then renamed aside)."""
        self.progress(f"checking {path.name} ...")
        if path.stat().st_size != source.bytes or sha256_of(path) != source.sha256:
            self._set_aside(path, "its content is not what the source has")
            return None
        return self._converted(source, path, shape)

    def _from_package(self, source: Source, shape: Architecture) -> Arrays:
        """The arrays of a file of an installed package, which is located, not imported."""
        package, _, inside = (source.packaged or "").partition("/")
        found = importlib.util.find_spec(package)
        places = list(found.submodule_search_locations or []) if found is not None else []
        path = next((Path(place) / inside for place in places if (Path(place) / inside).is_file()), None)
        if path is None or path.stat().st_size != source.bytes or sha256_of(path) != source.sha256:
            state = (
                f"the package {package} is not installed" if not places else f"the package {package} has other content"
            )
            raise ScriptError(
                "nnet_cnn:supportpackages:InstallRequired",
                f"The weights of {source.network} come with the Python package {package}, and are not there.",
                notes=(state, f"file: {inside}", f"sha256: {source.sha256}"),
                hint=f"python -m pip install --force-reinstall {package}==0.1.4",
            )
        return self._converted(source, path, shape)

    def _converted(self, source: Source, path: Path, shape: Architecture) -> Arrays:
        self.progress(f"reading {path.name} ...")
        try:
            if source.format == "ndf":
                return from_ndf(read_pickle_arrays(path), shape)
            return from_caffe_onnx(read_onnx_initializers(path), shape)
        except (ValueError, pickle.UnpicklingError) as fault:
            raise ScriptError(
                "cnnscript:zoo:UnreadableWeights", f"The weights of {source.network} cannot be read: {fault}.",
                notes=(f"file: {path}",),
            ) from fault  # fmt: skip

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
            fetch(source.address, target, source.bytes, source.sha256, self.progress)
        except DownloadFault as fault:
            reasons.append(f"the download failed: {fault}")
            return None
        arrays = self._converted(source, target, shape)
        self._keep(source.network, arrays, source, folder)
        if (folder / f"{source.network}.npz").is_file():
            target.unlink(missing_ok=True)
        return arrays

    def _keep(self, name: str, arrays: Arrays, source: Source, folder: Path) -> Arrays:
        """Write the converted arrays where they are found first next time; not being able to is no fault."""
        for place in (folder, self._writable_folder()):
            if place is not None:
                try:
                    write_arrays(place / f"{name}.npz", arrays, f"{source.address} sha256 {source.sha256}")
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
        notes = []
        for source in sources:
            notes.append(f"file: {source.file}, {source.bytes / 1e6:.0f} MB ({source.bytes} bytes)")
            notes.append(f"address: {source.address}")
        notes.append(f"a copy may be laid in: {self.weight_folders()[0]}")
        notes += reasons
        return ScriptError(
            "nnet_cnn:supportpackages:InstallRequired",
            f"The weights of {name} are not on this computer.",
            notes=tuple(notes),
            hint=f"squeezenet comes with its weights; {name}('Weights','none') gives the layers without any",
        )
