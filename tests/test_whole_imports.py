"""Ctrl-C while a module is imported waits until the module is whole."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, sys, time
from cnnscript import cli, whole_imports
whole_imports.install(cli.strike_soon)
try:
    import broken_off.inner
    time.sleep(20)
    print("Ctrl-C was lost")
except KeyboardInterrupt:
    print("stopped")
assert not whole_imports.importing()
import broken_off.inner
print(broken_off.outer_is_whole, broken_off.inner.is_whole, signal.getsignal(signal.SIGINT).__name__)
try:
    import fails_at_once
except ImportError as problem:
    print(problem)
"""


@pytest.mark.skipif(not hasattr(os, "kill") or sys.platform == "win32", reason="signals as Unix has them")
def test_an_import_that_is_interrupted_is_finished_first(tmp_path):
    package = tmp_path / "broken_off"
    package.mkdir()
    # the package falls apart when it is imported again over what is left of it
    (package / "__init__.py").write_text(
        "import os, signal\nfrom . import parts\nos.kill(os.getpid(), signal.SIGINT)\n"
        "names = parts.names\nouter_is_whole = True\n"
    )
    (package / "parts.py").write_text("import sys\nassert not hasattr(sys, 'met'), 'again'\nsys.met = 1\nnames = []\n")
    (package / "inner.py").write_text("is_whole = True\n")
    (tmp_path / "fails_at_once.py").write_text("raise ImportError('no such luck')\n")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
    )
    assert done.stderr == ""
    assert done.stdout == "stopped\nTrue True default_int_handler\nno such luck\n"
