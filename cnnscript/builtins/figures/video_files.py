"""Videos as files: VideoWriter, VideoReader, and what is done with them."""

from __future__ import annotations

import contextlib
import os
import weakref
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from cnnscript.builtins.figures.frames import frames_of
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin, overload
from cnnscript.errors import ScriptError
from cnnscript.pictures.images.videos import PROFILES, Recording, open_video
from cnnscript.values.numeric import norm, size_text
from cnnscript.values.objects import Object
from cnnscript.values.structs import is_struct


class Video(Object):
    """What writers and readers of videos share: properties, shown as MATLAB shows objects."""

    ancestors: ClassVar[tuple[str, ...]] = ("handle",)
    is_handle = True

    def properties(self) -> dict[str, Any]:
        raise NotImplementedError

    def groups(self) -> dict[str, tuple[str, ...]]:
        """The headings under which the properties are shown."""
        raise NotImplementedError

    def disp(self, form: Any) -> str:
        facts, blank = self.properties(), "" if form.spacing == "compact" else "\n"
        width = max(map(len, facts)) + 4
        out = [f"  {self.class_name}\n"]
        for title, names in self.groups().items():
            rows = "".join(f"{name:>{width}}: {written(facts[name])}\n" for name in names)
            out.append(f"  {title}:\n{rows}")
        return (blank or "").join(out) + blank


def written(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value}'"
    if type(value) is float:
        return f"{value:.0f}" if value == int(value) else f"{value:.4f}"
    return "[]" if np.size(value) == 0 else f"[{size_text(np.shape(value))} double]"


# -------------------------------------------------------------------------------------------------------------- writing
class VideoWriter(Video):
    """A video to be written: open, writeVideo, close."""

    class_name = "VideoWriter"
    methods = frozenset(("open", "close", "writeVideo"))

    def __init__(self, path: Path, profile: str):
        self.path, self.profile = path, profile
        self.rate, self.quality = 30.0, 75.0
        self.recording: Recording | None = None
        self.frame_size: tuple[int, int] = (0, 0)
        self.written = 0
        self.at_end: weakref.finalize | None = None

    def properties(self) -> dict[str, Any]:
        grey = self.profile == "Grayscale AVI"
        facts = {
            "Filename": self.path.name,
            "Path": str(self.path.parent),
            "FileFormat": PROFILES[self.profile][0],
            "Duration": self.written / self.rate,
            "ColorChannels": 1.0 if grey else 3.0,
            "Height": float(self.frame_size[0]),
            "Width": float(self.frame_size[1]),
            "FrameCount": float(self.written),
            "FrameRate": self.rate,
            "VideoBitsPerPixel": 8.0 if grey else 24.0,
            "VideoFormat": "Grayscale" if grey else "RGB24",
            "VideoCompressionMethod": {"Motion JPEG AVI": "Motion JPEG", "MPEG-4": "H.264"}.get(self.profile, "None"),
        }
        if self.has_quality():
            facts["Quality"] = self.quality
        return facts

    def has_quality(self) -> bool:
        return self.profile in ("Motion JPEG AVI", "MPEG-4")

    def groups(self) -> dict[str, tuple[str, ...]]:
        video = ("ColorChannels", "Height", "Width", "FrameCount", "FrameRate", "VideoBitsPerPixel", "VideoFormat")
        more = ("VideoCompressionMethod", *(("Quality",) if self.has_quality() else ()))
        return {
            "General Properties": ("Filename", "Path", "FileFormat", "Duration"),
            "Video Properties": (*video, *more),
        }

    def set(self, name: str, value: Any) -> VideoWriter:
        if name not in ("FrameRate", "Quality") or (name == "Quality" and not self.has_quality()):
            return super().set(name, value)
        if self.recording is not None:
            raise ScriptError(
                "MATLAB:audiovideo:VideoWriter:alreadyOpen",
                f"{name} cannot be changed after the VideoWriter was opened.",
            )
        number = take.number(value, "VideoWriter", name)
        if not (0 < number < float("inf") if name == "FrameRate" else 0 <= number <= 100):
            wanted = "a positive number" if name == "FrameRate" else "a number from 0 to 100"
            raise take.refusal("VideoWriter", name, wanted, value)
        if name == "FrameRate":
            self.rate = number
        else:
            self.quality = number
        return self

    def open(self) -> None:
        if self.recording is None:
            self.recording = Recording(self.path, self.profile, self.rate, round(self.quality))
            self.frame_size, self.written = (0, 0), 0
            # as MATLAB's, a writer that nobody holds any more, or that is open at the end, closes its file
            self.at_end = weakref.finalize(self, close_quietly, self.recording)

    def close(self) -> None:
        if self.recording is not None:
            recording, self.recording = self.recording, None
            if self.at_end is not None:
                self.at_end.detach()
            recording.finish()

    delete = close

    def add(self, pixels: np.ndarray) -> None:
        """One frame of any class, M×N or M×N×3."""
        from cnnscript.pictures.images.scale import im2uint8

        if self.recording is None:
            raise ScriptError(
                "MATLAB:audiovideo:VideoWriter:fileNotOpen",
                "OBJ must be open before writing video. Call open(obj) before calling writeVideo.",
            )
        grey = self.profile == "Grayscale AVI"
        if pixels.ndim not in (2, 3) or pixels.size == 0 or (pixels.ndim == 3 and (grey or pixels.shape[2] != 3)):
            raise ScriptError(
                "MATLAB:audiovideo:VideoWriter:invalidImage",
                "A frame must be m-by-n" + ("." if grey else " or m-by-n-by-3."),
                notes=("got " + "x".join(map(str, pixels.shape)),),
            )
        if pixels.dtype.kind == "f" and ((pixels < 0) | (pixels > 1)).any():
            raise ScriptError(
                "MATLAB:audiovideo:VideoWriter:invalidRange",
                "IMG must be of type uint8, or of type double or single with values between 0 and 1.",
            )
        if self.written and pixels.shape[:2] != self.frame_size:
            height, width = self.frame_size
            raise ScriptError(
                "MATLAB:audiovideo:VideoWriter:invalidDimensions",
                f"Frame must be {width} by {height}",
                notes=(f"got {pixels.shape[1]} by {pixels.shape[0]}",),
            )
        frame = im2uint8(pixels)
        if frame.ndim == 2 and not grey:
            frame = np.dstack([frame] * 3)
        self.recording.add(frame)
        self.frame_size, self.written = pixels.shape[:2], self.written + 1


