"""What is installed is what is in the checkout."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_folder_is_listed():
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "cnnscript").rglob("__init__.py")}
    assert set(SETTINGS["tool"]["setuptools"]["packages"]) == found | {"cnnscript.grammar"}


def test_every_data_file_is_shipped():
    patterns = SETTINGS["tool"]["setuptools"]["package-data"]["*"]
    packages = {path.parent for path in (ROOT / "cnnscript").rglob("__init__.py")} | {ROOT / "grammar"}
    shipped = {file for package in packages for pattern in patterns for file in package.glob(pattern)}
    data = {
        path
        for folder in ("cnnscript", "grammar")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    assert data <= shipped


def test_ci_runs_the_line_of_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line.strip() for line in readme.splitlines() if "pytest" in line]
    assert lines[0].endswith("-m pytest"), "the first line that names pytest is the one that CI runs"
    assert "README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
