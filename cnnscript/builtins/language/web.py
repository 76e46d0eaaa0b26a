"""Files from elsewhere: websave, webread, and archives unpacked (unzip, untar, gunzip)."""

from __future__ import annotations

import gzip
import os
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins import absent_data
from cnnscript.builtins.files.matfiles import write_beside
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT, norm
from cnnscript.values.structs import Struct
from cnnscript.values.text import cell_of_texts, is_text

TIMEOUT = 30.0  # seconds without an answer
DIGITS = "DigitsData.zip"  # of MATLAB's examples
MARKS = ("http://", "https://", "ftp://")


def opened(url: str, name: str, timeout: float = TIMEOUT, body: bytes | None = None, kind: str = "") -> Any:
    """The answer of a server.  Raises ScriptError where there is none."""
    from urllib.error import HTTPError, URLError
    from urllib.request import Request, urlopen

    if not url.startswith(MARKS):
        raise ScriptError(
            "MATLAB:webservices:UnsupportedProtocol", f"'{url}' is not a web address.", hint="it begins with https://"
        )
    if os.environ.get("CNNSCRIPT_OFFLINE") == "1":
        raise ScriptError(
            "MATLAB:webservices:UnknownHost", f"Could not access server. {url}", notes=("CNNSCRIPT_OFFLINE=1 is set",)
        )
    try:
        headers = {"User-Agent": "cnnscript", **({"Content-Type": kind} if kind else {})}
        return urlopen(Request(url, body, headers), timeout=timeout)
    except HTTPError as fault:
        raise ScriptError(
            f"MATLAB:webservices:HTTP{fault.code}StatusCodeError",
            f'The server returned the status {fault.code} with message "{fault.reason}" in response to the request to '
            f"URL {url}.",
        ) from None
    except (URLError, OSError, ValueError) as fault:
        raise ScriptError(
            "MATLAB:webservices:UnknownHost",
            f"Could not access server. {url}",
            notes=(str(getattr(fault, "reason", fault)),),
            hint="without a network, lay the file into the current folder by hand",
        ) from None


def address(url: Any, rest: tuple, name: str) -> str:
    """An address with the query that further arguments (name, value, ...) make."""
    from urllib.parse import urlencode

    word = one_text(url, name, "URL")
    pairs = [item for item in rest if type(item) is not Struct]
    if len(pairs) % 2:
        raise ScriptError("MATLAB:webservices:InvalidQuery", "Query names and values must come in pairs.")
    if not pairs:
        return word
    query = [
        (one_text(key, name, "Query name"), text_of(value)) for key, value in zip(pairs[::2], pairs[1::2], strict=True)
    ]
    return f"{word}{'&' if '?' in word else '?'}{urlencode(query)}"


def text_of(value: Any) -> str:
    from cnnscript.values.text import strings_of

    data = strings_of(value)
    return "" if data is None or not data.size else str(data.ravel()[0])


@builtin
def websave(filename, url, /, *query):
    """
    outfilename = websave(filename, url)
    outfilename = websave(filename, url, QueryName1, QueryValue1, ...)

    Fetch what is at a web address into a file. The file appears only when it is complete.

    Examples
      >> try, outfilename = websave('a.zip', 'nonsense'); catch e, disp(e.message), end
      'nonsense' is not a web address.

    See also webread, unzip, untar.
    """
    name = os.path.expanduser(one_text(filename, "websave", "File name"))
    answer = opened(address(url, query, "websave"), "websave")

    def write(beside: str) -> None:
        with answer, open(beside, "wb") as file:
            shutil.copyfileobj(answer, file)

    write_beside(name, write, "websave")
    return os.path.abspath(name)


@builtin
def webread(url, /, *query):
    """
    data = webread(url)
    data = webread(url, QueryName1, QueryValue1, ...)

    What is at a web address: text as char, JSON as the value it stands for, anything else as bytes.

    Examples
      >> try, data = webread('nonsense'); catch e, disp(e.message), end
      'nonsense' is not a web address.

    See also websave, jsondecode.
    """
    with opened(address(url, query, "webread"), "webread") as answer:
        return content_of(answer)


