"""The sections of a program and the words in their comments, as MATLAB's publish reads them, turned into HTML."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

SECTION = re.compile(r"\s*%%(?:\s+(?P<title>.*\S))?\s*$")
FUNCTION = re.compile(r"(function|classdef)\b")
BULLET, NUMBER = re.compile(r"\s*\*\s+"), re.compile(r"\s*#\s+")


@dataclass
class Section:
    """A part of a program: its title, the lines of comment right below it, and its code.

    number: the line (from 0) on which it begins.  shown: what it printed and drew, in order: ('text', ...) or
    ('picture', file name).
    """

    number: int
    title: str = ""
    words: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    shown: list[tuple[str, str]] = field(default_factory=list)


def sections_of(text: str) -> list[Section]:
    """The sections of a program; what stands before the first `%%` is one without a title."""
    found, inside_words, functions = [Section(0)], True, False
    for number, line in enumerate(text.split("\n")):
        functions = functions or bool(FUNCTION.match(line))
        start = SECTION.match(line)
        if start and not functions:
            found.append(Section(number, start["title"] or ""))
            inside_words = True
        elif inside_words and line.lstrip().startswith("%") and not line.lstrip().startswith("%{"):
            found[-1].words.append(line.lstrip()[1:].removeprefix(" ").rstrip())
        else:
            inside_words = False
            found[-1].code.append(line.rstrip())
    first = found[0]
    if not any(line.strip() for line in first.code) and not first.words and len(found) > 1:
        found.pop(0)
    return found


# ---------------------------------------------------------------------------------------------------------- paragraphs
def words_to_html(lines: list[str]) -> str:
    """Lines of comment: paragraphs, lists, code (three blanks in front), text as it is (two), HTML, pictures."""
    out: list[str] = []
    for block in paragraphs(lines):
        text = "\n".join(block)
        if block[0].strip().lower() == "<html>" and block[-1].strip().lower() == "</html>":
            out.append("\n".join(block[1:-1]))
        elif block[0].strip().lower() == "<latex>":
            continue  # it is for pages in LaTeX only
        elif all(line.startswith("   ") for line in block):
            out.append('<pre class="codeinput">' + html.escape("\n".join(line[3:] for line in block)) + "</pre>")
        elif all(line.startswith("  ") for line in block):
            out.append("<pre>" + html.escape("\n".join(line[2:] for line in block)) + "</pre>")
        elif BULLET.match(block[0]):
            out.append(listed("ul", BULLET, block))
        elif NUMBER.match(block[0]):
            out.append(listed("ol", NUMBER, block))
        elif (picture := re.fullmatch(r"\s*<<([^<>]+)>>\s*", text)) is not None:
            out.append(f'<p><img src="{html.escape(picture[1])}" alt=""></p>')
        else:
            out.append("<p>" + inline(text) + "</p>")
    return "\n".join(out)


def paragraphs(lines: list[str]) -> list[list[str]]:
    """Lines between empty ones; what <html> begins goes on to </html>."""
    found: list[list[str]] = [[]]
    raw = False
    for line in lines:
        word = line.strip().lower()
        raw = (raw or word in ("<html>", "<latex>")) and word not in ("</html>", "</latex>")
        if line.strip() or raw:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


def listed(tag: str, mark: re.Pattern, block: list[str]) -> str:
    items: list[str] = []
    for line in block:
        if mark.match(line) or not items:
            items.append(mark.sub("", line, count=1))
        else:
            items[-1] += "\n" + line.strip()
    return f"<{tag}>" + "".join(f"<li>{inline(item)}</li>" for item in items) + f"</{tag}>"


INLINE = [
    (re.compile(r"&lt;(https?://\S+?|matlab:\S+?|\S+?\.html?)(?:\s+(.+?))?&gt;", re.S), r'<a href="\1">\2</a>'),
    (re.compile(r"\$\$(.+?)\$\$", re.S), r'<span class="equation">\1</span>'),
    (re.compile(r"\$(\S(?:.*?\S)?)\$", re.S), r'<span class="equation">\1</span>'),
    (re.compile(r"(?<![\w|])\|(\S(?:.*?\S)?)\|(?![\w|])", re.S), r"<tt>\1</tt>"),
    (re.compile(r"(?<![\w*])\*(\S(?:.*?\S)?)\*(?![\w*])", re.S), r"<b>\1</b>"),
    (re.compile(r"(?<![\w_])_(\S(?:.*?\S)?)_(?![\w_])", re.S), r"<i>\1</i>"),
    (re.compile(r"\(R\)"), "&reg;"),
    (re.compile(r"\(TM\)"), "&trade;"),
]


def inline(text: str) -> str:
    """*bold*, _italic_, |monospaced|, $equations$, <http://address words>."""
    text = html.escape(text, quote=False)
    for pattern, made in INLINE:
        text = pattern.sub(made, text)
    return re.sub(r'<a href="([^"]+)"></a>', r'<a href="\1">\1</a>', text)