def close_quietly(recording: Recording) -> None:
    with contextlib.suppress(ScriptError):  # nobody is there any more to be told
        recording.finish()


@builtin(name="VideoWriter")
def video_writer(session, filename, profile="Motion JPEG AVI", /):
    """
    v = VideoWriter(filename)
    v = VideoWriter(filename, profile)

    A video file to be written: open(v), writeVideo(v, frame) for each frame, close(v).

    profile is 'Motion JPEG AVI' (.avi), 'Uncompressed AVI', 'Grayscale AVI', or 'MPEG-4' (.mp4), which takes ffmpeg:
    pip install 'cnnscript[video]' brings it. FrameRate (30) and Quality (75) may be set before it is opened. The file
    is written beside and gets its name by close.

    Examples
      >> v = VideoWriter('a.avi'); v.FrameRate = 5; open(v);
      >> for k = 1:3, writeVideo(v, k/3*ones(8, 12, 3)), end
      >> close(v); r = VideoReader('a.avi'); [r.NumFrames r.FrameRate r.Height r.Width]
      ans =
           3     5     8    12

    See also VideoReader, writeVideo, getframe.
    """
    name = os.path.expanduser(take.word(filename, "VideoWriter", "the file name"))
    word = take.word(profile, "VideoWriter", "the profile")
    known = {each.lower(): each for each in PROFILES}
    if word.lower() not in known:
        raise ScriptError(
            "MATLAB:audiovideo:VideoWriter:invalidProfile",
            f"The profile '{word}' is not one that VideoWriter knows.",
            notes=("profiles: " + ", ".join(PROFILES),),
        )
    chosen = known[word.lower()]
    ending = PROFILES[chosen][0]
    accepted = (".mp4", ".m4v") if ending == "mp4" else (".avi",)
    if os.path.splitext(name)[1].lower() not in accepted:
        name += "." + ending
    path = Path(os.path.abspath(name))
    if not path.parent.is_dir():
        raise ScriptError(
            "MATLAB:audiovideo:VideoWriter:folderNotFound", f"The folder {path.parent} does not exist.", notes=(name,)
        )
    return VideoWriter(path, chosen)


