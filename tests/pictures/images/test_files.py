import errno
import os

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.pictures.images import files, png_files
from cnnscript.pictures.images.image_writers import write_image

COLOUR = (np.arange(60).reshape(4, 5, 3) * 4).astype(np.uint8)


@pytest.mark.parametrize("ending", ["png", "bmp", "tif", "ppm"])
def test_colour_comes_back_as_it_was(tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    write_image(path, COLOUR)
    held = files.read_image(path)
    assert held.pixels.tolist() == COLOUR.tolist() and held.pixels.flags.f_contiguous
    assert held.colours.size == held.alpha.size == 0


def test_jpeg_quality(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (64, 64), dtype=np.uint8)
    for quality in (10, 95):
        write_image(tmp_path / f"{quality}.jpg", noise, Quality=quality)
    assert (tmp_path / "10.jpg").stat().st_size < (tmp_path / "95.jpg").stat().st_size / 2
    assert files.read_image(tmp_path / "95.jpg").pixels.shape == (64, 64)


def test_depths_are_kept(tmp_path):
    deep = np.array([[0, 1000, 65535]], np.uint16)
    write_image(tmp_path / "deep.png", deep)
    assert files.read_image(tmp_path / "deep.png").pixels.tolist() == deep.tolist()
    assert files.read_image(tmp_path / "deep.png").pixels.dtype == np.uint16
    write_image(tmp_path / "bits.png", np.array([[True, False]]))
    assert files.read_image(tmp_path / "bits.png").pixels.dtype == bool


@pytest.mark.parametrize("ending", ["png", "tif"])
@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3)])
def test_sixteen_bits_a_channel_come_back_whole(tmp_path, shape, ending):
    deep = np.random.default_rng(1).integers(0, 65536, shape, dtype=np.uint16)
    write_image(tmp_path / f"deep.{ending}", deep)
    held = files.read_image(tmp_path / f"deep.{ending}")
    assert held.pixels.dtype == np.uint16 and (held.pixels == deep).all() and held.alpha.size == 0


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3)])
def test_sixteen_bits_of_transparency_too(tmp_path, shape):
    deep = np.random.default_rng(1).integers(0, 65536, shape, dtype=np.uint16)
    clear = np.random.default_rng(2).integers(0, 65536, (5, 7), dtype=np.uint16)
    write_image(tmp_path / "deep.png", deep, Alpha=clear)
    held = files.read_image(tmp_path / "deep.png")
    assert (held.pixels == deep).all() and (held.alpha == clear).all()


def test_our_png_files_are_read_by_others(tmp_path):
    from PIL import Image

    deep = np.random.default_rng(1).integers(0, 65536, (5, 7, 3), dtype=np.uint16)
    write_image(tmp_path / "deep.png", deep)
    with Image.open(tmp_path / "deep.png") as image:
        image.verify()
    with Image.open(tmp_path / "deep.png") as image:
        assert (np.array(image) == deep >> 8).all()


def test_interlaced_files_of_sixteen_bits(tmp_path):
    import struct
    import zlib

    deep = np.random.default_rng(3).integers(0, 65536, (8, 8, 3), dtype=np.uint16)
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    raw = b"".join(
        b"\0" + row.astype(">u2").tobytes()
        for top, left, down, across in passes
        for row in deep[top::down, left::across]
    )
    with (tmp_path / "a.png").open("wb") as file:
        file.write(png_files.SIGNATURE)
        png_files.write_chunk(file, b"IHDR", struct.pack(">IIBBBBB", 8, 8, 16, 2, 0, 0, 1))
        png_files.write_chunk(file, b"IDAT", zlib.compress(raw))
        png_files.write_chunk(file, b"IEND", b"")
    assert (files.read_image(tmp_path / "a.png").pixels == deep).all()


def test_a_palette_has_as_many_colours_as_the_file_lists(tmp_path):
    colours = np.random.default_rng(0).integers(0, 256, (256, 3)) / 255
    for ending, count in (("png", 256), ("png", 5), ("gif", 256)):
        write_image(tmp_path / f"a.{ending}", np.array([[0, 1], [2, 3]], np.uint8), colours[:count])
        held = files.read_image(tmp_path / f"a.{ending}")
        assert held.colours == pytest.approx(colours[:count] if ending == "png" else colours[: len(held.colours)])
        assert len(held.colours) == count or ending == "gif"


def test_pages_of_a_tiff_file(tmp_path):
    for level in (10, 20, 30):
        write_image(tmp_path / "a.tif", np.full((3, 4), level, np.uint8), WriteMode="append")
    assert [int(files.read_image(tmp_path / "a.tif", page).pixels[0, 0]) for page in (1, 2, 3)] == [10, 20, 30]


def test_print_colours_have_four_channels(tmp_path):
    from PIL import Image

    inks = np.full((8, 8, 4), (10, 200, 30, 40), np.uint8)
    Image.fromarray(inks, "CMYK").save(tmp_path / "a.jpg", quality=100)
    held = files.read_image(tmp_path / "a.jpg")
    assert held.pixels.shape == (8, 8, 4)
    assert np.abs(held.pixels[4, 4].astype(int) - (10, 200, 30, 40)).max() <= 2


