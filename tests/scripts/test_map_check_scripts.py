"""The tutorial that asks whether a map is true; occlusion, a hundred passes a map, is left to who runs it whole."""

import io
import re
from pathlib import Path

from cnnscript.session import Session

SCRIPT = Path(__file__).parents[2] / "scripts" / "is_the_map_true.cnns"


def test_guided_backpropagation_fails_and_grad_cam_is_consistent(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    session = Session(out=out, err=out, figures="words")
    code = SCRIPT.read_text(encoding="utf-8")
    assert '"gradCAM" "occlusionSensitivity"]' in code
    session.run(code.replace('"gradCAM" "occlusionSensitivity"]', '"gradCAM" "layerCAM"]'), SCRIPT.name)
    session.desk.flush()
    said = out.getvalue()
    assert re.search(r"guidedBackprop +0\.[789]\d* .*\n", said) and re.search(r'guidedBackprop +0\.\d+ +"fails"', said)
    assert re.search(r'gradCAM +true +true +0\.1\d* +"consistent"', said)
    calm, wild = re.search(r"under noise and shifts: gradCAM ([\d.]+), saliency ([\d.]+)", said).groups()
    assert float(calm) > 0.9 > 0.6 > float(wild)
    assert re.search(r"without \d+ % of the picture, Egyptian cat becomes tabby", said)
    assert said.count("figure ") >= 6 and "title 'the best fifth: espresso" in said
