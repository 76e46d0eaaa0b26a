import numpy as np
import pytest

from cnnscript.pictures.images import bundled


@pytest.mark.parametrize("name", bundled.LOOK_ALIKES)
def test_every_look_alike_is_there_in_the_size_and_class_of_the_original(name):
    alike = bundled.LOOK_ALIKES[name]
    found = bundled.find(name)
    pixels = found.picture.pixels
    assert pixels.shape == alike.size + ((3,) if alike.kind == "colour" else ())
    assert pixels.dtype == (bool if alike.kind == "binary" else np.uint8)
    assert found.notice.startswith(f"{name}: ") and alike.picture in found.notice and "\n" not in found.notice


def test_the_face_is_what_the_tutorial_reads():
    face = bundled.find("/usr/local/MATLAB/R2024b/examples/nnet/face.jpg").picture.pixels
    assert face.shape == (227, 227, 3) and face.dtype == np.uint8 and face.flags.f_contiguous
    skin = face[90:110, 100:125].reshape(-1, 3).mean(0)
    assert skin[0] > 180 and skin[0] > skin[1] > skin[2]


@pytest.mark.parametrize("name", ["coffee", "coffee.png", "chelsea", "astronaut", "camera", "rocket.jpg", "Coffee"])
def test_scikit_images_own_pictures_come_without_a_notice(name):
    found = bundled.find(name)
    assert found.notice is None and found.picture.pixels.size


@pytest.mark.parametrize("name", ["face", "my/face.jpg", "nosuch.png", "", "skimage/data/coffee.png"])
def test_other_names_and_other_folders_are_not_ours(name):
    assert bundled.find(name) is None


def test_windows_paths_through_matlabs_folders_are_met():
    assert bundled.find(r"C:\Program Files\MATLAB\toolbox\images\imdata\cameraman.tif").picture.pixels.shape == (
        256,
        256,
    )


def test_a_look_alike_cannot_be_changed_for_the_next_reader():
    with pytest.raises(ValueError, match="read-only"):
        bundled.find("face.jpg").picture.pixels[0, 0, 0] = 1


def test_names_list_both_kinds():
    assert {"face.jpg", "coffee.png", "peppers.png"} <= set(bundled.names())