def test_how_a_camera_was_held_is_left_aside(tmp_path):
    from PIL import Image

    turned = Image.Exif()
    turned[0x0112] = 6  # to be turned by a quarter
    Image.fromarray(COLOUR).save(tmp_path / "a.jpg", exif=turned)
    assert files.read_image(tmp_path / "a.jpg").pixels.shape == COLOUR.shape


def test_floating_point_is_written_as_levels(tmp_path):
    write_image(tmp_path / "a.png", np.array([[0.0, 0.5, 1.0, 3.0]]))
    assert files.read_image(tmp_path / "a.png").pixels.tolist() == [[0, 128, 255, 255]]


def test_indexed_pictures_keep_their_map(tmp_path):
    colours = np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1]])
    write_image(tmp_path / "a.png", np.array([[1.0, 3.0]]), colours)
    held = files.read_image(tmp_path / "a.png")
    assert held.pixels.tolist() == [[0, 2]]
    assert held.colours[:3].tolist() == colours.tolist()


def test_transparency_is_apart(tmp_path):
    write_image(tmp_path / "a.png", COLOUR, Alpha=np.full((4, 5), 0.5))
    held = files.read_image(tmp_path / "a.png")
    assert held.pixels.shape == (4, 5, 3)
    assert held.alpha.shape == (4, 5) and held.alpha[0, 0] == 128


def test_frames_of_a_gif_are_added_and_read(tmp_path):
    path = tmp_path / "a.gif"
    colours = np.array([[0.0, 0, 0], [1, 1, 1]])
    write_image(path, np.array([[1.0, 2.0]]), colours, DelayTime=[0.1], LoopCount=float("inf"))
    write_image(path, np.array([[2.0, 1.0]]), colours, WriteMode="append", DelayTime=[0.1])
    assert files.read_image(path, None).pixels.shape[3] == 2
    with pytest.raises(ScriptError, match="index 3"):
        files.read_image(path, 3)


def identifier_of(path):
    with pytest.raises(ScriptError) as fault:
        files.read_image(path)
    return fault.value


def test_a_file_that_is_not_there(tmp_path):
    fault = identifier_of(tmp_path / "no.png")
    assert fault.identifier == "MATLAB:imagesci:imread:fileDoesNotExist"
    assert fault.message == f'File "{tmp_path / "no.png"}" does not exist.'


def test_a_text_file_is_no_image(tmp_path):
    (tmp_path / "a.png").write_text("hello\n")
    fault = identifier_of(tmp_path / "a.png")
    assert fault.message == "Unable to determine the file format." and "holds text" in fault.notes[0]


def test_an_empty_file_is_no_image(tmp_path):
    (tmp_path / "a.png").write_bytes(b"")
    assert "is empty" in identifier_of(tmp_path / "a.png").notes[0]


@pytest.mark.parametrize("ending", ["png", "jpg", "bmp", "tif", "gif"])
def test_a_file_cut_short_is_one_clear_error(tmp_path, ending):
    whole = tmp_path / f"whole.{ending}"
    noise = np.random.default_rng(0).integers(0, 256, (64, 64), dtype=np.uint8)
    write_image(whole, noise)
    data = whole.read_bytes()
    (tmp_path / f"half.{ending}").write_bytes(data[: len(data) // 2])
    fault = identifier_of(tmp_path / f"half.{ending}")
    assert fault.identifier in ("MATLAB:imagesci:imread:corruptFile", "MATLAB:imagesci:imread:fileFormat")


def test_remarks_about_a_damaged_header_are_one_error_and_no_warning(tmp_path):
    (tmp_path / "a.tif").write_bytes(b"II*\0" + b"\xff" * 100)
    assert identifier_of(tmp_path / "a.tif").identifier == "MATLAB:imagesci:imread:fileFormat"


def test_a_folder_is_no_image(tmp_path):
    assert identifier_of(tmp_path).identifier == "MATLAB:imagesci:imread:fileFormat"


def test_a_format_we_cannot_write(tmp_path):
    for name in ("a.xyz", "a"):
        with pytest.raises(ScriptError, match="Unable to"):
            write_image(tmp_path / name, COLOUR)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("shape", [(0, 0), (2, 2, 4), (2, 2, 3, 2)])
def test_what_is_no_picture_is_not_written(tmp_path, shape):
    with pytest.raises(ScriptError):
        write_image(tmp_path / "a.png", np.zeros(shape))


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ScriptError) as fault:
        write_image(tmp_path / "no" / "a.png", COLOUR)
    assert fault.value.identifier == "MATLAB:imagesci:imwrite:fileOpen"
    assert fault.value.notes == (f"there is no folder {tmp_path / 'no'}",)


def test_a_full_disk_leaves_the_old_file_and_no_new_one(tmp_path):
    path = tmp_path / "a.png"
    write_image(path, COLOUR)
    before = path.read_bytes()

    def fill(file):
        file.write(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(ScriptError) as fault:
        files.write_whole(path, fill)
    assert "No space left" in fault.value.notes[0]
    assert path.read_bytes() == before and [each.name for each in tmp_path.iterdir()] == ["a.png"]


def test_an_interrupted_writer_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")

    def interrupted(file):
        file.write(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files.write_whole(path, interrupted)
    assert path.read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1
