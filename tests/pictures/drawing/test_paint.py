import numpy as np

from cnnscript.pictures.drawing import paint
from cnnscript.pictures.graphics import showing
from cnnscript.pictures.graphics.desk import Desk
from cnnscript.pictures.images import colormaps


def shown(pixels, *args, **more):
    return paint.image_rgba(showing.imshow(Desk(), pixels, *args, **more))


def test_grey_levels_of_each_class():
    assert shown(np.array([[0.0, 0.5, 1.0, 2.0, -1.0]]))[0, :, 0].tolist() == [0, 128, 255, 255, 0]
    assert shown(np.array([[0, 7, 255]], np.uint8))[0, :, 0].tolist() == [0, 7, 255]
    assert shown(np.array([[False, True]]))[0, :, 0].tolist() == [0, 255]
    assert shown(np.array([[0, 65535]], np.uint16))[0, :, 0].tolist() == [0, 255]


def test_limits_are_black_and_white():
    assert shown(np.array([[1.0, 2.0, 3.0]]), (1.0, 3.0))[0, :, 0].tolist() == [0, 128, 255]


def test_not_a_number_and_infinity_are_the_ends_of_the_map():
    assert shown(np.array([[np.nan, -np.inf, np.inf]]))[0, :, 0].tolist() == [0, 0, 255]


def test_indexed_images_look_rows_up():
    colours = np.array([[1.0, 0, 0], [0, 0, 1]])
    assert shown(np.array([[1.0, 2.0]]), None, colours, True)[0, :, :3].tolist() == [[255, 0, 0], [0, 0, 255]]
    assert shown(np.array([[0, 1]], np.uint8), None, colours, True)[0, :, :3].tolist() == [[255, 0, 0], [0, 0, 255]]


def test_imagesc_runs_over_the_whole_map():
    desk = Desk()
    image = showing.image(desk, np.array([[-3.0, 7.0]]), scaled=True)
    pixels = paint.image_rgba(image)[0, :, :3]
    ends = colormaps.colormap("parula")[[0, -1]] * 255
    assert pixels.tolist() == np.floor(ends + 0.5).tolist()


def test_transparency_by_number_and_by_pixel():
    desk = Desk()
    image = showing.image(desk, np.zeros((2, 2)), scaled=True, AlphaData=0.5)
    assert (paint.image_rgba(image)[:, :, 3] == 128).all()
    image.set("AlphaData", np.array([[0.0, 1.0], [2.0, 10.0]]))
    assert paint.image_rgba(image)[:, :, 3].tolist() == [[0, 255], [255, 255]]
    image.set("AlphaDataMapping", "scaled")
    assert paint.image_rgba(image)[:, :, 3].tolist() == [[0, 24], [49, 255]]  # of 64 steps
    image.set("AlphaData", np.zeros((5, 5)))
    assert (paint.image_rgba(image)[:, :, 3] == 255).all()


def test_over_mixes_by_transparency():
    front = np.array([[[200, 100, 0, 128]]], np.uint8)
    assert paint.over(front, np.array([[[0, 100, 200]]], np.uint8)).tolist() == [[[100, 100, 100]]]
