"""The MATLAB face of everything: one file a topic, each built-in declared once under `@builtin` (see registry).

`load()` imports every topic and so fills the table.
"""

from importlib import import_module


def load() -> None:
    """Import every topic module; afterwards `registry.TABLE` holds all built-ins."""
    for topic in topics():
        import_module(f"cnnscript.builtins.{topic}")


def topics() -> list[str]:
    """The names of the topic modules beside this file."""
    import os

    folder = os.path.dirname(__file__)
    own = {"__init__", "registry"}
    return sorted(name[:-3] for name in os.listdir(folder) if name.endswith(".py") and name[:-3] not in own)
