"""Programs made into pages, with what they print and draw: publish, snapnow, grabcode."""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cnnscript.builtins.language import published_markup as markup
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import flag_of, one_text
from cnnscript.errors import ScriptError, Source
from cnnscript.values import take
from cnnscript.values.structs import Struct

NOT_WRITTEN = ("pdf", "doc", "latex", "ppt", "xml")
OPTIONS = (
    "format", "outputDir", "stylesheet", "createThumbnail", "figureSnapMethod", "imageFormat", "maxHeight", "maxWidth",
    "useNewFigure", "evalCode", "catchError", "codeToEvaluate", "maxOutputLines", "showCode",
)  # fmt: skip


class Publication:
    """A run whose output is gathered section by section."""

    def __init__(self, sections: list[markup.Section], printed: io.StringIO, presenter: Any, desk: Any):
        self.sections, self.printed, self.presenter, self.desk = sections, printed, presenter, desk
        self.current = sections[0]

    def snap(self, section: int | None = None) -> None:
        """What was printed and drawn so far belongs to the current section; from now on it is another's."""
        self.desk.update()
        text = self.printed.getvalue()
        self.printed.seek(0)
        self.printed.truncate()
        if text.strip():
            self.current.shown.append(("text", text))
        self.current.shown += [("picture", name) for name in self.presenter.take()]
        if section is not None:
            self.current = self.sections[section]


def marked(text: str, sections: list[markup.Section]) -> str:
    """The program with a call in the place of each section's first line, so that lines keep their numbers."""
    lines = text.split("\n")
    for place, section in enumerate(sections):
        if markup.SECTION.match(lines[section.number]):
            lines[section.number] = f"snapnow({place + 1});"
    return "\n".join(lines)


@contextmanager
def publishing(session: Any, publication: Publication):
    """Meanwhile `snapnow` and the figures of the session belong to the publication."""
    desk = session.desk
    desk.update()  # what the figures show already is no part of the page
    presenter, before = desk.presenter, desk.figures()
    session.publication, desk.presenter = publication, publication.presenter
    try:
        with session.printing_to(publication.printed):
            yield
            publication.snap()
    finally:
        for figure in desk.figures():
            if figure not in before:
                desk.close(figure)
        session.publication, desk.presenter = None, presenter


@builtin
def publish(
    session,
    file,
    how=None,
    /,
    *,
    format="html",
    outputDir=None,
    stylesheet="",
    createThumbnail=True,
    figureSnapMethod="entireGUIWindow",
    imageFormat="png",
    maxHeight=None,
    maxWidth=None,
    useNewFigure=True,
    evalCode=True,
    catchError=True,
    codeToEvaluate=None,
    maxOutputLines=float("inf"),
    showCode=True,
):
    """
    publish(file)
    publish(file, format)
    publish(file, options)
    publish(file, Name=Value)

    Run a program and make a page (HTML) of its sections, comments, code, output and figures; gives the page's path.

    Sections begin with %%; the comment lines below may hold lists (* and #), *bold*, _italic_, |monospaced|,
    $equations$ (as they are written), links <https://...>, pictures <<name.png>> and code behind three blanks. options
    is a struct with the names below.

    Options
      format            'html'
      outputDir         the folder of the page and its pictures ('html' beside the file)
      stylesheet        '': pages bring their own style
      createThumbnail   false, or true: no page needs one, none is made
      figureSnapMethod  'entireGUIWindow', 'print', 'getframe' or 'entireFigureWindow': all draw the figure
      imageFormat       'png'
      maxHeight         pixels that no picture is higher than
      maxWidth          pixels that no picture is wider than
      useNewFigure      true closes nothing and draws in new figures
      evalCode          false shows the code and runs nothing
      catchError        true puts an error into the page, false ends with it
      codeToEvaluate    what is run instead of the file
      maxOutputLines    how many lines of output each section shows
      showCode          false leaves the code out

    Examples
      >> f = fopen('a.m', 'w'); fprintf(f, '%%%% Title\\n%% *Some* words\\n%%%% Part\\nplot(1:3)\\n'); fclose(f);
      >> page = publish('a.m'); [~, name, ending] = fileparts(page); [name ending]
      ans =
          'a.html'
      >> text = fileread(page); contains(text, '<b>Some</b>') && contains(text, 'a_01.png')
      ans =
        logical
         1

    See also snapnow, grabcode, diary, exportgraphics.
    """
    given = {name: value for name, value in locals().items() if name in OPTIONS}
    given |= options_in(how)
    name = one_text(file, "publish", "File")
    path = session.path.find_file(name) or session.path.find_file(name + ".m")
    if path is None:
        raise ScriptError("MATLAB:publish:SourceNotFound", f'Cannot find "{name}".')
    check(given)
    source = session.read_source(os.fspath(path))
    sections = markup.sections_of(source.text)
    folder = Path(os.path.abspath(path)).parent / "html"
    if given["outputDir"] is not None:
        folder = Path(os.path.expanduser(one_text(given["outputDir"], "publish", "outputDir"))).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ScriptError(
            "MATLAB:publish:CannotCreateFolder", f'Cannot create the folder "{folder}".', notes=(str(fault),)
        ) from None
    stem = Path(path).stem
    if flag_of(given["evalCode"], "publish", "evalCode"):
        run_sections(session, source, sections, folder, stem, given)
    lines = take.number(given["maxOutputLines"], "maxOutputLines")
    text = markup.page(sections, source.text, stem, flag_of(given["showCode"], "publish", "showCode"), lines)
    target = folder / f"{stem}.html"
    from cnnscript.pictures.images.files import write_whole

    write_whole(target, lambda file: file.write(text.encode("utf-8")), "MATLAB:publish:CannotWrite")
    return str(target)


