"""Regions of masks: numbered, filled, cleared, traced, flooded."""

import numpy as np
import pytest


def test_regions_in_space_and_their_connectivities(run):
    run("V = cat(3, [1 0; 0 0], [0 0; 0 1]); a = max(bwlabeln(V), [], 'all'); b = max(bwlabeln(V, 18), [], 'all');")
    run("CC = bwconncomp(V, 6); n = CC.NumObjects; k = bwconncomp(V).Connectivity;")
    assert (run["a"], run["b"], run["n"], run["k"]) == (1, 2, 2, 26)


def test_a_connectivity_of_ones_and_zeros(run):
    run("a = max(bwlabeln([1 1; 1 0], [0 1 0; 0 1 0; 0 1 0])); CC = bwconncomp([1 1], conndef(2, 'minimal'));")
    run("c = size(CC.Connectivity);")
    assert run["a"].tolist() == [[1, 2]] and run["c"].tolist() == [[3, 3]]


def test_label_matrices_have_the_smallest_class(run):
    run("a = class(labelmatrix(bwconncomp(eye(3)))); BW = false(1, 600); BW(1:2:end) = true;")
    run("b = class(labelmatrix(bwconncomp(BW)));")
    assert (run["a"], run["b"]) == ("uint8", "uint16")


def test_no_regions_are_no_cells(run):
    run("CC = bwconncomp(false(3)); s = size(CC.PixelIdxList); n = CC.NumObjects; [L, m] = bwlabel(zeros(2));")
    assert run["s"].tolist() == [[1, 0]] and run["n"] == 0 and run["m"] == 0


def test_holes_fill_by_the_connectivity_of_the_background(run):
    run("BW = logical([0 1 0; 1 0 1; 0 1 0]); a = imfill(BW, 'holes'); b = imfill(BW, 8, 'holes');")
    assert run["a"][1, 1] and not run["b"][1, 1]


def test_filling_at_subscripts_tells_the_places(run):
    run("[J, k] = imfill(logical([0 1 0; 0 1 0]), [1 1; 2 3]); s = nnz(J);")
    assert run["k"].ravel().tolist() == [1, 6] and run["s"] == 6


def test_places_outside_are_left_out_with_a_warning(run):
    assert "out-of-range" in run("J = imfill(false(2), [1 1; 5 5]);")[0]
    assert run["J"].all()


def test_a_border_is_where_a_step_leaves_the_image(run):
    run("I = zeros(3, 5); I(:, [2 4]) = 1; a = imfill(I, [0 0 0; 1 1 1; 0 0 0], 'holes'); v = false(5, 5, 3);")
    run("v(2:4, 2:4, :) = true; b = isequal(imclearborder(v, 4), v); c = imfill([1 2], [0 0 0; 0 1 0; 0 0 0]);")
    assert run["a"].tolist() == [[0, 1, 1, 1, 0]] * 3 and run["b"] is True and np.isinf(run["c"]).all()


def test_borders_are_cleared_in_grey_and_by_side(run):
    run("a = imclearborder(uint8([9 0 0 0; 0 0 0 0; 0 0 7 0; 0 0 0 0]));")
    run("b = imclearborder(logical([1 0 1]), Borders='left');")
    assert run["a"].dtype == np.uint8 and run["a"].sum() == 7 and run["b"].tolist() == [[False, False, True]]
    run("c = imclearborder(logical([0 0 0; 1 0 1; 0 0 0]), Borders='left');")
    assert run["c"].tolist() == [[False] * 3, [False, False, True], [False] * 3]


def test_boundaries_of_a_ring_with_an_island(run):
    run("BW = true(7); BW(2:6, 2:6) = 0; BW(4, 4) = 1; [B, L, n, A] = bwboundaries(BW);")
    run("s = cellfun(@(b) size(b, 1), B)';")
    assert run["n"] == 2 and run["s"].tolist() == [[25, 2, 17]]
    assert run["A"].full().tolist() == [[False, False, False], [False, False, True], [True, False, False]]
    run("m = max(L(:)); C = bwboundaries(BW, 'noholes'); k = numel(C);")
    run("x = bwboundaries(BW(1, :), CoordinateOrder='xy');")
    assert run["m"] == 3 and run["k"] == 2 and run["x"][0, 0][1].tolist() == [2, 1]


@pytest.mark.parametrize(("step", "direction", "second"), [
    ("E", "clockwise", [1, 2]), ("S", "counterclockwise", [2, 1]),
])  # fmt: skip
def test_a_trace_turns_either_way(run, step, direction, second):
    run(f"B = bwtraceboundary(true(3), [1 1], '{step}', 8, Inf, '{direction}'); n = size(B, 1);")
    assert run["n"] == 9 and run["B"][1].tolist() == second


