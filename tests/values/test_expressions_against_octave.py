"""Random expressions give what Octave gives, on what MATLAB and Octave agree on; skipped where there is no Octave.

Both run the same program: it evaluates each expression and prints class, size and elements, or that it is an error.
"""

import io
import os
import random
import re
import shutil
import subprocess

import pytest

from cnnscript.session import Session

EXPRESSIONS = int(os.environ.get("CNNSCRIPT_OCTAVE_EXPRESSIONS", "500"))
SEED = int(os.environ.get("CNNSCRIPT_OCTAVE_SEED", "5"))
PREAMBLE = """
A = [4 -2 0; 1.5 3 -7]; B = [1 2; 3 4]; v = [3 1 2 5]; c = [2; 0; -1]; E = zeros(0, 3); s = 2.5; k = 3; z = [1+2i 3-1i];
L = [true false true]; t = 'hello'; i8 = int8([100 -7 50]); u8 = uint8([200 3 7]); f = single([0.5 1.25 -3]);
N = [NaN 1 Inf -2]; T = reshape(1:8, 2, 2, 2);
"""
SHOW = """
for place = 1:numel(expressions)
  try
    x = eval(expressions{place});
    if iscell(x)
      fprintf('cell');
    else
      fprintf('%s', class(x));
    end
    fprintf(' %d', size(x));
    if ~iscell(x)
      x = double(x(:));
      fprintf(' %.12g', real(x) + 0);
      fprintf(' %.12g', imag(x) + 0);
    end
    fprintf('\\n');
  catch
    fprintf('error\\n');
  end
end
"""
VARIABLES = "A B v c E s k L t f N T z".split()  # noqa: SIM905
OF_ONE = (
    """abs floor ceil round fix sign sum prod max min any all numel isempty size ndims length fliplr flipud
    isnan isinf find sort double isreal iscolumn isrow isvector isscalar ismatrix transpose real imag
    triu nnz squeeze unique iscell ischar isnumeric islogical isfloat rot90 sum(%s,2) max(%s,[],1) min(%s,[],2)
    sort(%s,'descend') reshape(%s,[],1) repmat(%s,2,1) all(%s,2) cat(3,%s,1) bsxfun(@plus,%s,1)
    num2cell(%s) permute(%s,[2,1,3])""".split()  # noqa: SIM905
)
OPERATORS = ["+", "-", ".*", "./", "==", "~=", "<", ">=", "&", "|", "*"]
INDICES = ["1", "end", ":", "2", "[1 2]", "1:2", "end:-1:1", "0", "1.5", "7", "[true false]", "logical([1 0 1])"]


NO_COMPLEX = {"max", "min", "sort", "unique", "logical", "cummax", "cummin", "issorted", "floor", "round"}


def expression(rng: random.Random, depth: int) -> str:
    """An expression whose meaning is the same in both languages."""
    kind = rng.randrange(9) if depth else 0
    if kind < 2:
        return rng.choice([*VARIABLES, *VARIABLES, "i8", "u8", "1", "0", "-2", "0.5", "[]", "[1 2 3]", "'a'", "true"])
    inner = expression(rng, depth - 1)
    if kind < 4:
        function = rng.choice(OF_ONE)
        return function.replace("%s", inner) if "%s" in function else f"{function}({inner})"
    if kind < 6:
        other = expression(rng, depth - 1)
        return f"({inner}) {rng.choice(OPERATORS)} ({other})"
    if kind == 6:
        name = rng.choice(VARIABLES)
        chosen = ", ".join(rng.choice(INDICES) for _ in range(rng.choice((1, 1, 2, 3))))
        return f"{name}({chosen})"
    if kind == 7:
        return f"[{inner}, {expression(rng, depth - 1)}]"
    return rng.choice(["-({})", "~({})", "({}).'", "({})'", "({}).^2"]).format(inner)


def disputed(text: str) -> bool:
    """Where the two languages differ: integers beside arrays of doubles, the order of complex numbers, empty matrices,
    NaN and logicals put beside others in brackets, what is beyond a class."""
    whole = "i8" in text or "u8" in text
    joined = "[" in text or "cat(" in text
    words = set(re.findall(r"\w+", text))
    return bool(
        (whole and any(sign in text for sign in [*OPERATORS, ".^", "[", "mean", "cat(", "bsxfun"]))
        or ("z" in words and (words & NO_COMPLEX or any(sign in text for sign in "<>&|~")))
        or (joined and words & {"E", "N", "L", "true", "logical", "a", "t"})
        or ("z" in words and "./" in text)
        or ("T" in words and ") * (" in text)
        or re.search(r"sign\((t|'a')", text)
    )


def lines_of(program: str) -> list[str]:
    out = io.StringIO()
    Session(out=out, err=io.StringIO()).run(program)
    return out.getvalue().splitlines()


def close(mine: str, theirs: str) -> bool:
    if mine == theirs:
        return True
    left, right = mine.split(), theirs.split()
    if len(left) != len(right) or left[0] != right[0]:
        return False
    for p, q in zip(left[1:], right[1:], strict=True):
        if p != q and not abs(float(p) - float(q)) <= 1e-9 * max(1.0, abs(float(p))):
            return False
    return True


@pytest.mark.skipif(shutil.which("octave") is None, reason="octave is not on PATH")
def test_expressions_give_what_octave_gives(tmp_path):
    rng = random.Random(SEED)
    made: list[str] = []
    while len(made) < EXPRESSIONS:
        text = expression(rng, 3)
        if not disputed(text):
            made.append(text)
    listed = "expressions = {" + " ...\n ".join("'" + text.replace("'", "''") + "'" for text in made) + "};\n"
    program = PREAMBLE + listed + SHOW
    (tmp_path / "both.m").write_text("warning('off', 'all');\n" + program)
    command = ["octave", "--no-gui", "--norc", "--quiet", str(tmp_path / "both.m")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path)
    theirs, mine = done.stdout.splitlines(), lines_of(program)
    assert len(theirs) == len(mine) == len(made), done.stderr[-500:]
    different = [
        f"{text}\n   octave {other}\n   here   {own}"
        for text, other, own in zip(made, theirs, mine, strict=True)
        if not close(own, other)
    ]
    assert not different, f"{len(different)} of {len(made)}:\n" + "\n".join(different[:60])
