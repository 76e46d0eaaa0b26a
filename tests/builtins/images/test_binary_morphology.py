"""Structuring elements, images grown and shrunk, masks by tables."""

import numpy as np
import pytest


@pytest.mark.parametrize(("shape", "size", "count"), [
    ("'disk', 5", [9, 9], 69), ("'disk', 5, 0", [11, 11], 81), ("'diamond', 2", [5, 5], 13),
    ("'line', 4, 0", [1, 5], 5),
    ("'octagon', 3", [7, 7], 37), ("'pair', [0 2]", [1, 5], 2), ("'periodicline', 2, [1 -2]", [5, 9], 5),
    ("'rectangle', [2 3]", [2, 3], 6), ("'cube', 3", [3, 3, 3], 27), ("'cuboid', [1 2 3]", [1, 2, 3], 6),
    ("'sphere', 1", [3, 3, 3], 7), ("[0 1; 1 1]", [2, 2], 3),
])  # fmt: skip
def test_shapes_have_matlabs_sizes(run, shape, size, count):
    run(f"SE = strel({shape}); s = size(SE.Neighborhood); n = nnz(SE.Neighborhood);")
    assert run["s"].ravel().tolist() == size and run["n"] == count


def test_a_structuring_element_says_its_shape(run):
    assert run("SE = strel('disk', 5)")[1] == "strel is a disk shaped structuring element with properties:"
    assert run("SE = offsetstrel('ball', 5, 6)")[1:3] == [
        "offsetstrel is a ball shaped offset structuring element with properties:", "Offset: [11×11 double]",
    ]  # fmt: skip


def test_the_parts_of_a_shape_grow_to_it(run):
    run("SE = strel('disk', 9); seq = decompose(SE); A = zeros(41); A(21, 21) = 1;")
    run("same = isequal(imdilate(A, seq), imdilate(A, SE)); n = numel(seq); k = class(seq);")
    assert run["same"] is True and run["n"] > 2 and run["k"] == "strel"


def test_reflected_and_moved(run):
    run("a = strel([1 1 0 0 0]).reflect().Neighborhood; b = translate(strel(1), [1 0]).Neighborhood';")
    assert run["a"].tolist() == [[False, False, False, True, True]] and run["b"].tolist() == [[False, False, True]]


def test_full_size_holds_all_that_is_reached(run):
    run("a = imdilate([1 2; 3 4], ones(1, 2), 'full'); b = size(imerode(true(3), ones(3), 'full'));")
    assert run["a"].tolist() == [[1, 2, 2], [3, 4, 4]] and run["b"].tolist() == [[5, 5]]


def test_classes_stay(run):
    run("a = imtophat(int8([-100 100 -100]), ones(1, 3)); b = imbothat(single([5 1 5]), ones(1, 3));")
    assert run["a"].dtype == np.int8 and run["a"].tolist() == [[0, 127, 0]] and run["b"].dtype == np.float32
    run("c = imopen(logical([1 0 1 1 1]), ones(1, 3)); d = imdilate(int64([1 2]), [1 1 1]);")
    assert run["c"].dtype == bool and run["d"].dtype == np.int64


def test_bwmorph_takes_beginnings_and_endless_repetition(run):
    run("a = bwmorph(true(9), 'skel', Inf); b = bwmorph(true(9), 'thin', Inf); c = bwmorph([1 0 2], 'dil', 0);")
    assert run["a"].sum() == 19 and 0 < run["b"].sum() <= 9 and run["c"].tolist() == [[True, False, True]]


def test_tables_say_what_becomes_of_a_pixel(run):
    run("lut = makelut(@(x) sum(x(:)), 3); a = bwlookup(true(3), lut); b = applylut(true(3), lut);")
    assert run["a"].tolist() == [[4, 6, 4], [6, 9, 6], [4, 6, 4]] and run["b"].dtype == np.uint8
    run("c = bwlookup(true(2), uint8(0:15));")
    assert run["c"].dtype == np.uint8 and run["c"].tolist() == [[15, 3], [5, 1]]


def test_hulls_of_all_and_of_each(run):
    run("BW = logical([1 0 0 1; 0 0 0 0; 1 0 0 1]); a = nnz(bwconvhull(BW)); b = nnz(bwconvhull(BW, 'objects'));")
    assert (run["a"], run["b"]) == (12, 4)


@pytest.mark.parametrize(("text", "identifier"), [
    ("strel('line', 5)", "MATLAB:minrhs"),
    ("strel('square', 3, 4)", "MATLAB:maxrhs"),
    ("strel('star', 3)", "MATLAB:strel:unrecognizedStringChoice"),
    ("strel('pair', [1 1.5])", "MATLAB:strel:invalidType"),
    ("imdilate(1, 1, 'whole')", "MATLAB:imdilate:unrecognizedStringChoice"),
    ("imerode(uint32(1), 1, 'ispacked')", "images:imerode:missingPackedM"),
    ("imdilate(1, 1, 'ispacked')", "images:imdilate:invalidPackedInput"),
    ("bwhitmiss(true, [2 1])", "MATLAB:bwhitmiss:invalidType"),
    ("bwmorph(true, 'melt')", "MATLAB:bwmorph:unrecognizedStringChoice"),
    ("bwmorph(true, 'thin', 1.5)", "MATLAB:bwmorph:invalidType"),
    ("bwmorph(true(2, 2, 2), 'thin')", "MATLAB:images:bwmorph:expected2D"),
    ("bwskel(ones(3))", "MATLAB:bwskel:invalidType"),
    ("bwlookup(true, ones(1, 5))", "MATLAB:bwlookup:invalidType"),
    ("makelut(@(x) [1 2], 2)", "MATLAB:makelut:invalidType"),
    ("bwunpack([1 2])", "MATLAB:bwunpack:invalidType"),
    ("decompose(3)", "MATLAB:decompose:invalidType"),
    ("strel('disk', 2).Radius", "MATLAB:noSuchMethodOrField"),
])  # fmt: skip
def test_what_cannot_be_is_one_error(run, text, identifier):
    assert run.fault(text).identifier == identifier