def test_selected_regions(run):
    run("BW = logical([1 0 1; 0 0 0; 1 0 1]); [a, k] = bwselect(BW, [1 3], [1 3], 4);")
    assert run["k"].ravel().tolist() == [1, 9]


def test_watersheds_part_touching_disks(run):
    run("[x, y] = meshgrid(1:40, 1:24); BW = hypot(x - 13, y - 12) < 9 | hypot(x - 28, y - 12) < 9;")
    run("D = -bwdist(~BW); L = watershed(D); L(~BW) = 0; n = max(L(:)); c = L(12, 20:21); a = L(12, 5); b = L(12, 35);")
    assert run["n"] == 2 and 0 in run["c"] and run["a"] == 1 and run["b"] == 2


def test_imposed_minima_are_the_only_ones(run):
    run("I = [3 1 4 1 5 9 2 6]; BW = I == 9; J = imimposemin(I, BW); m = imregionalmin(J);")
    assert run["m"].tolist() == [[False] * 5 + [True] + [False] * 2]


def test_nan_is_no_minimum(run):
    run("m = imregionalmin(single([1 1 2; NaN 0 3])); u = imregionalmin(uint8([0 9 0]));")
    assert run["m"].tolist() == [[False] * 3, [False, True, False]] and run["u"].tolist() == [[True, False, True]]


def test_geodesic_distances_begin_at_columns_and_rows(run):
    run("D = bwdistgeodesic(true(3), 2, 1); T = graydist(ones(3), 2, 1, 'cityblock');")
    assert run["D"].dtype == np.float32 and run["D"][2, 0] == 2 and run["T"][2, 0] == 3


def test_the_paths_across_a_magic_square(run):
    run("A = magic(3); T = graydist(A, 1, 1) + graydist(A, 3, 3);")  # MATLAB's documentation of graydist
    assert run["T"].tolist() == [[10, 11, 17], [13, 10, 13], [17, 17, 10]]


def test_boundaries_are_drawn_as_lines(run):
    run("imshow(zeros(9)); visboundaries({[1 1; 1 2; 1 1]}, Color='g');")
    assert run.seen() == ["figure 1: image 9x9, line 4 points, line 4 points"]


@pytest.mark.parametrize(("text", "identifier"), [
    ("bwlabel(ones(2), 26)", "MATLAB:bwlabel:invalidType"),
    ("bwlabeln(ones(2), 5)", "images:bwlabeln:notConnectivity"),
    ("bwlabeln(ones(2), 26)", "images:bwlabeln:badDimensions"),
    ("bwlabeln(ones(2), 'a')", "images:bwlabeln:notConnectivity"),
    ("bwconncomp(ones(2), [1 1 1; 0 1 0; 0 0 0])", "images:bwconncomp:notConnectivity"),
    ("labelmatrix(4)", "MATLAB:labelmatrix:invalidType"),
    ("imfill(true(3), 0)", "MATLAB:imfill:invalidType"),
    ("imfill(true(3), ones(2, 3))", "images:imfill:badLocationSize"),
    ("imfill(ones(3), [1 1], 4)", "MATLAB:images:imfill:notLogical"),
    ("imreconstruct(2, 1)", "images:imreconstruct:markerGreaterThanMask"),
    ("imreconstruct(ones(2), uint8(ones(2)))", "images:imreconstruct:notSameClass"),
    ("imreconstruct(1, ones(2))", "images:imreconstruct:notSameSize"),
    ("imhmax(1, -1)", "MATLAB:imhmax:invalidType"),
    ("bwselect(true(3))", "images:bwselect:interactive"),
    ("bwboundaries(true(2), 6)", "MATLAB:bwboundaries:invalidType"),
    ("bwboundaries(true(2), TraceStyle='pixeledge')", "images:bwboundaries:pixelEdge"),
    ("bwtraceboundary(true(2), [3 1], 'E')", "images:bwtraceboundary:outOfRange"),
    ("bwtraceboundary(true(2), [1 1], 'NE', 4)", "MATLAB:bwtraceboundary:invalidType"),
    ("bwdist(true(2), 'taxi')", "MATLAB:bwdist:unrecognizedStringChoice"),
    ("bwdistgeodesic(true(2), 7)", "images:bwdistgeodesic:outOfRange"),
    ("graydist(-1, 1)", "MATLAB:graydist:invalidType"),
    ("watershed([1 NaN])", "MATLAB:watershed:invalidType"),
    ("bwareaopen(true(2), -1)", "MATLAB:bwareaopen:invalidType"),
    ("conndef(2, 'middle')", "MATLAB:conndef:unrecognizedStringChoice"),
])  # fmt: skip
def test_what_cannot_be_is_one_error(run, text, identifier):
    assert run.fault(text).identifier == identifier
