"""Caches of the tests stay out of the user's folders; `--rewrite` writes expected texts anew (read the difference)."""

import os
import signal
import tempfile

import pytest

# before anything of the package is imported; one folder for all test processes, so the tables are made once
user = os.getuid() if hasattr(os, "getuid") else "all"
os.environ.setdefault("CNNSCRIPT_CACHE", os.path.join(tempfile.gettempdir(), f"cnnscript-test-cache-{user}"))
os.environ["CNNSCRIPT_OFFLINE"] = "1"
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell's background: tests of Ctrl-C would wait for ever
    signal.signal(signal.SIGINT, signal.default_int_handler)
os.environ["CNNSCRIPT_PREFERENCES"] = os.path.join(tempfile.mkdtemp(prefix="cnnscript-test-"), "preferences.mat")


def pytest_addoption(parser):
    parser.addoption("--rewrite", action="store_true", help="write expected texts of golden and mistakes anew")


@pytest.fixture
def rewrite(request):
    return request.config.getoption("--rewrite")
