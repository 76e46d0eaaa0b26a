"""A module is imported whole or not at all: Ctrl-C waits until it is.

Built-ins import their libraries when they are first called.  An import that Ctrl-C stops half-way leaves some of a
package's modules behind, and the next import of it finds them and trips over what is missing ("name '_signal_api' is
not defined").  So while the main thread imports, Ctrl-C is noted, and delivered when the import is over.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

_noted = False  # Ctrl-C came while a module was being imported
_depth = 0


def install(deliver: Callable[[], object]) -> None:
    """From now on imports are finished first; `deliver` is called after one in which Ctrl-C was pressed, while Python's
    import system still stands on the stack: it arranges for Ctrl-C a moment later."""
    if not any(isinstance(finder, Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, Finder(deliver))


def importing() -> bool:
    """Does the main thread import a module now?"""
    return _depth > 0


class Finder:
    """Finds modules as the finders after it do, and has those that Python runs run behind the shield."""

    def __init__(self, deliver: Callable[[], object]):
        self.deliver = deliver

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            if find is None or isinstance(finder, Finder):
                continue
            spec = find(name, path, target)
            if spec is not None:
                self.shield(spec.loader)
                return spec
        return None

    def shield(self, loader: Any) -> None:
        if isinstance(loader, type) or not hasattr(loader, "__dict__") or not hasattr(loader, "exec_module"):
            return  # a namespace, or what is built into Python
        run = loader.exec_module

        def run_whole(module: Any) -> None:
            loader.__dict__.pop("exec_module", None)
            if threading.current_thread() is not threading.main_thread():
                run(module)
                return
            self.run_whole(run, module)

        loader.exec_module = run_whole

    def run_whole(self, run: Callable[[Any], object], module: Any) -> None:
        global _depth, _noted
        handler = signal.getsignal(signal.SIGINT)
        shielded = _depth > 0 or not callable(handler)  # not callable: Ctrl-C is ignored, or not Python's
        if not shielded:
            signal.signal(signal.SIGINT, note)
        _depth += 1
        try:
            run(module)
        finally:
            _depth -= 1
            if not shielded:
                signal.signal(signal.SIGINT, handler)
                if _noted:
                    _noted = False
                    self.deliver()


def note(number: int, frame: Any) -> None:
    global _noted
    _noted = True
