"""Pictures of light without bounds: Radiance files (G. Ward, Graphics Gems II, 1991, 80-83), and their tones brought
into what a screen can show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from cnnscript.errors import ScriptError


def broken(path: Path, why: str) -> ScriptError:
    return ScriptError("MATLAB:images:hdrread:badFile", f'File "{path}" is not a Radiance file: {why}.')


def read(path: Path) -> np.ndarray:
    """H×W×3 singles."""
    data = path.read_bytes()
    if not data.startswith(b"#?"):
        raise broken(path, "it does not begin with #?")
    end = data.find(b"\n\n")
    line_end = data.find(b"\n", end + 2)
    words = data[end + 2 : line_end].split() if 0 <= end < line_end else []
    if len(words) != 4 or words[0] not in (b"-Y", b"+Y") or words[2] not in (b"+X", b"-X"):
        raise broken(path, "it has no size")
    try:
        rows, columns = int(words[1]), int(words[3])
    except ValueError:
        raise broken(path, "its size is no number") from None
    if not 0 < rows < 2**20 or not 0 < columns < 2**20:
        raise broken(path, f"its size is {rows} by {columns}")
    body = np.frombuffer(data, np.uint8, offset=line_end + 1)
    pixels = unpacked(path, body, rows, columns)
    if words[0] == b"+Y":
        pixels = pixels[::-1]
    if words[2] == b"-X":
        pixels = pixels[:, ::-1]
    exponent = pixels[..., 3:].astype(np.int32) - 136
    return np.where(pixels[..., 3:] > 0, np.ldexp(pixels[..., :3].astype(np.float32), exponent), 0).astype(np.float32)


def unpacked(path: Path, body: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Red, green, blue and exponent of each pixel (H×W×4), from runs or as they are."""
    runs = 8 <= columns < 2**15 and body.size >= 4 and body[0] == body[1] == 2 and body[2] < 128
    if not runs:
        if body.size < rows * columns * 4:
            raise broken(path, "it ends too early")
        return body[: rows * columns * 4].reshape(rows, columns, 4)
    out = np.empty((rows, 4, columns), np.uint8)
    at = 0
    for row in range(rows):
        if body.size < at + 4 or body[at] != 2 or body[at + 1] != 2:
            raise broken(path, f"row {row + 1} has no beginning")
        at += 4
        for channel in range(4):
            done = 0
            while done < columns:
                if at + 1 >= body.size:
                    raise broken(path, "it ends too early")
                count = int(body[at])
                same = count > 128
                count = count - 128 if same else count
                if not 0 < count <= columns - done or not same and at + 1 + count > body.size:
                    raise broken(path, f"row {row + 1} has a run that does not fit")
                out[row, channel, done : done + count] = body[at + 1] if same else body[at + 1 : at + 1 + count]
                at += 2 if same else 1 + count
                done += count
    return out.transpose(0, 2, 1)


def packed(pixels: np.ndarray) -> bytes:
    """H×W×3 light as a file without runs: common exponents of red, green and blue."""
    light = np.nan_to_num(np.maximum(pixels.astype(float), 0), posinf=1e38)
    largest = light.max(2)
    mantissa, exponent = np.frexp(largest)
    shown = largest > 1e-38
    factor = np.where(shown, mantissa * 256 / np.where(shown, largest, 1), 0)
    out = np.zeros((*light.shape[:2], 4), np.uint8)
    out[..., :3] = np.minimum(light * factor[..., None], 255)
    out[..., 3] = np.where(shown, np.clip(exponent + 128, 0, 255), 0)
    head = f"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y {light.shape[0]} +X {light.shape[1]}\n"
    return head.encode() + out.tobytes()


def tones(light: np.ndarray, limits: tuple[float, float], saturation: float, tiles: tuple[int, int]) -> np.ndarray:
    """H×W×3 light as uint8: its logarithms from 0 to 1, their lightness equalised part by part (CLAHE), stretched
    between limits, their colours multiplied by `saturation`."""
    from cnnscript.pictures.images import colour_spaces, equalizing, scale

    light = np.maximum(np.nan_to_num(light.astype(float)), 0)
    if not light.any():
        return np.zeros(light.shape, np.uint8)
    least = light[light > 0].min()
    level = np.log2(np.maximum(light, least))
    width = level.max() - level.min()
    level = (level - level.min()) / width if width else np.ones(light.shape)
    white: Any = np.array(colour_spaces.WHITE_POINTS["icc"])
    lab = colour_spaces.xyz2lab(colour_spaces.rgb2xyz(level, "srgb", white), white)
    brightness = equalizing.adaptive(np.clip(lab[..., 0] / 100, 0, 1), tiles, 0.01, 256, True, "uniform", 0.4)
    lab[..., 0] = scale.stretch_contrast(brightness, *limits) * 100
    lab[..., 1:] *= saturation
    rgb = colour_spaces.xyz2rgb(colour_spaces.lab2xyz(lab, white), "srgb", white)
    return scale.im2uint8(np.clip(rgb, 0, 1))
