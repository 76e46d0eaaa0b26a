"""weboptions: how websave, webread and webwrite ask a server."""

from __future__ import annotations

import base64
import codecs
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.named_values import NamedValues
from cnnscript.values.numeric import is_cell, is_empty
from cnnscript.values.text import String, cell_of_texts, text_or_none, texts_or_none

AGENT = "cnnscript"
CONTENTS = ("auto", "text", "json", "raw", "binary")
METHODS = ("auto", "get", "post", "put", "delete", "patch")
DEFAULTS: dict[str, Any] = {
    "CharacterEncoding": "auto", "UserAgent": AGENT, "Timeout": 5.0, "Username": "", "Password": "", "KeyName": "",
    "KeyValue": "", "ContentType": "auto", "ContentReader": np.zeros((0, 0)), "MediaType": "auto",
    "RequestMethod": "auto", "ArrayFormat": "csv", "HeaderFields": np.zeros((0, 0)), "CertificateFilename": "default",
}  # fmt: skip


class WebOptions(NamedValues):
    """How a server is asked."""

    class_name = "weboptions"

    def __init__(self, values: dict[str, Any] | None = None):
        super().__init__({**DEFAULTS, **(values or {})})

    def checked(self, name: str, value: Any) -> Any:
        return checked(name, value)

    def seconds(self) -> float | None:
        """How long to wait; None for ever."""
        seconds = self.values["Timeout"]
        return None if seconds == float("inf") else seconds

    def headers(self) -> dict[str, str]:
        """What the request says besides its address."""
        made = {"User-Agent": self.values["UserAgent"]}
        if self.values["Username"]:
            pair = f"{self.values['Username']}:{self.values['Password']}".encode()
            made["Authorization"] = "Basic " + base64.b64encode(pair).decode("ascii")
        if self.values["KeyName"]:
            made[self.values["KeyName"]] = self.values["KeyValue"]
        fields = self.values["HeaderFields"]
        if not is_empty(fields):
            words = [str(word) for word in texts_or_none(fields) or []]
            made |= dict(zip(words[: len(words) // 2], words[len(words) // 2 :], strict=True))
        return made

    def method(self, body: bytes | None) -> str:
        word = self.values["RequestMethod"]
        return ("GET" if body is None else "POST") if word == "auto" else word.upper()

    def security(self) -> Any:
        """The certificates that a server must have one of; None for the system's."""
        import ssl

        name = self.values["CertificateFilename"]
        if name == "default":
            return None
        if name == "":
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            return context
        return ssl.create_default_context(cafile=name)


def checked(name: str, value: Any) -> Any:
    """The value of an option, or an error that names it."""
    if name == "Timeout":
        seconds = take.number(value, name)
        if not seconds > 0:
            raise take.wanted("a positive number of seconds", name, value)
        return seconds
    if name == "ContentType":
        return take.choice(value, CONTENTS, name)
    if name == "RequestMethod":
        return take.choice(value, METHODS, name)
    if name in ("ContentReader", "ArrayFormat"):
        if name == "ArrayFormat" and (text_or_none(value) or "").lower() == "csv" or is_empty(value):
            return DEFAULTS[name]
        raise ScriptError(f"cnnscript:weboptions:{name}", f"The option {name} of weboptions is not in cnnscript yet.")
    if name == "HeaderFields":
        if is_empty(value):
            return DEFAULTS[name]
        shape = np.shape(value.data if type(value) is String else value)
        if not (is_cell(value) or type(value) is String) or len(shape) != 2 or shape[1] != 2:
            raise take.wanted("names and values in two columns", name, value)
        words = texts_or_none(value)
        if words is None:
            raise take.wanted("names and values in two columns", name, value)
        return value if type(value) is String else cell_of_texts(words).reshape(shape, order="F")
    if name == "KeyValue" and isinstance(value, float):
        return f"{value:g}"
    word = take.text(value, name)
    if name == "CharacterEncoding" and word != "auto":
        try:
            codecs.lookup(word)
        except LookupError:
            raise take.wanted("'auto' or the name of an encoding, such as 'UTF-8'", name, value) from None
    return word


@builtin(name="weboptions")
def web_options(
    *, CharacterEncoding="auto", UserAgent=AGENT, Timeout=5.0, Username="", Password="", KeyName="", KeyValue="",
    ContentType="auto", ContentReader=DEFAULTS["ContentReader"], MediaType="auto", RequestMethod="auto",
    ArrayFormat="csv", HeaderFields=DEFAULTS["HeaderFields"], CertificateFilename="default"
):  # fmt: skip
    """
    options = weboptions
    options = weboptions(Name=Value)

    How websave, webread and webwrite ask a server: their last argument.

    Options
      CharacterEncoding    'auto', or what text is encoded in, such as 'UTF-8'
      UserAgent            what asks
      Timeout              seconds to wait for an answer (5); Inf waits for ever
      Username             name of a user, for servers that ask for it
      Password             and the password
      KeyName              name of a further line of the request
      KeyValue             and its value
      ContentType          'auto', 'text', 'json', 'raw' or 'binary': what webread makes of the answer
      ContentReader        [] only
      MediaType            'auto', or what webwrite says that it sends, such as 'application/json'
      RequestMethod        'auto', 'get', 'post', 'put', 'delete' or 'patch'
      ArrayFormat          'csv' only
      HeaderFields         further lines of the request: names and values in two columns
      CertificateFilename  'default', a file of certificates, or '' to trust every server

    Examples
      >> options = weboptions('Timeout', Inf, 'ContentType', 'json')
      options =
        weboptions with properties:
            CharacterEncoding: 'auto'
                    UserAgent: 'cnnscript'
                      Timeout: Inf
                     Username: ''
                     Password: ''
                      KeyName: ''
                     KeyValue: ''
                  ContentType: 'json'
                ContentReader: []
                    MediaType: 'auto'
                RequestMethod: 'auto'
                  ArrayFormat: 'csv'
                 HeaderFields: []
          CertificateFilename: 'default'
      >> options = weboptions; options.Timeout
      ans =
           5

    See also websave, webread, webwrite.
    """
    given = {
        "CharacterEncoding": CharacterEncoding, "UserAgent": UserAgent, "Timeout": Timeout, "Username": Username,
        "Password": Password, "KeyName": KeyName, "KeyValue": KeyValue, "ContentType": ContentType,
        "ContentReader": ContentReader, "MediaType": MediaType, "RequestMethod": RequestMethod,
        "ArrayFormat": ArrayFormat, "HeaderFields": HeaderFields, "CertificateFilename": CertificateFilename,
    }  # fmt: skip
    return WebOptions({name: checked(name, value) for name, value in given.items()})