@builtin(name="writeVideo")
def write_video(v, image, /):
    """
    writeVideo(v, img)
    writeVideo(v, frame)

    Write a picture (M-by-N, M-by-N-by-3, or many along the fourth dimension), or frames of getframe, to a video.

    Examples
      >> v = VideoWriter('a.avi'); open(v); writeVideo(v, zeros(8, 12, 3, 4, 'uint8')); v.FrameCount
      ans =
           4
      >> writeVideo(v, im2frame(ones(8, 12, 3))); close(v); v.FrameCount
      ans =
           5

    See also VideoWriter, getframe.
    """
    if not isinstance(v, VideoWriter):
        raise ScriptError("MATLAB:UndefinedFunction", "writeVideo takes a VideoWriter.")
    if is_struct(image):
        for frame in frames_of(image, "writeVideo"):
            pixels = np.asarray(frame["cdata"])
            if np.size(frame["colormap"]):
                from cnnscript.pictures.images.colour import ind2rgb

                pixels = ind2rgb(pixels, np.asarray(frame["colormap"]))
            v.add(pixels)
        return
    pixels = take.pixels(image, "writeVideo", "the frame")
    if pixels.ndim == 4:
        for number in range(pixels.shape[3]):
            each = pixels[:, :, :, number]
            v.add(each[:, :, 0] if each.shape[2] == 1 else each)
    else:
        v.add(pixels)


@overload("VideoWriter", name="open")
def open_video_writer(session, v, /):
    """
    open(v)

    Open a video file for writing.

    Examples
      >> v = VideoWriter('a.avi'); open(v); writeVideo(v, zeros(4, 6)); close(v); exist('a.avi', 'file')
      ans =
           2

    See also VideoWriter, close.
    """
    v.open()


@overload("VideoWriter", name="close")
def close_video_writer(session, v, /):
    """
    close(v)

    End a video: its file is whole and gets its name.

    Examples
      >> v = VideoWriter('a.avi'); open(v); writeVideo(v, zeros(4, 6)); exist('a.avi', 'file')
      ans =
           0
      >> close(v); exist('a.avi', 'file')
      ans =
           2

    See also VideoWriter, open.
    """
    v.close()


# -------------------------------------------------------------------------------------------------------------- reading
class VideoReader(Video):
    """A video that is read frame by frame."""

    class_name = "VideoReader"
    methods = frozenset(("readFrame", "hasFrame", "read"))

    def __init__(self, path: Path, reader: Any, time: float):
        self.path, self.reader = path, reader
        self.next = min(round(time * reader.rate), len(reader))

    def properties(self) -> dict[str, Any]:
        reader = self.reader
        return {
            "Name": self.path.name,
            "Path": str(self.path.parent),
            "Duration": len(reader) / reader.rate,
            "CurrentTime": self.next / reader.rate,
            "NumFrames": float(len(reader)),
            "Tag": "",
            "Width": float(reader.width),
            "Height": float(abs(reader.height)),
            "FrameRate": reader.rate,
            "BitsPerPixel": float(reader.bits),
            "VideoFormat": "RGB24" if reader.bits == 24 else "Grayscale",
            "NumberOfFrames": float(len(reader)),
        }

    def property_names(self) -> list[str]:
        return [name for name in self.properties() if name != "NumberOfFrames"]

    def groups(self) -> dict[str, tuple[str, ...]]:
        return {
            "General Properties": ("Name", "Path", "Duration", "CurrentTime", "NumFrames"),
            "Video Properties": ("Width", "Height", "FrameRate", "BitsPerPixel", "VideoFormat"),
        }

    def set(self, name: str, value: Any) -> VideoReader:
        if name != "CurrentTime":
            return super().set(name, value)
        time = take.number(value, "VideoReader", name)
        if not 0 <= time <= len(self.reader) / self.reader.rate:
            raise take.refusal("VideoReader", name, "a time within the video", value)
        self.next = round(time * self.reader.rate)
        return self

    def frame(self, number: int) -> np.ndarray:
        """The frame of a number from 0, M×N×3 or M×N×1."""
        pixels = self.reader.frame(number)
        return pixels if pixels.ndim == 3 else pixels[:, :, None]


