"""What each format can hold comes back as it was written, and frames are added without touching the others."""

import numpy as np
import pytest
from PIL import Image

from cnnscript import ScriptError
from cnnscript.pictures.images.files import read_image
from cnnscript.pictures.images.image_writers import write_image

NOISE = np.random.default_rng(3).integers(0, 256, (17, 23), dtype=np.uint8)
COLOUR = np.random.default_rng(4).integers(0, 256, (7, 11, 3), dtype=np.uint8)


@pytest.mark.parametrize("depth", [1, 2, 4, 8, 16])
def test_greys_of_every_depth(tmp_path, depth):
    write_image(tmp_path / "a.png", NOISE, BitDepth=depth)
    held = read_image(tmp_path / "a.png").pixels
    most = (1 << depth) - 1
    wanted = np.floor(NOISE / 255 * most + 0.5)
    assert np.allclose(held / (65535 if depth == 16 else 1 if depth == 1 else 255) * most, wanted, atol=1e-6)


@pytest.mark.parametrize("depth", [1, 2, 4, 8])
def test_rows_of_a_palette_of_every_depth(tmp_path, depth):
    rows, colours = (NOISE.astype(int) % (1 << depth)).astype(np.uint8), np.linspace(0, 1, 3 << depth).reshape(-1, 3)
    write_image(tmp_path / "a.png", rows, colours, BitDepth=depth)
    held = read_image(tmp_path / "a.png")
    assert np.array_equal(held.pixels, rows) and np.allclose(held.colours, colours, atol=1 / 255)


def test_what_a_png_says_of_itself(tmp_path):
    write_image(
        tmp_path / "a.png", COLOUR, Author="Zoë", Comment="注", Gamma=0.5, XResolution=1000, ResolutionUnit="meter",
        Chromaticities=[0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06], SignificantBits=[5, 6, 5],
        Background=[1, 0, 0], ImageModTime=86400.0,
    )  # fmt: skip
    with Image.open(tmp_path / "a.png") as image:
        image.load()
        assert image.info["Author"] == "Zoë" and image.info["Comment"] == "注" and image.info["gamma"] == 0.5
        assert image.info["dpi"] == pytest.approx((25.4, 25.4)) and len(image.info["chromaticity"]) == 8
    assert np.array_equal(read_image(tmp_path / "a.png").pixels, COLOUR)


def test_how_opaque_each_colour_is(tmp_path):
    colours = np.array([[1.0, 0, 0], [0, 1, 0]])
    write_image(tmp_path / "a.png", np.array([[0, 1]], np.uint8), colours, Transparency=[0.0, 1.0])
    assert read_image(tmp_path / "a.png").alpha.tolist() == [[0, 255]]


def test_frames_are_added_with_their_own_colours_and_the_others_stay(tmp_path):
    path, red, blue = tmp_path / "a.gif", np.array([[1.0, 0, 0]]), np.array([[0.0, 0, 1]])
    square = np.ones((4, 6))
    write_image(path, square, red, DelayTime=[0.2], LoopCount=float("inf"), Comment=["mine"])
    first = path.read_bytes()
    write_image(path, square, blue, WriteMode="append", DelayTime=[0.3], DisposalMethod=["restoreBG"])
    write_image(path, square, blue, WriteMode="append", DelayTime=[0.3])
    assert path.read_bytes()[6 : len(first) - 1] == first[6:-1]
    with Image.open(path) as image:
        assert image.n_frames == 3 and image.info["loop"] == 0 and image.info["duration"] == 200
        image.seek(1)
        assert image.info["duration"] == 300 and image.convert("RGB").getpixel((0, 0)) == (0, 0, 255)
        assert image.disposal_method == 2


def test_frames_in_one_array_each_with_its_delay(tmp_path):
    frames = np.random.default_rng(5).integers(0, 256, (5, 4, 1, 3), dtype=np.uint8)
    write_image(tmp_path / "a.gif", frames, DelayTime=[0.1, 0.2, 0.3], LoopCount=4, TransparentColor=7)
    assert np.array_equal(read_image(tmp_path / "a.gif", None).pixels, frames)
    with Image.open(tmp_path / "a.gif") as image:
        assert image.info["loop"] == 4 and image.info["transparency"] == 7


