import numpy as np
import pytest


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("im2col(magic(3), [0 2])", "positive"),
        ("col2im(1:4, [2 2], [5 5])", "must not change"),
        ("colfilt(magic(3), [2 2], 'sliding', @(x) 1)", "one number for each column"),
        ("nlfilter(magic(3), [2 2], @(x) x)", "give one number"),
        ("blockproc(magic(4), [2 2], @(b) ones(b.location(2), b.location(1)))", "do not fit"),
        ("hough(eye(4), 'Theta', 90)", "less than 90"),
        ("houghpeaks(eye(5), 1, 'NHoodSize', [2 2])", "odd"),
        ("houghlines(eye(5), -90:89, -6:6, [20 1])", "rows and columns"),
        ("imfindcircles(eye(5), [9 3])", "in order"),
        ("iradon(ones(5, 3), [1 2])", "does not match"),
        ("phantom(ones(2))", "six columns"),
        ("fanbeam(ones(50), 3)", "half of the diagonal"),
        ("dct2(ones(2,2,2))", "two-dimensional"),
        ("qtdecomp(ones(4), 0, [1 3])", "multiple"),
        ("ftrans2([1 2])", "odd length"),
        ("fspecial3('laplacian', 1, 1)", "at most 1"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_a_block_knows_its_place_and_its_border(run):
    run("look = @(b) sum([b.location b.blockSize size(b.data) b.border b.imageSize]);"
        "C = blockproc(magic(5), [2 3], look, 'BorderSize', [1 2], 'TrimBorder', false);")  # fmt: skip
    # first block: location 1 1, size 2x3, with borders 4x7, border 1 2, image 5x5
    assert run["C"][0, 0] == 2 + 5 + 11 + 3 + 10
    assert run["C"][2, 1] == (5 + 4) + (1 + 2) + (3 + 6) + 3 + 10


def test_colour_blocks_and_files(run):
    run("imwrite(uint8(magic(4)), 'a.png'); B = blockproc('a.png', [2 2], @(b) b.data', 'Destination', 'b.png');")
    run("C = imread('b.png'); same = isequal(B, C); D = size(blockproc(rand(4, 4, 3), [2 4], @(b) b.data(1, :, :)));")
    assert run["same"] is True and run["D"].tolist() == [[2, 4, 3]]


def test_neighbourhood_functions_agree(run):
    run("A = magic(6); a = nlfilter(A, [3 3], @(x) median(x(:))); b = colfilt(A, [3 3], 'sliding', @median);"
        "c = medfilt2(A); same = isequal(a, b, c);")  # fmt: skip
    assert run["same"] is True


def test_a_transformed_filter_has_the_response_of_the_one_it_came_from(run):
    run("b = [1 3 5 7 5 3 1]/25; h = ftrans2(b); H = freqz2(h, 16, 16); w = (-8:7)/8*pi;"
        "d = H(9, :) - (7 + 2*(5*cos(w) + 3*cos(2*w) + cos(3*w)))/25; e = max(abs(d));")  # fmt: skip
    assert run["e"] < 1e-12 and np.shape(run["h"]) == (7, 7)


def test_a_sampled_filter_has_the_response_asked_for(run):
    run("[f1, f2] = freqspace(11, 'meshgrid'); Hd = double(hypot(f1, f2) < 0.5); h = fsamp2(Hd);"
        "e = max(abs(freqz2(h, 11, 11) - Hd), [], 'all');")  # fmt: skip
    assert run["e"] < 1e-12


def test_cosine_transforms_are_products_with_their_matrix(run):
    run("A = magic(5); D = dctmtx(5); e = max(abs(dct2(A) - D*A*D'), [], 'all');")
    assert run["e"] < 1e-12
    run("e = max(abs(idct2(dct2(A)) - A), [], 'all');")
    assert run["e"] < 1e-12


def test_all_coins_of_the_coins_picture_are_found(run):
    run("A = imread('coins.png'); [c, r, m] = imfindcircles(A, [12 26]); n = numel(r); s = issorted(m, 'descend');")
    assert run["n"] == 24 and run["s"] is True
