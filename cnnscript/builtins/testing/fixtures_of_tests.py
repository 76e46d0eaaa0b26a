"""matlab.unittest.fixtures: folders and silence that a test asks for with applyFixture, undone when it is over."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from typing import Any

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text, patterns
from cnnscript.errors import ScriptError
from cnnscript.values.objects import Object

PACKAGE = "matlab.unittest.fixtures."
Undo = Callable[[], Any]


class Fixture(Object):
    """`set_up(session)` does something and gives what undoes it; `folder` is what its property Folder shows."""

    is_handle = True

    def __init__(self, name: str, set_up: Callable[[Any], Undo], folder: str = ""):
        self.class_name = PACKAGE + name
        self.set_up = set_up
        self.folder = folder

    def property_names(self) -> list[str]:
        return ["Folder"] if self.folder or "Folder" in self.class_name else []

    def get(self, name: str) -> Any:
        if name == "Folder" and self.property_names():
            return self.folder
        raise self.no_property(name)


def require_folder(folder: Any, name: str) -> str:
    word = one_text(folder, name, "Folder")
    if not os.path.isdir(word):
        raise ScriptError("MATLAB:unittest:PathFixture:FolderDoesNotExist", f"The folder '{word}' does not exist.")
    return os.path.abspath(word)


def into(session: Any, folder: str) -> Undo:
    """Change to a folder; back again."""
    before = os.getcwd()
    session.call("cd", 0, folder)
    return lambda: session.call("cd", 0, before)


@builtin(name=PACKAGE + "TemporaryFolderFixture")
def temporary_folder():
    """
    fixture = matlab.unittest.fixtures.TemporaryFolderFixture

    A new empty folder for a test: its property Folder, known from applyFixture(testCase, fixture) on.

    Examples
      >> fixture = matlab.unittest.fixtures.TemporaryFolderFixture;
      >> disp(isempty(fixture.Folder))
         1

    See also matlab.unittest.fixtures.WorkingFolderFixture, matlab.unittest.fixtures.PathFixture, runtests.
    """

    def set_up(session: Any) -> Undo:
        fixture.folder = tempfile.mkdtemp()
        return lambda: shutil.rmtree(fixture.folder)

    fixture = Fixture("TemporaryFolderFixture", set_up)
    return fixture


@builtin(name=PACKAGE + "WorkingFolderFixture")
def working_folder():
    """
    fixture = matlab.unittest.fixtures.WorkingFolderFixture

    A new empty folder that is the current one while a test runs.

    Examples
      >> fixture = matlab.unittest.fixtures.WorkingFolderFixture;
      >> disp(isempty(fixture.Folder))
         1

    See also matlab.unittest.fixtures.TemporaryFolderFixture, runtests.
    """

    def set_up(session: Any) -> Undo:
        fixture.folder = tempfile.mkdtemp()
        back = into(session, fixture.folder)

        def undo() -> None:
            back()
            shutil.rmtree(fixture.folder)

        return undo

    fixture = Fixture("WorkingFolderFixture", set_up)
    return fixture


@builtin(name=PACKAGE + "CurrentFolderFixture")
def current_folder(folder, /):
    """
    fixture = matlab.unittest.fixtures.CurrentFolderFixture(folder)

    A folder that is the current one while a test runs.

    Examples
      >> fixture = matlab.unittest.fixtures.CurrentFolderFixture(pwd);
      >> disp(strcmp(fixture.Folder, pwd))
         1

    See also matlab.unittest.fixtures.WorkingFolderFixture, runtests.
    """
    place = require_folder(folder, "CurrentFolderFixture")
    return Fixture("CurrentFolderFixture", lambda session: into(session, place), place)


@builtin(name=PACKAGE + "PathFixture")
def path_folder(folder, /):
    """
    fixture = matlab.unittest.fixtures.PathFixture(folder)

    A folder that is on the search path while a test runs.

    Examples
      >> fixture = matlab.unittest.fixtures.PathFixture(pwd);
      >> disp(strcmp(fixture.Folder, pwd))
         1

    See also addpath, matlab.unittest.fixtures.CurrentFolderFixture, runtests.
    """
    place = require_folder(folder, "PathFixture")

    def set_up(session: Any) -> Undo:
        before = session.call("path", 1)
        session.call("addpath", 0, place)
        return lambda: session.call("path", 0, before)

    return Fixture("PathFixture", set_up, place)


@builtin(name=PACKAGE + "SuppressedWarningsFixture")
def suppressed_warnings(warnings, /):
    """
    fixture = matlab.unittest.fixtures.SuppressedWarningsFixture(warnings)

    Warnings, by identifier, that are not shown while a test runs.

    Examples
      >> fixture = matlab.unittest.fixtures.SuppressedWarningsFixture('my:warning');

    See also warning, runtests.
    """
    words = patterns(warnings, "SuppressedWarningsFixture")

    def set_up(session: Any) -> Undo:
        before = dict(session.warnings.states)
        for word in words:
            session.warnings.set(word, "off")

        def undo() -> None:
            session.warnings.states = before

        return undo

    return Fixture("SuppressedWarningsFixture", set_up)
