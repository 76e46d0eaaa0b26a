"""Reading about functions at the prompt: help, doc, lookfor, type."""

from __future__ import annotations

import os
import re
import textwrap
from typing import Any

from cnnscript import builtins
from cnnscript.builtins.registry import builtin, nearest
from cnnscript.builtins.text.texts import one_text
from cnnscript.errors import ScriptError
from cnnscript.syntax import read_source
from cnnscript.values.numeric import class_of, size_of, size_text
from cnnscript.values.structs import Struct

REFERENCE = "https://www.mathworks.com/help/search.html?qdoc="
OVERVIEW = """\
cnnscript runs MATLAB programs that look inside networks.

  net = squeezenet;                       a network, trained
  im = imread('coffee.png');              your picture, or one that comes along
  imshow(im)
  classify(net, imresize(im,[227 227]))   what the network sees in it
  act = activations(net, im, 'conv1');    what a layer makes of it
  imshow(mat2gray(act(:,:,22)))           one channel of that
  net.Layers                              the layers and their names

  help NAME      what a function does, with examples; doc NAME: MATLAB's page
  help topics    all functions by topic; help TOPIC: those of one
  lookfor WORD   the functions that are about something
  whos           the variables there are; clear forgets them
  NAME           runs NAME.m or NAME.cnns; cd, ls, pwd as in a shell, !COMMAND
  exit           leaves

  Tab     names, options, files, layers   Enter      goes on in an open block
  Up      lines that began alike          Alt-Enter  adds a line
  Ctrl-R  searches earlier lines          Ctrl-C     stops what runs
"""
KEYWORDS = {
    "if elseif else": "if a > 0\n    disp('above')\nelseif a < 0\n    disp('below')\nelse\n    disp('zero')\nend",
    "for": "for k = 1:3          % each column of what follows the sign\n    disp(k)\nend",
    "parfor": "parfor k = 1:3       % as for; the turns must not need one another\n    y(k) = k^2;\nend",
    "while": "while k < 10\n    k = 2 * k;\nend",
    "break": "for k = 1:9\n    if k > 3, break, end   % leaves the innermost loop\nend",
    "continue": "for k = 1:9\n    if mod(k, 2), continue, end   % goes on with the next turn\n    disp(k)\nend",
    "switch case otherwise": "switch word\n    case 'a'\n        x = 1;\n    case {'b', 'c'}\n        x = 2;\n"
    "    otherwise\n        x = 0;\nend",
    "try catch": "try\n    x = load('a.mat');\ncatch fault\n    disp(fault.message)\nend",
    "function return": "function y = half(x)   % at the end of a script, or in half.m\n"
    "    if isempty(x)\n        y = 0;\n"
    "        return           % leaves the function\n    end\n    y = x / 2;\nend",
    "global": "global G               % the same variable wherever it is declared global",
    "persistent": "persistent n           % kept from call to call of the function\nif isempty(n), n = 0; end",
    "end": "for k = 1:3, disp(k), end   % closes a block\nx(end)                      % the last element",
    "classdef": "classdef Point           % in Point.m\n    properties\n        x = 0\n    end\n    methods\n"
    "        function p = Point(x), p.x = x; end\n    end\nend",
    "arguments": "function y = half(x, options)\n    arguments           % checks and converts the inputs\n"
    "        x (1,:) double {mustBePositive} = 1\n        options.Name string = \"a\"\n    end\n    y = x / 2;\nend",
    "import": "import pkg.name         % name alone means pkg.name from here on\nimport pkg.*",
    "ans": "3 + 4                   % the last value that was not assigned\nans * 2",
    "subsindex": "function k = subsindex(object)   % a method: what an object is as an index, counted from 0\n"
    "    k = object.place - 1;\nend",
    "slash": "x = A\\b                 % backslash solves A*x = b, slash x*A = b; by least squares if need be\n"
    "x = b/A",
    "spmd": "spmd\n    disp('here')         % runs once: there is one worker\nend",
}
COMMENT = re.compile(r"\s*[%#](.*)")


