"""Programs spoilt at random: each gives a result or a ScriptError within its time, never a fault of ours, never a hang.

The suite tries a few; `CNNSCRIPT_FUZZ=10000 python -m pytest tests/test_fuzz.py` tries as many as it says, and
`CNNSCRIPT_FUZZ_SEED=7` other ones.
"""

import io
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from case_files import read_case

from cnnscript import builtins, whole_imports
from cnnscript.cli import strike_soon
from cnnscript.code import InternalError
from cnnscript.errors import Exit, ScriptError
from cnnscript.session import NETWORK_TOPICS, Session
from cnnscript.values import memory

FOLDER = Path(__file__).parent
PROGRAMS = int(os.environ.get("CNNSCRIPT_FUZZ", "120"))
SEED = int(os.environ.get("CNNSCRIPT_FUZZ_SEED", "1"))
SECONDS = 2.0  # a program is stopped then, as Ctrl-C stops it
GRACE = 5.0  # and has to be over by then

TOKEN = re.compile(
    r"\"[^\"\n]*\"|'[^'\n]*'|\d+\.?\d*(?:e[+-]?\d+)?|\w+|[.]?[*/^\\']|[<>=~]=|&&|\|\||\.\.\.|\s+|.", re.DOTALL
)
VALUE = re.compile(r"['\"\w]")  # a text, a number or a name
ODD_VALUES = tuple(
    """0 1 -1 1.5 NaN Inf -Inf 1e9 1i true [] {} '' "" 'abc' "abc" zeros(0,3) ones(2,3) ones(2,2,2) {1,'a'} struct()
    struct('a',{1,2}) @sin @(x)x+1 int8(5) uint8([1,200]) single(2.5) (1:3) 'x':'z' "missing" {{}} [1,NaN] ["a","b"]
    categorical({'a','b'}) table([1;2],{'a';'b'}) datetime(2020,1,2) hours(3) containers.Map() sparse(eye(2))
    : end ;""".split()  # noqa: SIM905
)
SIGNS = "()[]{}.,;:'\"@%=+-*/\\^~&|<>!? \n\t0aZ_\u00e9\u4e2d#$`"
# programs that reach beyond their folder, wait for people, or leave
OUTSIDE = frozenset(
    """delete rmdir movefile copyfile mkdir system unix dos exit quit web urlread urlwrite websave webread input
    keyboard pause setenv cd savepath recycle run unzip untar gunzip savefig print saveas exportgraphics open edit
    waitforbuttonpress ginput uiwait drawnow parpool timer""".split()  # noqa: SIM905
)


def seeds() -> list[str]:
    """The programs of the gallery, the golden sessions and the examples of help that stay in their folder."""
    found = [read_case(path)[0] for folder in ("mistakes", "golden") for path in sorted((FOLDER / folder).glob("*.m"))]
    topics = builtins.index()
    for name in sorted(topics):
        found += [example.code for example in builtins.find(name).help.examples]
    slow = {name for name, topic in topics.items() if topic in NETWORK_TOPICS}
    return [text for text in found if not (OUTSIDE | slow) & set(re.findall(r"\w+", text)) and "!" not in text]


def mutated(rng: random.Random, programs: list[str]) -> str:
    """One of the programs, changed in one to four places."""
    tokens = TOKEN.findall(rng.choice(programs))
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
        at = rng.randrange(len(tokens)) if tokens else 0
        kind = rng.randrange(14)
        if kind < 6 and (values := [place for place, token in enumerate(tokens) if VALUE.match(token)]):
            tokens[rng.choice(values)] = rng.choice(ODD_VALUES)
        elif kind < 7:
            del tokens[at : at + 1]
        elif kind < 8:
            tokens.insert(at, tokens[at] if tokens else ";")
        elif kind < 9 and tokens:
            other = rng.randrange(len(tokens))
            tokens[at], tokens[other] = tokens[other], tokens[at]
        elif kind < 11:
            tokens[at : at + 1] = [rng.choice(TOKEN.findall(rng.choice(programs)) or [";"])]
        elif kind < 12:
            text = "".join(tokens)
            place = rng.randrange(len(text) + 1)
            tokens = TOKEN.findall(text[:place] + rng.choice(SIGNS) + text[place + rng.randrange(2) :])
        elif kind < 13:
            tokens = tokens[: at + 1]
        else:
            tokens += ["\n", *TOKEN.findall(rng.choice(programs))]
    return "".join(tokens)


def odd_call(rng: random.Random, names: list[str]) -> str:
    """A built-in called with values that it may not expect."""
    inputs = ", ".join(rng.choice(ODD_VALUES[:-3]) for _ in range(rng.choice((0, 1, 1, 1, 2, 2, 2, 3, 3, 4))))
    return f"{rng.choice(('', '', 'x = ', '[x, y] = '))}{rng.choice(names)}({inputs})"


def callable_names() -> list[str]:
    return sorted(
        name for name, topic in builtins.index().items() if topic not in NETWORK_TOPICS and name not in OUTSIDE
    )


class Late(KeyboardInterrupt):
    """The time of a program is over."""


def outcome(program: str, seconds: float = SECONDS) -> str:
    """'result', 'error', 'stopped' (its time was over), or what went wrong with us."""

    def stop(number, frame):
        nonlocal started
        if whole_imports.importing():  # a module whose import is stopped half-way is half a module ever after
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            started = time.monotonic()
            return
        signal.setitimer(signal.ITIMER_REAL, 1.0)  # again, where the first one was swallowed
        raise Late

    session = Session(out=io.StringIO(), err=io.StringIO(), figures="words")
    started = time.monotonic()
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        session.run(program, "fuzz.m")
        result = "result"
    except ScriptError as error:
        error.render()
        result = "error"
    except (Late, Exit):
        result = "stopped"
    except InternalError as fault:
        result = f"internal error: {fault!r} from {fault.__cause__!r}"
    except Exception as fault:  # what no program may raise
        result = f"Python's own {fault!r}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        session.close()
    took = time.monotonic() - started
    return result if took < seconds + GRACE else f"hung: {took:.1f} s"


@pytest.fixture
def kept_inside(tmp_path, monkeypatch):
    """Programs run in an empty folder, start no process, and have little memory."""

    def refused(*args, **kwargs):
        raise OSError("no process is started here")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    whole_imports.install(strike_soon)
    monkeypatch.setattr(subprocess, "Popen", refused)
    monkeypatch.setattr(memory, "physical_memory", lambda: 2**28)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer on this system")
def test_spoilt_programs_give_a_result_or_an_error_of_theirs(kept_inside):
    rng = random.Random(SEED)
    programs, names = seeds(), callable_names()
    assert len(programs) > 500
    counts: dict[str, int] = {}
    faults = []
    for number in range(PROGRAMS):
        program = mutated(rng, programs) if number % 3 else odd_call(rng, names)
        result = outcome(program)
        counts[result.split(":")[0]] = counts.get(result.split(":")[0], 0) + 1
        if result not in ("result", "error", "stopped"):
            faults.append(f"--- program {number}: {result}\n{program}\n")
    print(counts)
    assert not faults, "\n".join(faults)
