"""regionprops and those who choose by it."""

import numpy as np
import pytest

ALL = [
    "Area", "Centroid", "BoundingBox", "SubarrayIdx", "MajorAxisLength", "MinorAxisLength", "Eccentricity",
    "Orientation", "ConvexHull", "ConvexImage", "ConvexArea", "Circularity", "Image", "FilledImage", "FilledArea",
    "EulerNumber", "Extrema", "EquivDiameter", "Solidity", "Extent", "PixelIdxList", "PixelList", "Perimeter",
    "PerimeterOld", "MaxFeretDiameter", "MaxFeretAngle", "MaxFeretCoordinates", "MinFeretDiameter", "MinFeretAngle",
    "MinFeretCoordinates",
]  # fmt: skip
RING = "BW = logical([0 0 0 0 0; 0 1 1 1 0; 0 1 0 1 0; 0 1 1 1 0; 0 0 0 0 0]); "


def test_all_properties_come_in_matlabs_order(run):
    run(RING + "f = fieldnames(regionprops(BW, 'all'));")
    assert run["f"].ravel().tolist() == ALL
    run("g = fieldnames(regionprops(BW, double(BW), 'all'));")
    levels = ["PixelValues", "WeightedCentroid", "MeanIntensity", "MinIntensity", "MaxIntensity"]
    assert run["g"].ravel().tolist() == [*ALL[:24], *levels, *ALL[24:]]


def test_the_numbers_of_a_ring(run):
    run(RING + "s = regionprops(BW, 'all'); a = [s.Area s.FilledArea s.ConvexArea s.EulerNumber s.Extent s.Solidity];")
    assert run["a"].tolist() == [[8, 9, 9, 0, 8 / 9, 8 / 9]]
    run("b = s.BoundingBox; c = s.Centroid; d = s.SubarrayIdx{2}; p = s.Perimeter; e = s.EquivDiameter;")
    assert run["b"].tolist() == [[1.5, 1.5, 3, 3]] and run["c"].tolist() == [[3, 3]]
    assert run["d"].tolist() == [[2, 3, 4]]
    assert run["p"] == pytest.approx(8 * 0.98 - 4 * 0.091) and run["e"] == pytest.approx(np.sqrt(32 / np.pi))


def test_grey_levels_of_regions_keep_their_class(run):
    run("s = regionprops([1 1 0 2], uint8([10 21 5 7]), 'all'); a = [s.MeanIntensity]; b = s(1).MaxIntensity;")
    run("v = s(1).PixelValues; w = s(1).WeightedCentroid;")
    assert run["a"].tolist() == [[15.5, 7]] and run["b"] == 21 and run["b"].dtype == np.uint8
    assert run["v"].dtype == np.uint8 and run["w"][0, 0] == pytest.approx(52 / 31) and run["w"][0, 1] == 1


def test_a_label_that_nobody_has_measures_nothing(run):
    run("s = regionprops([1 0 3], 'Area', 'Centroid', 'BoundingBox', 'Perimeter'); a = [s.Area]; c = s(2).Centroid;")
    assert run["a"].tolist() == [[1, 0, 1]] and np.isnan(run["c"]).all()
    run("b = s(2).BoundingBox; x = regionprops([0 2], 'all');")
    assert run["b"].tolist() == [[0.5, 0.5, 0, 0]]


def test_labels_lose_their_fractions_and_what_lies_below_one(run):
    run("a = [regionprops([1.7 -2 2.2 0.5 1]).Area];")
    assert run["a"].tolist() == [[2, 1]]


def test_volumes_have_boxes_of_three_sides(run):
    run("V = false(4, 5, 3); V(2:3, 2:4, 2) = true; s = regionprops(V); b = s.BoundingBox; c = s.Centroid;")
    assert run["b"].tolist() == [[1.5, 1.5, 1.5, 3, 2, 1]] and run["c"].tolist() == [[3, 2.5, 2]]


def test_a_struct_of_regions_measures_as_its_mask(run):
    run("BW = imgaussfilt(double(magic(20) > 200)) > 0.5; CC = bwconncomp(BW, 4);")
    run("a = [regionprops(CC, 'Area').Area]; b = [regionprops(labelmatrix(CC), 'Area').Area]; c = sum(a) == nnz(BW);")
    assert run["a"].tolist() == run["b"].tolist() and run["c"] is True