@builtin(name="VideoReader")
def video_reader(session, filename, /, *, CurrentTime=0.0):
    """
    v = VideoReader(filename)
    v = VideoReader(filename, CurrentTime=t)

    A video file to be read: readFrame(v) gives the next frame, read(v, k) the kth; NumFrames, FrameRate, Duration,
    Height and Width say what it holds. AVI files of JPEG or plain pictures are read as they are, others with ffmpeg
    (pip install 'cnnscript[video]').

    Options
      CurrentTime  seconds from the beginning where reading begins

    Examples
      >> v = VideoWriter('a.avi', 'Uncompressed AVI'); open(v); writeVideo(v, uint8(7*ones(4, 6, 3, 2))); close(v)
      >> r = VideoReader('a.avi'); n = 0; while hasFrame(r), F = readFrame(r); n = n + 1; end, n
      n =
           2
      >> F(1)
      ans =
        uint8
         7

    See also VideoWriter, readFrame, hasFrame, read.
    """
    name = take.word(filename, "VideoReader", "the file name")
    found = session.path.find_file(name)
    if found is None:
        raise ScriptError(
            "MATLAB:audiovideo:VideoReader:FileNotFound", "The file requested was not found.", notes=(name,)
        )
    path = Path(os.path.abspath(found))
    try:
        reader = open_video(path)
    except ValueError as fault:
        raise ScriptError(
            "MATLAB:audiovideo:VideoReader:fileUnreadable", f"Unable to read the file {path.name}.", notes=(str(fault),)
        ) from None
    made = VideoReader(path, reader, 0.0)
    made.set("CurrentTime", CurrentTime)
    return made


def require_reader(value: Any, function: str) -> VideoReader:
    if not isinstance(value, VideoReader):
        raise ScriptError(f"MATLAB:{function}:invalidObject", f"{function} takes a VideoReader.")
    return value


@builtin(name="hasFrame")
def has_frame(v, /):
    """
    tf = hasFrame(v)

    Whether there is a frame left to be read.

    Examples
      >> w = VideoWriter('a.avi'); open(w); writeVideo(w, zeros(4, 6)); close(w); v = VideoReader('a.avi'); hasFrame(v)
      ans =
        logical
         1

    See also readFrame, VideoReader.
    """
    reader = require_reader(v, "hasFrame")
    return reader.next < len(reader.reader)


@builtin(name="readFrame")
def read_frame(v, kind="default", /):
    """
    F = readFrame(v)
    F = readFrame(v, "native")

    The next frame of a video, M-by-N-by-3 uint8 (M-by-N where the video is grey).

    Examples
      >> w = VideoWriter('a.avi'); open(w); writeVideo(w, zeros(4, 6)); close(w); v = VideoReader('a.avi');
      >> size(readFrame(v))
      ans =
           4     6     3

    See also hasFrame, read, VideoReader.
    """
    reader = require_reader(v, "readFrame")
    native = take.choice(kind, ("default", "native"), "readFrame", "the kind of frame") == "native"
    if reader.next >= len(reader.reader):
        raise ScriptError(
            "MATLAB:audiovideo:VideoReader:EndOfFile", "No more frames are available to be read from the video file."
        )
    pixels = reader.frame(reader.next)
    reader.next += 1
    made = norm(np.asfortranarray(pixels))
    if native:
        from cnnscript.values.numeric import EMPTY
        from cnnscript.values.structs import Struct

        return Struct({"cdata": made, "colormap": EMPTY})
    return made


@builtin
def read(v, index=None, kind="default", /):
    """
    F = read(v)
    F = read(v, k)
    F = read(v, [first last])

    Frames of a video by their numbers, along the fourth dimension; last may be Inf.

    Examples
      >> w = VideoWriter('a.avi'); open(w); writeVideo(w, zeros(4, 6, 1, 5)); close(w); v = VideoReader('a.avi');
      >> size(read(v, [2 4]))
      ans =
           4     6     3     3

    See also readFrame, VideoReader.
    """
    reader = require_reader(v, "read")
    count = len(reader.reader)
    take.choice(kind, ("default",), "read", "the kind of frame")
    numbers = [1.0, float(count)] if index is None else take.numbers(index, "read", "the index", (1, 2))
    first, last = numbers[0], float(count) if numbers[-1] == float("inf") else numbers[-1]
    if not (1 <= first <= last <= count and first == int(first) and last == int(last)):
        raise ScriptError(
            "MATLAB:audiovideo:VideoReader:invalidFrame",
            f"The frame index requested is beyond the end of the file: it has {count} frames.",
        )
    frames = np.stack([reader.frame(number - 1) for number in range(int(first), int(last) + 1)], axis=3)
    reader.next = int(last)
    return norm(np.asfortranarray(frames))