@builtin
def webwrite(session, url, /, *data):
    """
    response = webwrite(url, data)
    response = webwrite(url, PostName1, PostValue1, ...)

    Send data to a web address (a POST request), and what it answers: names and values as a form, text as it is,
    anything else as JSON.

    Examples
      >> try, response = webwrite('nonsense', struct('a', 1)); catch e, disp(e.message), end
      'nonsense' is not a web address.
      >> try, response = webwrite('nonsense', 'a', 1); catch e, disp(e.message), end
      'nonsense' is not a web address.

    See also webread, websave, jsonencode.
    """
    place = one_text(url, "webwrite", "URL")
    kind = "application/x-www-form-urlencoded"
    if len(data) == 1:
        if is_text(data[0]):
            body = one_text(data[0], "webwrite", "Data").encode()
        else:
            body, kind = str(session.call("jsonencode", 1, data[0])).encode(), "application/json"
    elif data:
        body = address("", data, "webwrite").lstrip("?").encode()
    else:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    with opened(place, "webwrite", body=body, kind=kind) as answer:
        return content_of(answer)


def content_of(answer: Any) -> Any:
    """What a server answered: text, the value that JSON stands for, or bytes."""
    with answer:
        kind = answer.headers.get_content_type()
        charset = answer.headers.get_content_charset() or "utf-8"
        data = answer.read()
    if kind == "application/json":
        from cnnscript.builtins.text.json_text import jsondecode

        return jsondecode(data.decode(charset, "replace"))
    if kind.startswith("text/") or kind.endswith(("xml", "javascript")):
        return data.decode(charset, "replace")
    return norm(np.frombuffer(data, np.uint8).reshape(-1, 1).copy())


def old_request(name: str, args: tuple) -> tuple[str, bytes | None]:
    """Address and body for urlread and urlwrite: parameters are a cell of names and values, sent by 'get' or 'post'."""
    from urllib.parse import urlencode

    url, method, parameters = one_text(args[0], name, "URL"), "get", {}
    rest = list(args[1:])
    while rest:
        word = one_text(rest.pop(0), name, "Option").lower()
        if word in ("timeout", "charset", "useragent", "authentication", "username", "password") and rest:
            raise ScriptError(f"MATLAB:{name}:InvalidOption", f"The option '{word}' of {name} is not in cnnscript yet.")
        if word not in ("get", "post") or not rest:
            raise ScriptError(f"MATLAB:{name}:InvalidInput", "The second argument must be either 'get' or 'post'.")
        method = word
        words = [text_of(item) for item in rest.pop(0).ravel("F").tolist()]
        if len(words) % 2:
            raise ScriptError(f"MATLAB:{name}:InvalidInput", "Parameter names and values must come in pairs.")
        parameters = dict(zip(words[::2], words[1::2], strict=True))
    query = urlencode(parameters)
    if method == "post":
        return url, query.encode("ascii")
    return (f"{url}{'&' if '?' in url else '?'}{query}" if query else url), None


@builtin(outputs=2)
def urlread(nargout, url, /, *args):
    """
    str = urlread(URL)
    str = urlread(URL, method, params)
    [str, status] = urlread(URL)

    The text at a web address (webread does more). With a status (1 or 0) a failure is no error.

    Examples
      >> try, str = urlread('nonsense'); catch e, disp(e.message), end
      'nonsense' is not a web address.
      >> [str, status] = urlread('nonsense'); disp(status)
           0
      >> [str, status] = urlread('nonsense', 'get', {'q', 'cat'});

    See also webread, urlwrite.
    """
    place, body = old_request("urlread", (url, *args))
    try:
        with opened(place, "urlread", body=body) as answer:
            return answer.read().decode(answer.headers.get_content_charset() or "utf-8", "replace"), 1.0
    except ScriptError:
        if nargout < 2:
            raise
        return "", 0.0


