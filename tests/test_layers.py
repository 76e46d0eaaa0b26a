"""The house stands as drawn: imports go one way, heavy libraries stay where they belong and out of light commands."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import cnnscript

PACKAGE = Path(__file__).parents[1] / "cnnscript"

# who may import whom: each part lists the parts below it
BELOW = {
    "errors": set(),
    "search_path": set(),
    "whole_imports": set(),
    "grammar": set(),
    "syntax": {"errors", "grammar"},
    "values": {"errors", "syntax"},
    "display": {"errors", "syntax", "values"},
    "code": {"errors", "syntax", "values", "display"},
    "checking": {"errors", "syntax", "values", "display", "code", "search_path"},
    "engine": {"errors"},
    "explain": {"errors", "engine"},
    "learning": {"errors"},
    "pictures": {"errors"},
    "builtins": {
        "errors", "syntax", "values", "display", "code", "checking", "engine", "explain", "learning", "pictures",
        "search_path",
    },  # fmt: skip
}
BELOW["session"] = BELOW["builtins"] | {"builtins"}
BELOW["repl"] = BELOW["session"] | {"session"}
BELOW["check_command"] = BELOW["repl"] | {"repl"}
BELOW["weights_command"] = BELOW["check_command"]
BELOW["cli"] = BELOW["repl"] | {"repl", "check_command", "weights_command", "whole_imports"}
BELOW["__init__"] = BELOW["session"] | {"session"}
BELOW["__main__"] = BELOW["cli"] | {"cli"}

HOME = {
    "tensorflow": {"engine", "explain"},
    "keras": {"engine", "explain"},
    "onnx": {"engine"},
    "matplotlib": {"pictures"},
    "PIL": {"pictures"},
    "imageio": {"pictures"},
    "prompt_toolkit": {"repl"},
    "lark": {"syntax"},
    "sklearn": {"learning"},
}
HEAVY = (
    "tensorflow", "keras", "matplotlib", "skimage", "scipy", "prompt_toolkit", "PIL", "onnx", "h5py", "openpyxl",
    "sklearn",
)  # fmt: skip


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def part_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path):
    """Every module name imported anywhere in a file, with the names taken from it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for name in node.names:
                yield f"{node.module}.{name.name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way_and_heavy_libraries_stay_at_home(path):
    part = part_of(path)
    for name in imports(path):
        root, *rest = name.split(".")
        if root == "cnnscript" and rest:
            other = rest[0]
            if other != part and (other in BELOW or not other.startswith("_")) and other not in cnnscript.__all__:
                assert other in BELOW[part], f"{path.name} ({part}) imports {name}"
        elif root in HOME:
            assert part in HOME[root], f"{path.name} ({part}) imports {root}"


def packages():
    """Every package with a map of its own; the README lists the topics of built-ins, and grammar has no modules."""
    inside = (path.parent for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE)
    names = (path.relative_to(PACKAGE).as_posix() for path in inside)
    return sorted(name for name in names if not name.startswith("builtins/") and name != "grammar")


@pytest.mark.parametrize("package", packages())
def test_the_map_of_a_package_names_all_its_modules(package):
    folder = PACKAGE / package
    words = set(re.findall(r"\w+", ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))))
    inside = {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/__init__.py")}
    assert inside - words - {"__init__", "__main__"} == set()


def test_the_map_names_all_parts():
    words = set(re.findall(r"\w+", cnnscript.__doc__))
    parts = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert parts - words - {"__init__", "__main__"} == set()


def loaded_after(*arguments):
    """The heavy libraries in memory after a run of the command line."""
    code = (
        "import sys; from cnnscript.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: print(end='')\n"
        f"print('LOADED', *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=120)
    line = [line for line in run.stdout.splitlines() if line.startswith("LOADED")]
    assert line, run.stdout + run.stderr
    return line[-1].split()[1:]


@pytest.mark.parametrize(
    "arguments",
    [
        ("-e", "1+1"),
        ("-e", "x = magic(4); y = sort(x(:)); disp(sum(y))"),
        ("-e", "s.a = {1,'b'}; s, fprintf('%d\\n', 3)"),
        ("--help",),
        ("--version",),
        ("check", str(PACKAGE.parent / "scripts")),
        ("weights", "list"),
    ],
)
def test_a_light_command_imports_nothing_heavy(arguments):
    assert loaded_after(*arguments) == []
