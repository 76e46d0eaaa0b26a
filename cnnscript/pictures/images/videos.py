"""Videos: AVI files by us, MPEG-4 and what else there is through imageio and ffmpeg (the extra `video`)."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.images.avi_files import AviReader, AviWriter
from cnnscript.pictures.images.files import reason

PROFILES = {
    "Motion JPEG AVI": ("avi", "jpeg"),
    "Uncompressed AVI": ("avi", "rgb"),
    "Grayscale AVI": ("avi", "grey"),
    "MPEG-4": ("mp4", "mpeg"),
}


def no_ffmpeg(what: str) -> ScriptError:
    return ScriptError(
        "cnnscript:video:ffmpeg",
        f"{what} needs ffmpeg, which is not installed.",
        hint="pip install 'cnnscript[video]' brings it; 'Motion JPEG AVI' files need nothing",
    )


class Recording:
    """A video on its way into a file: written beside it, and put in its place by `finish`.

    profile: a name of PROFILES.  rate: frames a second.  quality: 0 to 100.
    """

    def __init__(self, path: Path, profile: str, rate: float, quality: int):
        kind = PROFILES[profile][1]
        self.path, self.beside = path, path.with_name(f".{os.getpid()}.part.{path.name}")
        self.count = 0
        try:
            if kind == "mpeg":
                self.file, self.writer = None, mpeg_writer(self.beside, rate, quality)
            else:
                self.file = self.beside.open("w+b")
                self.writer = AviWriter(self.file, kind, rate, quality)
        except OSError as fault:
            raise cannot_create(path, fault) from None

    def add(self, frame: np.ndarray) -> None:
        """One more frame, H×W or H×W×3 uint8."""
        try:
            if isinstance(self.writer, AviWriter):
                self.writer.add(frame)
            else:
                pixels = np.dstack([frame] * 3) if frame.ndim == 2 else frame
                even = np.pad(pixels, ((0, pixels.shape[0] % 2), (0, pixels.shape[1] % 2), (0, 0)), mode="edge")
                self.writer.append_data(even)
        except OSError as fault:
            raise cannot_create(self.path, fault) from None
        self.count += 1

    def finish(self) -> None:
        """The video is whole: it takes its name."""
        try:
            if isinstance(self.writer, AviWriter):
                self.writer.finish()
                self.writer.file.close()
            else:
                self.writer.close()
            if self.beside.exists():
                self.beside.replace(self.path)
        except OSError as fault:
            raise cannot_create(self.path, fault) from None
        finally:
            with contextlib.suppress(OSError):
                self.beside.unlink(missing_ok=True)


def mpeg_writer(path: Path, rate: float, quality: int) -> Any:
    import imageio.v2 as imageio

    try:
        return imageio.get_writer(
            path, format="FFMPEG", fps=rate, codec="libx264", quality=quality / 10, macro_block_size=1
        )
    except ImportError:
        raise no_ffmpeg("An MPEG-4 file") from None


def cannot_create(path: Path, fault: OSError) -> ScriptError:
    return ScriptError(
        "MATLAB:audiovideo:VideoWriter:fileNotWritable",
        f"Cannot create file {path}. The reason given is:\n{reason(path, fault)}",
    )


class FfmpegReader:
    """The frames of any video that ffmpeg reads."""

    def __init__(self, path: Path):
        import imageio.v2 as imageio

        try:
            self.reader = imageio.get_reader(path, format="FFMPEG")
            about = self.reader.get_meta_data()
            self.count = self.reader.count_frames()
        except ImportError:
            raise no_ffmpeg(f"A file like {path.name}") from None
        except (OSError, RuntimeError, IndexError, KeyError) as fault:
            raise ValueError(str(fault).partition("\n")[0]) from None
        self.rate = float(about["fps"])
        self.width, self.height = about["size"]
        self.bits = 24

    def __len__(self) -> int:
        return self.count

    def frame(self, number: int) -> np.ndarray:
        return np.asarray(self.reader.get_data(number))


class PlainReader(AviReader):
    def __len__(self) -> int:
        return len(self.frames)


def open_video(path: Path) -> PlainReader | FfmpegReader:
    """The frames of a video; ValueError for what is none."""
    try:
        return PlainReader(path)
    except ValueError:
        return FfmpegReader(path)