def file_comment(path: str) -> str:
    """The first block of comments of a script or function file: its help."""
    lines: list[str] = []
    for line in read_source(path).text.splitlines():
        found = COMMENT.match(line)
        if found:
            lines.append(found[1].lstrip("%").rstrip())
        elif lines or line.strip() and not re.match(r"\s*function\b", line):
            break
    return "\n".join(lines)


def help_text(session: Any, scope: Any, name: str) -> str:
    """The help of a name.  Raises ScriptError for a name without any."""
    entry = builtins.find(name)
    path = session.path.find_function(name)
    described = class_help(session, name)
    if described is not None:
        return described
    if path is not None:
        comment = file_comment(path)
        if comment:
            return f"{comment}\n\n  {path}\n"
        if entry is None:
            return f"No help text in {path}.\n"
    if entry is not None:
        return f"{name}: {entry.help.summary}\n\n{textwrap.indent(body(entry.help.text), '  ')}\n"
    if name in scope.names():
        value = scope.get(name, None)
        return f"{name} is a variable: a {size_text(size_of(value))} {class_of(value)}.\n"
    if name == "topics":
        return all_topics_text()
    if name in builtins.topics():
        return topic_text(name)
    for words, example in KEYWORDS.items():
        if name in words.split():
            return f"{name} is a word of the language.\n\n{textwrap.indent(example, '  ')}\n"
    fault = session.undefined(name)
    if " is not in cnnscript yet" in fault.message:
        return fault.message + (f" {fault.hint}." if fault.hint else "") + "\n"
    raise ScriptError(
        "MATLAB:help:NotFound",
        f"{name} not found.",
        hint=nearest(name, builtins.index()) or f"lookfor {name} searches what functions are for",
    )


def class_help(session: Any, name: str) -> str | None:
    """The help of a program's class, or of a member of one, 'Class.member'; None where the name is neither."""
    definition = session.find_class(name)
    if definition is not None:
        origin = definition.unit.source.name
        comment = definition.comment
        return f"{comment}\n\n  {origin}\n" if comment else f"No help text in {origin}.\n"
    owner, _, word = name.rpartition(".")
    definition = session.find_class(owner) if owner else None
    if definition is None:
        return None
    if word == definition.short_name and definition.constructor is not None:
        item = definition.constructor
    else:
        item = definition.methods.get(word) or definition.properties.get(word)
    if item is None:
        return None
    comment = item.comment
    if comment:
        return f"{comment}\n"
    what = "method" if word in definition.methods else "property"
    return f"{name} is a {what} of class {definition.name}; nothing is written about it.\n"


def body(text: str) -> str:
    """A docstring without its summary, which stands in the first line of the help."""
    blocks = text.split("\n\n")
    return "\n\n".join([*blocks[:1], *blocks[2:]])


def topics() -> dict[str, list[str]]:
    """Topic to the names declared in it."""
    found: dict[str, list[str]] = {}
    for name, topic in sorted(builtins.index().items()):
        found.setdefault(topic, []).append(name)
    return dict(sorted(found.items()))


def all_topics_text() -> str:
    """Every function, under the topic that declares it."""
    parts = ["help TOPIC tells what each of its functions does.\n"]
    for topic, names in topics().items():
        listed = textwrap.fill(
            ", ".join(names), 78, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
        )
        parts.append(f"{topic}\n{listed}\n")
    return "\n".join(parts)


def topic_text(topic: str) -> str:
    names = topics().get(topic, [])
    lines = []
    for name in names:
        entry = builtins.find(name)
        lines.append(f"  {name:<24}{entry.help.summary if entry else ''}")
    return f"{topic.replace('_', ' ')}\n\n" + "\n".join(lines) + "\n"


@builtin
def help_(session, scope, nargout, name="", /):
    """
    help
    help name
    txt = help(name)

    What a function does, how it is called, examples. Without a name, where to begin; `help topics` lists all functions.

    Examples
      >> txt = help('strtrim');
      >> disp(contains(txt, 'newStr = strtrim(str)'))
         1
      >> list = evalc('help topics');
      >> disp(contains(list, 'regexprep'))
         1
      >> shown = evalc('help numel');

    See also doc, lookfor, which.
    """
    word = one_text(name, "help", "Name")
    try:
        text = help_text(session, scope, word) if word else OVERVIEW
    except ScriptError as problem:
        if nargout:
            return ""
        text = not_found(problem)
    if nargout:
        return text
    session.out.write(text)
    return None


