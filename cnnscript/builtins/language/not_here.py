"""What MATLAB does with compilers, Java and other machines: one clear sentence each."""

from __future__ import annotations

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError

# name: what it does in MATLAB, the identifier, the sentence, and what to do instead
ABSENT = {
    "mex": ("Compile C, C++ or Fortran into a function", "MATLAB:mex:Error",
            "MEX-files are compiled for MATLAB itself and cannot be run here.", "write it in MATLAB's language"),
    "javaaddpath": ("Add a folder or archive to Java's path", "MATLAB:javaaddpath:JavaNotAvailable",
                    "Java is not available here.", None),
    "javarmpath": ("Take a folder or archive from Java's path", "MATLAB:javarmpath:JavaNotAvailable",
                   "Java is not available here.", None),
    "ftp": ("Connect to an FTP server", "MATLAB:ftp:NotSupported",
            "Connections to FTP servers are not in cnnscript yet.", "websave takes ftp:// addresses too"),
    "web": ("Open a page in a browser", "MATLAB:web:BrowserNotFound",
            "There is no browser to show a page in.", "webread and websave fetch what is at an address"),
}  # fmt: skip


def declare(word: str) -> None:
    """Declare one function that only says that it cannot be."""
    what, identifier, sentence, instead = ABSENT[word]

    def refuse(nargout, /, *args):
        raise ScriptError(identifier, sentence, hint=instead)

    refuse.__doc__ = f"""
    {word}

    {what}: not to be had here.

    It ends in an error that says so.

    Examples
      >> try, {word}, catch e, disp(e.message), end
      {sentence}

    See also help, type.
    """
    builtin(refuse, name=word)


for _name in ABSENT:
    declare(_name)


@builtin
def javachk(feature, component="this feature", /):
    """
    msg = javachk(feature)
    msg = javachk(feature, component)

    What is missing of Java, as a message struct for error: there is no Java here, so it never is empty.

    Examples
      >> msg = javachk('jvm'); disp(msg.message)
      this feature is not supported because Java is not currently available.
      >> msg = javachk('awt', 'The dialog'); disp(msg.identifier)
      MATLAB:javachk:thisFeatureNotAvailable

    See also usejava, error.
    """
    from cnnscript.values import take
    from cnnscript.values.structs import Struct

    take.choice(feature, ("jvm", "awt", "swing", "desktop"), "Feature")
    return Struct({
        "message": f"{take.text(component, 'Component')} is not supported because Java is not currently available.",
        "identifier": "MATLAB:javachk:thisFeatureNotAvailable",
    })  # fmt: skip