@builtin(outputs=2)
def urlwrite(nargout, url, filename, /, *args):
    """
    filepath = urlwrite(URL, filename)
    filepath = urlwrite(URL, filename, method, params)
    [filepath, status] = urlwrite(URL, filename)

    Fetch what is at a web address into a file (websave does the same). With a status (1 or 0) a failure is no error.

    Examples
      >> try, filepath = urlwrite('nonsense', 'a.txt'); catch e, disp(e.message), end
      'nonsense' is not a web address.
      >> [filepath, status] = urlwrite('nonsense', 'a.txt'); disp(status)
           0
      >> [filepath, status] = urlwrite('nonsense', 'a.txt', 'get', {'q', 'cat'});

    See also websave, urlread.
    """
    place, body = old_request("urlwrite", (url, *args))
    name = os.path.expanduser(one_text(filename, "urlwrite", "File name"))
    try:
        answer = opened(place, "urlwrite", body=body)

        def write(beside: str) -> None:
            with answer, open(beside, "wb") as file:
                shutil.copyfileobj(answer, file)

        write_beside(name, write, "urlwrite")
    except ScriptError:
        if nargout < 2:
            raise
        return "", 0.0
    return os.path.abspath(name), 1.0


# ----------------------------------------------------------------------------------------------------------- archives
def local_copy(session: Any, name: str, function: str) -> tuple[str, bool]:
    """The path of an archive; one named by a web address is fetched first (True: to be removed afterwards)."""
    if name.startswith(MARKS):
        handle, path = tempfile.mkstemp(suffix=os.path.basename(name))
        with os.fdopen(handle, "wb") as file, opened(name, function) as answer:
            shutil.copyfileobj(answer, file)
        return path, True
    found = session.path.find_file(name)
    if found is None and not os.path.splitext(name)[1]:
        found = session.path.find_file(name + ".zip")
    if found is None:
        sentence = absent_data.sentence(name)
        raise ScriptError(
            f"MATLAB:{function}:invalidZipFile" if function == "unzip" else f"MATLAB:{function}:invalidFile",
            f'Invalid {"zip" if function == "unzip" else "archive"} file "{name}". File does not exist.',
            notes=(sentence,) if sentence else (),
            hint=absent_data.HINT if sentence else None,
        )
    return str(found), False


def safe(folder: str, name: str, function: str) -> str:
    """Where a member of an archive goes.  Raises for one that would leave the folder."""
    target = os.path.abspath(os.path.join(folder, name))
    root = os.path.abspath(folder)
    if target != root and not target.startswith(root + os.sep):
        raise ScriptError(
            f"MATLAB:{function}:unsafePath",
            f"The archive holds a file outside of its own folder: '{name}'.",
            notes=("nothing was unpacked",),
        )
    return target


def unpacked(session: Any, archive: Any, folder: Any, function: str, work: Callable[[str, str], list[str]]) -> Any:
    name = one_text(archive, function, "File name")
    goal = os.path.expanduser(one_text(folder, function, "Folder name"))
    path, temporary = local_copy(session, name, function)
    try:
        made = work(path, goal)
    except (zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, EOFError) as fault:
        raise ScriptError(
            f"MATLAB:{function}:invalidZipFile" if function == "unzip" else f"MATLAB:{function}:invalidFile",
            f'Invalid {"zip" if function == "unzip" else "archive"} file "{name}".',
            notes=(str(fault),),
        ) from None
    except OSError as fault:
        raise ScriptError(
            f"MATLAB:{function}:OSError", f"Unable to unpack '{name}': {fault.strerror or fault}."
        ) from None
    finally:
        if temporary:
            os.remove(path)
    session.look_again()
    return cell_of_texts(made, column=False) if made else np.empty((1, 0), OBJECT)


