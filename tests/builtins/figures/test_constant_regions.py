import pytest


def test_a_region_is_two_scalars_two_vectors_or_a_matrix_of_pairs(run):
    run("a = xregion(1, 2); b = yregion([1 3], [2 4]); c = xregion([1 3 5; 2 4 6]); d = xregion([1 2; 3 4; 5 6]);")
    run("n = [numel(a) numel(b) numel(c) numel(d)]; v = c(3).Value; w = d(3).Value; k = b(1).InterceptAxis;")
    assert run["n"].tolist() == [[1, 2, 3, 3]] and run["v"].tolist() == run["w"].tolist() == [[5, 6]]
    assert run["k"] == "y"


def test_a_region_lies_below_the_lines_and_is_named_in_a_legend(run):
    run("plot(1:3, 'DisplayName', 'data'); xregion(1, 2, DisplayName='early'); legend")
    assert run.seen() == ["figure 1: line 3 points, constantregion, legend 'data', 'early'"]
    run("r = yregion(5, 5, FaceColor='r'); f = r.FaceColor; l = r.Layer;")
    assert run["f"].tolist() == [[1, 0, 0]] and run["l"] == "bottom"


def test_a_region_fills_its_part_of_the_pixels(run):
    run("plot([0 10], [0 10]); xregion(2, 4, FaceColor='r', FaceAlpha=1); xlim([0 10]);")
    run("f = getframe(gca); c = f.cdata;")
    pixels = run["c"]
    middle = pixels[pixels.shape[0] // 2]
    assert middle[int(0.3 * len(middle))].tolist() == [255, 0, 0]
    assert middle[int(0.8 * len(middle))].tolist() == [255, 255, 255]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("xregion", "Not enough input arguments"),
        ("xregion(1:2, 1:3)", "same length"),
        ("yregion(ones(3))", "2-by-n or n-by-2"),
        ("xregion(1, 2, 3)", "Too many input arguments"),
    ],
)
def test_what_is_no_region_is_refused(run, call, words):
    assert words in run.fault(call).message


def test_binscatter_counts_again_when_its_bins_change(run):
    run("h = binscatter([1 2 2 4], [1 1 1 3], 2); a = h.Values; h.NumBins = [1 2]; b = h.Values; m = h.NumBinsMode;")
    assert run["a"].tolist() == [[3, 0], [0, 1]] and run["b"].tolist() == [[3, 1]] and run["m"] == "manual"


def test_binscatter_takes_a_table_and_leaves_out_what_is_beyond_limits(run):
    run("t = table([1;2;9], [1;2;3], 'VariableNames', {'p', 'q'}); h = binscatter(t, 'p', 'q', 'XLimits', [0 5]);")
    run("s = sum(h.Values(:)); e = h.XBinEdges([1 end]); ax = gca; w = ax.XLabel.String;")
    assert run["s"] == 2 and run["e"].tolist() == [[0, 5]] and run["w"] == "p"


def test_binscatter_refuses_more_than_250_bins(run):
    assert "1 to 250" in run.fault("binscatter(1:3, 1:3, 300)").message
