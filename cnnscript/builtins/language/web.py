"""What is at web addresses: websave, webread, webwrite, and the older urlread and urlwrite."""

from __future__ import annotations

import os
import shutil
from typing import Any

import numpy as np

from cnnscript.builtins.files.matfiles import write_beside
from cnnscript.builtins.language.web_options import WebOptions
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text
from cnnscript.errors import ScriptError
from cnnscript.syntax.table import cache_folder
from cnnscript.values import take
from cnnscript.values.numeric import is_cell, norm
from cnnscript.values.text import is_text

TIMEOUT = 30.0  # seconds without an answer, where no weboptions are given
SUPPORT = "https://ssd.mathworks.com/supportfiles"
MARKS = ("http://", "https://", "ftp://")


def opened(
    url: str, body: bytes | None = None, kind: str = "", options: WebOptions | None = None, file: str = "the file"
) -> Any:
    """The answer of a server.  Raises ScriptError where there is none.

    body, kind  what is sent by POST, and its media type
    file        what would be fetched, for the hint of an error
    """
    from http.client import HTTPException
    from urllib.error import HTTPError, URLError
    from urllib.request import Request, urlopen

    if not url.startswith(MARKS):
        raise ScriptError(
            "MATLAB:webservices:UnsupportedProtocol", f"'{url}' is not a web address.", hint="it begins with https://"
        )
    hint = f"without a network: put {file} into {os.getcwd()} by hand and leave out this call"
    if os.environ.get("CNNSCRIPT_OFFLINE") == "1":
        raise ScriptError(
            "MATLAB:webservices:UnknownHost",
            f"Could not access server. {url}",
            notes=("CNNSCRIPT_OFFLINE=1 is set",),
            hint=hint,
        )
    given = options or WebOptions()
    headers = {"Content-Type": kind} if kind else {}
    try:
        asked = Request(url, body, {**headers, **given.headers()}, method=given.method(body))
        seconds = TIMEOUT if options is None else given.seconds()
        return urlopen(asked, timeout=seconds, context=given.security() if url.startswith("https") else None)
    except HTTPError as fault:
        raise ScriptError(
            f"MATLAB:webservices:HTTP{fault.code}StatusCodeError",
            f'The server returned the status {fault.code} with message "{fault.reason}" in response to the request to '
            f"URL {url}.",
        ) from None
    except (URLError, OSError, ValueError, HTTPException) as fault:
        reason = getattr(fault, "reason", fault)
        slow = isinstance(reason, TimeoutError)
        raise ScriptError(
            "MATLAB:webservices:Timeout" if slow else "MATLAB:webservices:UnknownHost",
            f"Could not access server. {url}",
            notes=(str(reason),),
            hint="weboptions('Timeout',Inf) waits longer" if slow else hint,
        ) from None


def fetched(answer: Any, path: str, url: str) -> None:
    """What a server answers, into a file.  Raises ScriptError where the answer breaks off."""
    from http.client import HTTPException

    whole = answer.headers.get("Content-Length", "")
    why = ""
    with answer, open(path, "wb") as file:
        try:
            shutil.copyfileobj(answer, file)
        except (OSError, HTTPException) as fault:
            why = str(fault)
        got = file.tell()
    if why or whole.isdigit() and got < int(whole):
        raise broken_off(url, f"{got} of {whole or 'unknown'} bytes came", why)


def broken_off(url: str, *notes: str) -> ScriptError:
    return ScriptError(
        "MATLAB:webservices:CopyContentToDataStreamError",
        f"The answer of the server broke off. {url}",
        notes=tuple(filter(None, notes)),
    )


def data_of(answer: Any, url: str) -> bytes:
    """All bytes of what a server answers.  Raises ScriptError where the answer breaks off or stays away."""
    from http.client import HTTPException

    with answer:
        try:
            return answer.read()
        except (OSError, HTTPException) as fault:
            raise broken_off(url, str(fault)) from None


def text_in(data: bytes, charset: str) -> str:
    """Bytes as text in a character set.  Raises ScriptError for one that nobody knows."""
    try:
        return data.decode(charset, "replace")
    except LookupError:
        raise ScriptError(
            "MATLAB:webservices:UnsupportedEncoding", f"The character encoding '{charset}' is not known.",
            hint="weboptions('CharacterEncoding','UTF-8') reads the answer as UTF-8",
        ) from None  # fmt: skip


def parted(rest: tuple) -> tuple[tuple, WebOptions | None]:
    """Further arguments without the weboptions at their end, and these."""
    if rest and isinstance(rest[-1], WebOptions):
        return rest[:-1], rest[-1]
    return rest, None


