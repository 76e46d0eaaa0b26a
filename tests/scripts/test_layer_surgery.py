"""The tutorials of surgery and architecture say what they did to the networks."""

import io
from pathlib import Path

from cnnscript.session import Session

SCRIPTS = Path(__file__).parents[2] / "scripts"


def said_by(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    session = Session(out=out, err=out, figures="words")
    session.run((SCRIPTS / name).read_text(encoding="utf-8"), name)
    session.desk.flush()
    return out.getvalue()


def test_the_network_is_cut_frozen_branched_and_still_sees(tmp_path, monkeypatch):
    said = said_by("layer_surgery.cnns", tmp_path, monkeypatch)
    assert "68 layers, 75 connections, 26 of them learn" in said
    assert "Head: 'conv10' (1000 filters), then 'ClassificationLayer_predictions' (1000 classes)" in said
    assert "Learn rate factors: 13 layers at 0, 12 at 1, 1 at 10" in said
    assert "assembleNetwork: Invalid network. Layer 'conv_cups': Empty Weights property." in said
    assert "shortcut learns 5 times as fast, conv1 0 times" in said
    assert "Before: espresso (0.999)   after: espresso (0.999)" in said
    assert "figure 1: graph 70 nodes, 78 edges, title 'A short cut around fire9'" in said


def test_the_architecture_is_described_without_weights(tmp_path, monkeypatch):
    said = said_by("architecture.cnns", tmp_path, monkeypatch)
    assert "Initialized: false" in said and "inception_3a: 14 layers, 13 connections" in said
    assert "vgg16          40 layers   138.4 million weights" in said
    assert "title 'GoogLeNet: 7.0 million in 58 layers'" in said
    assert "2  'conv_1'       2-D Convolution       28(S) × 28(S) × 8(C) × 1(B)" in said