@builtin
def unzip(session, nargout, filename, folder=".", /):
    """
    unzip(zipfilename)
    unzip(zipfilename, outputfolder)
    filenames = unzip(zipfilename, outputfolder)

    Unpack a zip archive into the current folder or another one. A web address is fetched first.

    'DigitsData.zip', where there is no such file, gives the folder DigitsData of cnnscript's own pictures of digits.

    Examples
      >> try, filenames = unzip('no_such.zip', 'out'); catch e, disp(e.message), end
      Invalid zip file "no_such.zip". File does not exist.

    See also untar, gunzip, websave.
    """

    def work(path: str, goal: str) -> list[str]:
        with zipfile.ZipFile(path) as archive:
            targets = {member: safe(goal, member.filename, "unzip") for member in archive.infolist()}
            os.makedirs(goal, exist_ok=True)
            made = []
            for member in targets:
                archive.extract(member, goal)
                if not member.is_dir():
                    made.append(os.path.join(goal, member.filename) if goal != "." else member.filename)
            return made

    word = one_text(filename, "unzip", "File name")
    if os.path.basename(word) == DIGITS and not word.startswith(MARKS) and session.path.find_file(word) is None:
        made = digits_unpacked(session, one_text(folder, "unzip", "Folder name"))
    else:
        made = unpacked(session, filename, folder, "unzip", work)
    return made if nargout else None


def digits_unpacked(session: Any, folder: str) -> Any:
    """The folder that MATLAB's example archive of digits holds, of our own pictures."""
    from cnnscript.builtins.data import digit_data
    from cnnscript.pictures.images.digit_pictures import write_folder

    goal = os.path.join(os.path.expanduser(folder), os.path.splitext(DIGITS)[0])
    os.makedirs(os.path.dirname(goal) or ".", exist_ok=True)
    write_folder(digit_data.digits(session), goal)
    session.look_again()
    return cell_of_texts([os.path.join(place, name) for place, _, names in os.walk(goal) for name in names], False)


@builtin
def untar(session, nargout, filename, folder=".", /):
    """
    untar(tarfilename)
    untar(tarfilename, outputfolder)
    filenames = untar(tarfilename, outputfolder)

    Unpack a tar archive (.tar, .tar.gz, .tgz) into the current folder or another one.

    Examples
      >> try, filenames = untar('no_such.tar', 'out'); catch e, disp(e.message), end
      Invalid archive file "no_such.tar". File does not exist.

    See also unzip, gunzip, websave.
    """

    def work(path: str, goal: str) -> list[str]:
        with tarfile.open(path) as archive:
            members = archive.getmembers()
            for member in members:
                safe(goal, member.name, "untar")
            os.makedirs(goal, exist_ok=True)
            archive.extractall(goal, filter="data")
            return [
                os.path.join(goal, member.name) if goal != "." else member.name for member in members if member.isfile()
            ]

    made = unpacked(session, filename, folder, "untar", work)
    return made if nargout else None


@builtin
def gunzip(session, nargout, filename, folder=None, /):
    """
    gunzip(gzipfilename)
    gunzip(gzipfilename, outputfolder)
    filenames = gunzip(gzipfilename)

    Unpack a .gz file beside itself or into another folder.

    Examples
      >> try, filenames = gunzip('no_such.gz', 'out'); catch e, disp(e.message), end
      Invalid archive file "no_such.gz". File does not exist.

    See also unzip, untar.
    """

    def work(path: str, goal: str) -> list[str]:
        place = goal if folder is not None else os.path.dirname(path)
        last = os.path.basename(path)
        target = os.path.join(place, last[:-3] if last.endswith(".gz") else last + ".out")
        if place:
            os.makedirs(place, exist_ok=True)
        with gzip.open(path) as source:

            def write(beside: str) -> None:
                with open(beside, "wb") as file:
                    shutil.copyfileobj(source, file)

            write_beside(target, write, "gunzip")
        return [target]

    made = unpacked(session, filename, "." if folder is None else folder, "gunzip", work)
    return made if nargout else None