def address(url: Any, pairs: tuple, name: str) -> str:
    """An address with the query that further arguments (name, value, ...) make."""
    from urllib.parse import urlencode

    word = one_text(url, name, "URL")
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
    outfilename = websave(..., options)

    Fetch what is at a web address into a file. The file appears only when it is complete.

    Examples
      >> try, outfilename = websave('a.zip', 'nonsense'); catch e, disp(e.message), end
      'nonsense' is not a web address.
      >> try, outfilename = websave('a.zip', 'nonsense', weboptions('Timeout', Inf)); catch e, disp(e.message), end
      'nonsense' is not a web address.

    See also webread, weboptions, unzip, untar.
    """
    name = os.path.expanduser(one_text(filename, "websave", "File name"))
    pairs, options = parted(query)
    place = address(url, pairs, "websave")
    answer = opened(place, options=options, file=os.path.basename(name))
    write_beside(name, lambda beside: fetched(answer, beside, place), "websave")
    return os.path.abspath(name)


@builtin(name="matlab.internal.examples.downloadSupportFile")
def download_support_file(product, file, /):
    """
    filename = matlab.internal.examples.downloadSupportFile(product, file)

    A file of MathWorks' examples, from https://ssd.mathworks.com/supportfiles: fetched once and kept in the cache
    folder.

    Examples
      >> try, matlab.internal.examples.downloadSupportFile('nnet', '../a.zip'); catch e, disp(e.message), end
      '../a.zip' is not the name of a support file.

    See also websave, unzip.
    """
    words = [one_text(product, "downloadSupportFile", "Product"), one_text(file, "downloadSupportFile", "File name")]
    parts = "/".join(words).replace("\\", "/").split("/")
    if ".." in parts or not all(parts):
        raise ScriptError("cnnscript:examples:name", f"'{words[1]}' is not the name of a support file.")
    place = f"{SUPPORT}/{'/'.join(parts)}"
    path = os.path.join(cache_folder(), "supportfiles", *parts)
    if not os.path.isfile(path):
        try:
            answer = opened(place)
        except ScriptError as fault:
            fault.hint = f"without a network: put the file there by hand: {path}"
            raise
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write_beside(path, lambda beside: fetched(answer, beside, place), "downloadSupportFile")
    return path


@builtin
def webread(url, /, *query):
    """
    data = webread(url)
    data = webread(url, QueryName1, QueryValue1, ...)
    data = webread(..., options)

    What is at a web address: text as char, JSON as the value it stands for, anything else as bytes.

    Examples
      >> try, data = webread('nonsense'); catch e, disp(e.message), end
      'nonsense' is not a web address.
      >> try, data = webread('nonsense', weboptions('ContentType', 'text')); catch e, disp(e.message), end
      'nonsense' is not a web address.

    See also websave, weboptions, jsondecode.
    """
    pairs, options = parted(query)
    place = address(url, pairs, "webread")
    return content_of(opened(place, options=options), place, options)


@builtin
def webwrite(session, url, /, *data):
    """
    response = webwrite(url, data)
    response = webwrite(url, PostName1, PostValue1, ...)
    response = webwrite(..., options)

    Send data to a web address (a POST request), and what it answers: names and values as a form, text as it is,
    anything else as JSON.

    Examples
      >> try, response = webwrite('nonsense', struct('a', 1)); catch e, disp(e.message), end
      'nonsense' is not a web address.
      >> try, response = webwrite('nonsense', 'a', 1); catch e, disp(e.message), end
      'nonsense' is not a web address.
      >> try, response = webwrite('nonsense', 'a', 1, weboptions('RequestMethod', 'put')); catch e, disp(e.message), end
      'nonsense' is not a web address.

    See also webread, websave, weboptions, jsonencode.
    """
    place = one_text(url, "webwrite", "URL")
    data, options = parted(data)
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
    if options is not None and options.values["MediaType"] != "auto":
        kind = options.values["MediaType"]
    return content_of(opened(place, body, kind, options), place, options)


def content_of(answer: Any, url: str, options: WebOptions | None) -> Any:
    """What a server answered: text, the value that JSON stands for, or bytes; as options want it."""
    wanted = options.values["ContentType"] if options else "auto"
    encoding = options.values["CharacterEncoding"] if options else "auto"
    kind = answer.headers.get_content_type()
    charset = answer.headers.get_content_charset() or "utf-8" if encoding == "auto" else encoding
    data = data_of(answer, url)
    if wanted == "json" or wanted == "auto" and kind == "application/json":
        from cnnscript.builtins.text.json_text import jsondecode

        return jsondecode(text_in(data, charset))
    if wanted == "text" or wanted == "auto" and (kind.startswith("text/") or kind.endswith(("xml", "javascript"))):
        return text_in(data, charset)
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
        method, given = word, rest.pop(0)
        if not is_cell(given):
            raise ScriptError(
                f"MATLAB:{name}:InvalidInput", "Parameter names and values must be in a cell array.",
                notes=(f"got {take.described(given)}",),
            )  # fmt: skip
        words = [text_of(item) for item in given.ravel("F").tolist()]
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
        answer = opened(place, body)
        return text_in(data_of(answer, place), answer.headers.get_content_charset() or "utf-8"), 1.0
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
        answer = opened(place, body, file=os.path.basename(name))
        write_beside(name, lambda beside: fetched(answer, beside, place), "urlwrite")
    except ScriptError:
        if nargout < 2:
            raise
        return "", 0.0
    return os.path.abspath(name), 1.0