def options_in(how: Any) -> dict[str, Any]:
    """What the second argument says: a format, or a struct of options."""
    if how is None:
        return {}
    if type(how) is not Struct:
        return {"format": how}
    found = {}
    for name, value in how.fields.items():
        spelt = next((each for each in OPTIONS if each.lower() == name.lower()), None)
        if spelt is None:
            raise ScriptError("MATLAB:publish:UnknownOption", f"publish has no option '{name}'.", notes=OPTIONS)
        found[spelt] = value
    return found


def check(given: dict[str, Any]) -> None:
    """Options that allow one answer here, and those that must be of a kind."""
    word = one_text(given["format"], "publish", "format").lower()
    if word != "html":
        known = word in NOT_WRITTEN
        raise ScriptError(
            "MATLAB:publish:UnsupportedFormat",
            f"Pages are not made in the format '{word}'." if known else f"The format '{word}' is unknown.",
            hint="publish(file) makes an HTML page, which a browser prints as PDF" if known else None,
        )
    if one_text(given["imageFormat"], "publish", "imageFormat").lower() != "png":
        raise ScriptError("MATLAB:publish:UnsupportedImageFormat", "The pictures of a page are png files.")
    if one_text(given["stylesheet"], "publish", "stylesheet"):
        raise ScriptError("MATLAB:publish:UnsupportedStylesheet", "Pages bring their own style; there are no XSL ones.")
    take.choice(
        given["figureSnapMethod"],
        ("entireGUIWindow", "print", "getframe", "entireFigureWindow", "antialiased"),
        "figureSnapMethod",
    )
    for name in ("createThumbnail", "useNewFigure", "evalCode", "catchError", "showCode"):
        flag_of(given[name], "publish", name)


def run_sections(
    session: Any, source: Source, sections: list[markup.Section], folder: Path, stem: str, given: dict[str, Any]
) -> None:
    """Run the program; each section learns what it printed and drew."""
    from cnnscript.pictures.presenters.page import PagePresenter

    for old in folder.glob(f"{stem}_[0-9][0-9].png"):
        old.unlink()
    limits = tuple(
        float("inf") if given[name] is None or not hasattr(given[name], "__float__") else take.number(given[name], name)
        for name in ("maxHeight", "maxWidth")
    )
    desk = session.desk
    publication = Publication(sections, io.StringIO(), PagePresenter(folder, stem, limits), desk)
    with publishing(session, publication):
        if flag_of(given["useNewFigure"], "publish", "useNewFigure"):
            desk.current = None
        try:
            if given["codeToEvaluate"] is not None:
                session.run(one_text(given["codeToEvaluate"], "publish", "codeToEvaluate"))
            else:
                session.run_source(Source(marked(source.text, sections), source.name), "script")
        except ScriptError as fault:
            if not flag_of(given["catchError"], "publish", "catchError"):
                raise
            publication.snap()
            publication.current.shown.append(("error", fault.message))


@builtin
def snapnow(session, section=None, /):
    """
    snapnow

    While a program is published, put the figures as they are now into the page; else as drawnow.

    publish itself calls it with the number of the section that begins.

    Examples
      >> plot(1:3); snapnow
      figure 1: line 3 points

    See also publish, drawnow.
    """
    publication = session.publication
    if publication is None:
        session.desk.update()
        return
    publication.snap(None if section is None else int(take.number(section, "section")) - 1)


@builtin
def grabcode(session, name, /):
    """
    codeString = grabcode(name)

    The program inside a published page. There is no editor here to open it in: it is given as text.

    Examples
      >> f = fopen('a.m', 'w'); fprintf(f, 'x = 3;'); fclose(f); grabcode(publish('a.m', 'evalCode', false))
      ans =
          'x = 3;'

    See also publish.
    """
    word = one_text(name, "grabcode", "Name")
    path = session.path.find_file(word)
    if path is None:
        raise ScriptError("MATLAB:grabcode:FileNotFound", f"Cannot find '{word}'.")
    with open(path, encoding="utf-8", errors="replace") as file:
        code = markup.source_of(file.read())
    if code is None:
        raise ScriptError("MATLAB:grabcode:NoCode", "The file holds no program that publish has put there.")
    return code
