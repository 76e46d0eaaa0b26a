"""The tutorial that convolves by loops says what the network says."""

import io
import re
from pathlib import Path

from cnnscript.session import Session

SCRIPT = Path(__file__).parents[2] / "scripts" / "convolution_by_hand.cnns"


def test_loops_and_network_agree_and_every_setting_fits_the_formula(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    session = Session(out=out, err=out, figures="words")
    session.run(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT))
    session.desk.flush()
    said = out.getvalue()
    assert "Loops: 180 of 180 settings" in said and "Network: 24 of 24 layers" in said
    for words in ("conv1 by loops: 113x113", "ReLU by hand", "Pooling makes 56x56 of 113x113", "Loops and imfilter"):
        line = next(line for line in said.splitlines() if line.startswith(words))
        assert float(re.search(r"\d+e-\d+|\b0e\+00", line)[0]) < 1e-5, line
    assert said.count("figure 1: ") >= 8 and "title 'Four channels of conv1, by loops'" in said
