"""What a person says about weights (`weights list`, `weights get vgg16` ...), done on a zoo and answered in text.

The same words serve the command line (weights_command.py) and the prompt (builtins/networks/weights.py).
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from pathlib import Path

from cnnscript.engine.sources import Source
from cnnscript.engine.zoo import Zoo
from cnnscript.errors import ScriptError

COMMANDS = "list [NAME], status, get NAME, add NAME FILE, verify [NAME], path"


def weights_text(zoo: Zoo, words: list[str]) -> tuple[str, bool]:
    """The answer to a command, and whether all is well (False: `verify` met damage).

    Raises ScriptError: no such command or network (cnnscript:weights:Usage), or what `get` and `add` raise.
    """
    flags = [word for word in words if word.startswith("-")]
    command, *rest = [word for word in words if not word.startswith("-")] or ["status"]
    act = ACTS.get(command)
    if act is None:
        near = difflib.get_close_matches(command, ACTS, 1)
        raise ScriptError(
            "cnnscript:weights:Usage", f"'{command}' is no command of weights.", notes=(f"commands: {COMMANDS}",),
            hint=f"did you mean '{near[0]}'?" if near else None,
        )  # fmt: skip
    for flag in flags:
        if command != "get" or flag.lstrip("-") != "unchecked":
            raise ScriptError("cnnscript:weights:Usage", f"'{flag}' is no option of weights {command}.")
    if command in ("get", "verify", "list"):
        for name in rest:
            require_known(zoo, name)
    return act(zoo, rest, bool(flags))


def require_known(zoo: Zoo, name: str) -> None:
    names = zoo.names()
    if name not in names:
        near = difflib.get_close_matches(name.lower(), names, 1)
        raise ScriptError(
            "cnnscript:weights:UnknownNetwork", f"There is no network '{name}'.", notes=("known: " + ", ".join(names),),
            hint=f"did you mean '{near[0]}'?" if near else None,
        )  # fmt: skip


def _list(zoo: Zoo, names: list[str], unchecked: bool) -> tuple[str, bool]:
    """All networks, a line each; or the sources of those named, with addresses."""
    if names:
        return "\n".join(line for name in names for line in _details(zoo, name)), True
    rows = [("network", "weights", "size", "from")]
    for name in zoo.names():
        sources = zoo.sources_of(name)
        best = next((source for source in sources if source.hash is not None), sources[0] if sources else None)
        if best is None:
            rows.append((name, state(zoo, name), "", "no source is known"))
            continue
        more = f", and {len(sources) - 1} more" if len(sources) > 1 else ""
        rows.append((name, state(zoo, name), best.size_text, f"{_place(best)} ({_checked_by(best)}){more}"))
    if any(row[1] == "opt-in" for row in rows):
        note = "\nopt-in: no hash is known that could check the file; weights get NAME --unchecked fetches it"
    else:
        note = ""
    return _columns(rows) + note, True


def state(zoo: Zoo, name: str) -> str:
    """'here'; 'to fetch'; 'opt-in': nothing can check what would be fetched; 'no source'."""
    if zoo.found_file(name) is not None:
        return "here"
    sources = [source for source in zoo.sources_of(name) if source.packaged is None]
    if not sources:
        return "no source"
    return "to fetch" if any(source.hash is not None for source in sources) else "opt-in"


def _details(zoo: Zoo, name: str) -> list[str]:
    lines = [f"{name}: {state(zoo, name)}"]
    for source in zoo.sources_of(name):
        lines.append(f"  {source.file}  {source.size_text}  {_checked_by(source)}")
        lines.append(f"    {source.address}")
        if source.note:
            lines.append(f"    {source.note}")
    return lines


def _place(source: Source) -> str:
    if source.packaged is not None:
        return f"{Path(source.packaged).name}, Python package {source.packaged.partition('/')[0]}"
    return f"{source.file}, {source.address.split('/')[2]}"


def _checked_by(source: Source) -> str:
    return source.hash[0] if source.hash is not None else "no hash known"


def _columns(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    return "\n".join("  ".join(word.ljust(n) for word, n in zip(row, widths, strict=True)).rstrip() for row in rows)


def _status(zoo: Zoo, names: list[str], unchecked: bool) -> tuple[str, bool]:
    """Folders, whether downloads are allowed, what is here, what is unfinished."""
    _require_count("status", names, 0, 0)
    lines = ["folders:"]
    parts: list[Path] = []
    for folder in zoo.weight_folders():
        files = sorted(file for file in folder.iterdir() if file.is_file()) if folder.is_dir() else []
        parts += [file for file in files if file.suffix in (".part", ".corrupt")]
        size = sum(file.stat().st_size for file in files) / 1e6
        lines.append(f"  {folder}  " + (f"{len(files)} files, {size:.1f} MB" if files else "empty"))
    allowed = zoo.may_download()
    lines.append("downloads: " + ("allowed" if allowed else "switched off (CNNSCRIPT_OFFLINE)"))
    lines.append("here:")
    there = [(name, path) for name in zoo.names() if (path := zoo.found_file(name)) is not None]
    lines += [f"  {name}  {path.stat().st_size / 1e6:.1f} MB  {path}" for name, path in there] or ["  none"]
    lines.append(f"not here: {len(zoo.names()) - len(there)} of {len(zoo.names())} networks (weights list)")
    for part in parts:
        what = "unfinished" if part.suffix == ".part" else "damaged, renamed aside"
        lines.append(f"{what}: {part}  {part.stat().st_size / 1e6:.1f} MB")
    return "\n".join(lines), True


def _get(zoo: Zoo, names: list[str], unchecked: bool) -> tuple[str, bool]:
    _require_count("get", names, 1, None)
    return "\n".join(f"{name}: {zoo.get(name, unchecked)}" for name in names), True


def _add(zoo: Zoo, words: list[str], unchecked: bool) -> tuple[str, bool]:
    _require_count("add", words, 2, 2)
    name, file = words
    require_known(zoo, name)
    path = Path(file).expanduser()
    if not path.is_file():
        raise ScriptError("cnnscript:weights:NoFile", f"There is no file '{file}'.")
    return f"{name}: {zoo.add(name, path)}", True


def _verify(zoo: Zoo, names: list[str], unchecked: bool) -> tuple[str, bool]:
    """The named networks, or all that are here, read to their last byte."""
    chosen = names or [name for name in zoo.names() if zoo.found_file(name) is not None]
    found = {name: zoo.verify(name) for name in chosen}
    lines = [f"{name}: {words}" for name, (_, words) in found.items()]
    return "\n".join(lines) or "no weights are here", all(right for right, _ in found.values())


def _path(zoo: Zoo, names: list[str], unchecked: bool) -> tuple[str, bool]:
    """The folder that new weights go to."""
    _require_count("path", names, 0, 0)
    return str(zoo.new_folder()), True


def _require_count(command: str, words: Iterable[str], least: int, most: int | None) -> None:
    count = len(list(words))
    if count < least or (most is not None and count > most):
        wanted = {"get": "a network", "add": "a network and a file"}.get(command, "nothing more")
        raise ScriptError("cnnscript:weights:Usage", f"weights {command} takes {wanted}.",
                          notes=(f"commands: {COMMANDS}",))  # fmt: skip


ACTS: dict[str, Callable[[Zoo, list[str], bool], tuple[str, bool]]] = {
    "list": _list,
    "status": _status,
    "get": _get,
    "add": _add,
    "verify": _verify,
    "path": _path,
}