def test_a_part_of_the_screen(tmp_path):
    write_image(tmp_path / "a.gif", np.zeros((8, 9), np.uint8))
    write_image(tmp_path / "a.gif", np.full((2, 3), 255, np.uint8), WriteMode="append", Location=(4, 5))
    with Image.open(tmp_path / "a.gif") as image:
        image.seek(1)
        pixels = np.array(image.convert("L"))
    assert (pixels[5:7, 4:7] == 255).all() and pixels.sum() == 6 * 255


def test_what_is_no_gif_file_is_not_appended_to(tmp_path):
    for content in (b"", b"hello", b"GIF89a\1\0\1\0\0\0\0,\0\0"):
        (tmp_path / "a.gif").write_bytes(content)
        with pytest.raises(ScriptError, match="no whole GIF file"):
            write_image(tmp_path / "a.gif", NOISE, WriteMode="append")
        assert (tmp_path / "a.gif").read_bytes() == content


@pytest.mark.parametrize("compression", ["packbits", "none", "lzw", "deflate"])
def test_tiff_files_are_packed_as_asked(tmp_path, compression):
    write_image(tmp_path / "a.tif", COLOUR, Compression=compression, Resolution=(200.0, 100.0), Description="what")
    assert np.array_equal(read_image(tmp_path / "a.tif").pixels, COLOUR)
    with Image.open(tmp_path / "a.tif") as image:
        assert image.info["dpi"] == (200, 100) and image.tag_v2[270] == "what"


@pytest.mark.parametrize("compression", ["ccitt", "fax3", "fax4", "packbits"])
def test_black_and_white_tiff_files(tmp_path, compression):
    write_image(tmp_path / "a.tif", NOISE > 99, Compression=compression)
    assert np.array_equal(read_image(tmp_path / "a.tif").pixels, NOISE > 99)


def test_rows_in_each_piece_of_a_tiff_file(tmp_path):
    write_image(tmp_path / "a.tif", NOISE, RowsPerStrip=5, Compression="none")
    with Image.open(tmp_path / "a.tif") as image:
        assert image.tag_v2[278] == 5 and len(image.tag_v2[273]) == 4
    assert np.array_equal(read_image(tmp_path / "a.tif").pixels, NOISE)


@pytest.mark.parametrize("encoding", ["rawbits", "ASCII"])
@pytest.mark.parametrize("ending", ["pbm", "pgm", "ppm"])
def test_portable_maps(tmp_path, ending, encoding):
    pixels = {"pbm": NOISE > 99, "pgm": NOISE, "ppm": COLOUR}[ending]
    write_image(tmp_path / f"a.{ending}", pixels, Encoding=encoding)
    assert np.array_equal(read_image(tmp_path / f"a.{ending}").pixels, pixels)


def test_jpeg_2000_without_losses(tmp_path):
    write_image(tmp_path / "a.jp2", COLOUR, Mode="lossless", TileSize=[64, 64])
    assert np.array_equal(read_image(tmp_path / "a.jp2").pixels, COLOUR)
    write_image(tmp_path / "b.jp2", np.tile(NOISE, (9, 9)), CompressionRatio=20.0)
    assert (tmp_path / "b.jp2").stat().st_size < NOISE.size * 81 / 15


@pytest.mark.parametrize(
    ("name", "pixels", "options"),
    [
        ("a.jpg", NOISE, {"Alpha": NOISE}),
        ("a.bmp", NOISE, {"Quality": 3}),
        ("a.png", COLOUR, {"BitDepth": 4}),
        ("a.png", NOISE, {"DelayTime": [1]}),
        ("a.pgm", COLOUR, {}),
        ("a.tif", COLOUR, {"Compression": "ccitt"}),
        ("a.jpg", NOISE, {"Mode": "lossless"}),
        ("a.png", np.zeros((2, 2, 2)), {}),
    ],
)
def test_what_a_format_cannot_hold_is_refused_and_nothing_is_written(tmp_path, name, pixels, options):
    with pytest.raises(ScriptError):
        write_image(tmp_path / name, pixels, **options)
    assert list(tmp_path.iterdir()) == []