def not_found(problem: ScriptError) -> str:
    """What is said of a name without help: MATLAB does not stop a script for it."""
    return problem.message + "\n" + (f"\n{problem.hint}\n" if problem.hint else "")


@builtin
def doc(session, scope, name="", /):
    """
    doc name

    The help of a function, and the address of MATLAB's own page about it.

    Examples
      >> text = evalc(' doc strtrim');
      >> disp(contains(text, 'mathworks.com'))
         1

    See also help, lookfor.
    """
    word = one_text(name, "doc", "Name")
    if not word:
        help_(session, scope, 0)
        return
    try:
        text = help_text(session, scope, word)
    except ScriptError as problem:
        text = not_found(problem)
    session.out.write(text)
    session.out.write(f"\n  MATLAB's page: {REFERENCE}{word}\n")


@builtin
def lookfor(session, nargout, word, /, *rest):
    """
    lookfor keyword

    The functions whose name or summary has a word in it.

    Examples
      >> text = evalc(' lookfor trim');
      >> disp(contains(text, 'strtrim'))
         1

    See also help, doc, which.
    """
    wanted = " ".join(one_text(item, "lookfor", "Keyword") for item in (word, *rest)).strip().lower()
    lines = []
    for name in sorted(builtins.index(), key=str.lower):
        entry = builtins.find(name)
        if entry is not None and (wanted in name.lower() or wanted in entry.help.summary.lower()):
            lines.append(f"{name:<23} - {entry.help.summary}\n")
    session.out.write("".join(lines) if lines else f"Nothing is about '{wanted}'.\n")


@builtin
def type_(session, name, /):
    """
    type name

    Print a script, function or text file.

    Examples
      >> fid = fopen('note.txt', 'w'); fprintf(fid, 'conv1\\n'); fclose(fid);
      >> type note.txt
      conv1
      >> type strtrim
      'strtrim' is a built-in function.

    See also help, fileread, which.
    """
    from cnnscript.builtins.files.text_files import file_text

    word = one_text(name, "type", "Name")
    path = session.path.find_function(word) or session.path.find_file(word)
    if path is not None:
        text = file_text(session, os.fspath(path), "type")
        session.out.write(f"\n{text}" + ("" if text.endswith("\n") else "\n") + "\n")
    elif word in builtins.index():
        session.out.write(f"'{word}' is a built-in function.\n")
    else:
        raise ScriptError("MATLAB:type:fileNotFound", f"'{word}' not found.", hint=nearest(word, builtins.index()))


@builtin(outputs=1, name="open")
def open_(session, scope, nargout, name, /):
    """
    open name
    A = open(name)

    Open a file by its kind: the variables of a MAT file as a struct, the figures of a .fig file. Other files need
    MATLAB's desktop.

    Examples
      >> x = 3; save('a.mat', 'x'); A = open('a.mat')
      A =
        struct with fields:
          x: 3
      >> try, open none.m, catch e, disp(e.message), end
      File 'none.m' not found.

    See also load, type, edit.
    """
    word = one_text(name, "open", "Name")
    path = session.path.find_file(word) or session.path.find_function(word)
    if path is None and word not in scope.names():
        raise ScriptError("MATLAB:open:fileNotFound", f"File '{word}' not found.")
    if path is not None and os.fspath(path).lower().endswith(".mat"):
        from cnnscript.builtins.files.matfiles import read_mat

        return Struct(read_mat(os.fspath(path), lambda names: names))
    if path is not None and os.fspath(path).lower().endswith(".fig"):
        from cnnscript.builtins.figures.kept_figures import openfig

        return openfig(session, os.fspath(path))
    raise ScriptError("cnnscript:desktop", "open needs MATLAB's desktop.", hint=f"type {word} shows a file")
