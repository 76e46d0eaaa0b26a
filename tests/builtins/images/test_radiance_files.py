import numpy as np
import pytest


def rle_file(rows, columns, runs):
    return b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y %d +X %d\n" % (rows, columns) + runs


def test_runs_are_unpacked(run, tmp_path):
    # one row of 8: red 128 in a run, green 64 written out, blue 0, exponent 129 (times 2^(129-136))
    row = bytes([2, 2, 0, 8, 136, 128, 8, *[64] * 8, 136, 0, 136, 129])
    (tmp_path / "a.hdr").write_bytes(rle_file(1, 8, row))
    run("h = hdrread('a.hdr'); s = size(h); p = h(1, 3, :); c = class(h);")
    assert run["s"].tolist() == [[1, 8, 3]] and run["p"].ravel().tolist() == [1, 0.5, 0] and run["c"] == "single"


def test_light_goes_both_ways_to_eight_bits(run):
    run("rng(0); h = 2.^(10*rand(5, 9, 3) - 5); hdrwrite(h, 'b.hdr'); g = double(hdrread('b.hdr'));")
    error = np.abs(run["g"] - run["h"]) / run["h"].max(2, keepdims=True)
    assert error.max() < 1 / 128
    run("hdrwrite(zeros(2, 2, 3), 'c.hdr'); z = hdrread('c.hdr'); m = max(z(:));")
    assert run["m"] == 0


@pytest.mark.parametrize("data", [b"", b"P6 1 1", b"#?R\n\n", b"#?R\n\n-Y a +X 2\n", b"#?R\n\n-Y 2 +X 2\n\0\0"])
def test_files_that_are_none_are_named(run, tmp_path, data):
    (tmp_path / "d.hdr").write_bytes(data)
    assert "is not a Radiance file" in run.fault("hdrread('d.hdr')").message
    (tmp_path / "e.hdr").write_bytes(rle_file(1, 8, bytes([2, 2, 0, 8, 140, 1])))
    assert "run that does not fit" in run.fault("hdrread('e.hdr')").message


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("hdrread('none.hdr')", "does not exist"),
        ("hdrwrite(ones(3), 'f.hdr')", "m-by-n-by-3"),
        ("hdrwrite(ones(2, 2, 3), 'no/f.hdr')", "writing"),
        ("tonemap(ones(3))", "m-by-n-by-3"),
        ("tonemap(ones(9, 9, 3), 'AdjustLightness', [1 0])", "rising"),
        ("tonemap(ones(4, 4, 3))", "two pixels"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_light_of_any_strength_is_seen(run):
    run("g = repmat(2.^linspace(-8, 8, 64), 16, 1); t = double(tonemap(repmat(g, 1, 1, 3)));")
    row = run["t"][8, :, 0]
    assert run["t"].max() > 200 and run["t"].min() < 30 and row[:16].mean() < row[24:40].mean() < row[48:].mean()
