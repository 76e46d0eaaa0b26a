"""Loading TensorFlow: silent, in the background, and no reason to wait when leaving.

Most tests put a false `tensorflow` in the way of the true one, which sleeps, writes to descriptor 2, or fails, as told.
"""

import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FALSE_TENSORFLOW = """
import os, time
os.write(2, b"2025-01-01 10:00:00.000000: I tensorflow/core/platform.cc:1] a log line\\n")
os.write(2, b"I0000 00:00:1795467590.904138   11048 cudart_stub.cc:31] another\\n")
os.write(2, b"To enable the following instructions: AVX2 FMA\\n")
{body}
def constant(value):
    return value
"""


@pytest.fixture
def run(tmp_path):
    """Run a program that sees a false TensorFlow with the given body."""

    def run(code, body="", **options):
        (tmp_path / "tensorflow.py").write_text(FALSE_TENSORFLOW.format(body=body))
        (tmp_path / "keras.py").write_text(
            "class config:\n    disable_traceback_filtering = staticmethod(lambda: None)\n"
        )
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
        code = "from cnnscript.engine.tensorflow_start import *\nimport os, sys, time\n" + code
        return subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, **options
        )

    return run


def test_log_lines_never_reach_the_user_and_other_lines_do(run):
    done = run("tensorflow(); print('there')", "os.write(2, b'something of note\\n')")
    assert (done.returncode, done.stdout, done.stderr) == (0, "there\n", "something of note\n")


def test_what_the_program_says_meanwhile_is_neither_lost_nor_late(run):
    code = (
        "preload(); time.sleep(.3); print('mine', file=sys.stderr)\n"
        "os.write(1, b'after\\n' if not loaded() else b'too late')\ntensorflow()"
    )
    done = run(code, "time.sleep(1)")
    assert (done.stdout, done.stderr) == ("after\n", "mine\n")


def test_what_the_import_writes_after_a_quiet_end_is_not_seen(run):
    code = "preload(); time.sleep(.3); end_quietly(); print('mine', file=sys.stderr); time.sleep(.5); os._exit(3)"
    body = "os.write(2, b'of note\\n'); time.sleep(.5); os.write(2, b'something else\\n'); time.sleep(1)"
    done = run(code, body)
    assert (done.returncode, done.stderr) == (3, "of note\nmine\n")


def test_ctrl_c_while_waiting_leaves_one_import_going(run):
    code = (
        "import _thread, threading\n"
        "threading.Timer(.3, _thread.interrupt_main).start()\n"
        "said = []\n"
        "try: tensorflow(said.append)\n"
        "except KeyboardInterrupt: print('back', said, loaded())\n"
        "tensorflow(said.append); print(said, file=sys.stderr)"
    )
    done = run(code, "print('imported'); time.sleep(1.5)")
    waited = ["loading TensorFlow ...", ""]
    assert done.stdout == f"imported\nback {waited} False\n" and done.stderr == f"{waited * 2}\n"


def test_leaving_while_it_loads_is_at_once_and_clean(run):
    start = time.monotonic()
    done = run("preload(); time.sleep(.2); print('bye', file=sys.stderr)", "time.sleep(30)")
    assert (done.returncode, done.stderr) == (0, "bye\n")
    assert time.monotonic() - start < 10


def test_a_last_word_after_leaving_began_is_still_heard(run):
    code = "import atexit; atexit.register(lambda: os.write(2, b'last word\\n')); preload(); time.sleep(.2)"
    done = run(code, "time.sleep(30)")
    assert done.returncode == 0
    assert "last word\n" in done.stderr


def test_a_failed_import_is_an_error_that_says_why_and_shows_the_log(run):
    code = "try:\n    tensorflow()\nexcept Exception as e: print(type(e).__name__, e, e.notes)"
    done = run(code, "raise ImportError('no such library')")
    assert done.stdout == (
        "ScriptError TensorFlow, which computes the networks, cannot be loaded. ('ImportError: no such library',)\n"
    )
    assert "cudart_stub" in done.stderr


def test_waiting_is_reported_once_and_only_when_there_is_something_to_wait_for(run):
    code = "said = []; tensorflow(said.append); tensorflow(said.append); print(said, loaded())"
    assert run(code, "time.sleep(.2)").stdout == "['loading TensorFlow ...', ''] True\n"


def test_it_is_imported_once_however_often_it_is_asked_for(run):
    code = (
        "import threading\npreload(); preload()\n"
        "[t.start() for t in [threading.Thread(target=tensorflow) for _ in range(5)]]\ntensorflow()"
    )
    done = run(code, "print('importing', flush=True); time.sleep(.2)")
    assert done.stdout == "importing\n"


def test_a_closed_standard_error_is_no_obstacle(run):
    done = run("os.close(2); tensorflow(); print('there')", "")
    assert (done.returncode, done.stdout) == (0, "there\n")


def test_the_true_one_is_silent():
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    code = "from cnnscript.engine.tensorflow_start import *; preload(); print(int(tensorflow().constant(1.0) + 2))"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "3\n", "")


PAGES = """
import resource
import numpy as np
from cnnscript.engine.tensorflow_start import keep_freed_memory

def pages_asked_for():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    assert sum(array[-1] for array in [np.ones(2**18, np.float32) for _ in range(64)]) == 64  # 1 MB, 256 pages each
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

usual = min(pages_asked_for() for _ in range(3))
keep_freed_memory()
pages_asked_for()
print(usual, min(pages_asked_for() for _ in range(3)))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other allocators have habits of their own")
def test_memory_that_was_freed_is_used_again_without_asking_the_system():
    done = subprocess.run([sys.executable, "-c", PAGES], capture_output=True, text=True, check=True)
    usual, kept = map(int, done.stdout.split())
    assert kept < 64 * 256 / 4 <= usual