# ---------------------------------------------------------------------------------------------------------- the page
STYLE = """
body { font-family: Helvetica, Arial, sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em; color: #222; }
h1 { font-weight: normal; color: #c45400; } h2 { font-size: 1.2em; border-bottom: 1px solid #ddd; padding-top: 1em; }
pre { overflow-x: auto; } pre.codeinput { background: #f7f7f7; border: 1px solid #d3d3d3; padding: 0.7em; }
pre.codeoutput { color: #555; padding: 0.3em 0.7em; } pre.error { color: #c00; } img { max-width: 100%; }
.comment { color: #008013; } .equation { font-family: serif; font-style: italic; }
""".strip()
SOURCE_BEGINS, SOURCE_ENDS = "##### SOURCE BEGIN #####", "##### SOURCE END #####"


def page(sections: list[Section], source: str, name: str, show_code: bool, most_lines: float) -> str:
    """The whole page."""
    rest = list(sections)
    first = rest[0]
    title = first.title if first.title and not any(line.strip() for line in first.code) or len(rest) == 1 else ""
    title = title or first.title or name
    out = ["<!DOCTYPE html>", '<html lang="en"><head><meta charset="utf-8">', f"<title>{html.escape(title)}</title>"]
    out += [f"<style>{STYLE}</style></head><body>", f"<h1>{inline(title)}</h1>", words_to_html(first.words)]
    headed = [(k, section.title) for k, section in enumerate(rest) if section.title and k]
    if headed:
        links = "".join(f'<li><a href="#{k}">{inline(words)}</a></li>' for k, words in headed)
        out.append(f"<h2>Contents</h2><ul>{links}</ul>")
    for k, section in enumerate(rest):
        if k:
            if section.title:
                out.append(f'<h2 id="{k}">{inline(section.title)}</h2>')
            out.append(words_to_html(section.words))
        code = "\n".join(section.code).strip("\n")
        if code and show_code:
            out.append('<pre class="codeinput">' + coloured(code) + "</pre>")
        out += [shown_html(*each, most_lines) for each in section.shown]
    escaped = source.replace("--", "REPLACE_WITH_DASH_DASH")
    out.append(f"<!--\n{SOURCE_BEGINS}\n{escaped}\n{SOURCE_ENDS}\n--></body></html>")
    return "\n".join(part for part in out if part) + "\n"


def coloured(code: str) -> str:
    """Code with its whole-line comments marked."""
    lines = [html.escape(line, quote=False) for line in code.split("\n")]
    return "\n".join(
        f'<span class="comment">{line}</span>' if line.lstrip().startswith("%") else line for line in lines
    )


def shown_html(kind: str, content: str, most_lines: float) -> str:
    if kind == "picture":
        return f'<p><img src="{html.escape(content)}" alt="figure"></p>'
    lines = content.split("\n")
    if len(lines) > most_lines:
        lines = lines[: int(most_lines)] + ["..."]
    text = html.escape("\n".join(lines).strip("\n"), quote=False)
    return f'<pre class="{"error" if kind == "error" else "codeoutput"}">{text}</pre>' if text.strip() else ""


def source_of(text: str) -> str | None:
    """The program inside a published page; None where there is none."""
    found = re.search(re.escape(SOURCE_BEGINS) + r"\n(.*)\n" + re.escape(SOURCE_ENDS), text, re.S)
    return found[1].replace("REPLACE_WITH_DASH_DASH", "--") if found else None