def test_a_table_has_a_row_for_each_region(run):
    run("T = regionprops('table', eye(3) > 0 & [1 0 0; 0 0 0; 0 0 1], 'Centroid', 'PixelIdxList'); n = size(T);")
    assert run["n"].tolist() == [[2, 2]]
    assert run("T.Centroid")[1:] == ["1     1", "3     3"]


@pytest.mark.parametrize(("text", "kept"), [
    ("bwareafilt(BW, [2 3])", [1, 2]), ("bwareafilt(BW, 1)", [2]), ("bwareafilt(BW, 2, 'smallest')", [0, 3]),
    ("bwpropfilt(BW, 'Area', [3 9])", [2]), ("bwpropfilt(BW, I, 'MeanIntensity', 1)", [3]),
    ("bwpropfilt(BW, 'EulerNumber', 1, 'largest', 4)", [0]), ("bwareafilt(BW, 9)", [0, 1, 2, 3]),
])  # fmt: skip
def test_regions_are_chosen_by_what_they_measure(run, text, kept):
    run("L = [1 0 2 2 0 3 3 3 0 4]; BW = L > 0; I = 1:10; found = unique(L(" + text + ")); found = found(:)';")
    assert np.atleast_2d(run["found"]).tolist() == [[k + 1 for k in kept]]


@pytest.mark.parametrize(("text", "identifier"), [
    ("regionprops(true(2), 'Colour')", "MATLAB:regionprops:unrecognizedStringChoice"),
    ("regionprops(true(2), 'MeanIntensity')", "images:regionprops:needsGrayscaleImage"),
    ("regionprops([1 NaN])", "MATLAB:regionprops:invalidType"),
    ("regionprops(true(2), ones(3), 'MeanIntensity')", "images:regionprops:sizeMismatch"),
    ("regionprops(struct('a', 1))", "MATLAB:regionprops:invalidType"),
    ("regionprops('table')", "MATLAB:minrhs"),
    ("bwareafilt(true(2), [3 1])", "MATLAB:bwareafilt:invalidType"),
    ("bwpropfilt(true(2), 'Centroid', 1)", "MATLAB:bwpropfilt:unrecognizedStringChoice"),
    ("bwferet(true(2, 2, 2))", "MATLAB:bwferet:invalidType"),
])  # fmt: skip
def test_what_cannot_be_is_one_error(run, text, identifier):
    assert run.fault(text).identifier == identifier


def test_volumes_measure_as_a_table(run):
    run("V = zeros(5, 5, 5); V(2:4, 2:4, 2:4) = 1; T = regionprops3(V, 'all');")
    run("a = T.PrincipalAxisLength; b = T.Volume;")
    assert run["b"] == 27 and run["a"].tolist()[0] == pytest.approx([2 * np.sqrt(5 * 0.75)] * 3)


def test_corners_are_told_strongest_first(run):
    run("I = zeros(20); I(7:14, 6:15) = 1; I(3, 17) = 0.5; c = corner(I, 1); d = class(cornermetric(single(I)));")
    assert run["c"].shape == (1, 2) and run["d"] == "single"
    assert run.fault("corner(1, 'Moravec')").identifier == "MATLAB:corner:unrecognizedStringChoice"
    assert run.fault("cornermetric(1, SensitivityFactor=1)").identifier == "MATLAB:cornermetric:invalidType"


def test_a_large_label_number_makes_many_empty_regions_of_their_own(run):
    run("L = zeros(9); L(2, 2:3) = 50000; L(5, 5) = 3; s = regionprops(L, 'Area', 'Centroid', 'PixelIdxList');")
    run("n = numel(s); a = [s([1 3 50000]).Area]; c = s(50000).Centroid; e = s(1).Centroid; s(1).Centroid(2) = 7;")
    run("u = s(2).Centroid; p = isempty(s(2).PixelIdxList);")
    assert run["n"] == 50000 and run["a"].tolist() == [[0, 1, 2]] and run["c"].tolist() == [[2.5, 2]]
    assert np.isnan(run["e"]).all() and np.isnan(run["u"]).all() and run["p"]
