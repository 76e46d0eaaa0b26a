"""The machine and the program: version, computer, system, environment variables."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys

from cnnscript.builtins.registry import alias, builtin
from cnnscript.builtins.text.texts import one_text
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.structs import Struct
from cnnscript.values.text import is_text

RELEASE = "2024b"  # the MATLAB whose behaviour is followed
NUMBER = "24.2"
TOOLBOXES = {
    "matlab": "MATLAB",
    "nnet": "Deep Learning Toolbox",
    "images": "Image Processing Toolbox",
}


@builtin
def version(kind="", /):
    """
    version
    v = version
    v = version('-release')

    The version of MATLAB that this follows.

    Examples
      >> v = version('-release')
      v =
          '2024b'
      >> disp(contains(version, 'R2024b'))
         1

    See also ver, verLessThan, computer.
    """
    word = one_text(kind, "version", "Option").lower().lstrip("-")
    if word == "":
        return f"{NUMBER}.0 (R{RELEASE})"
    known = {"release": RELEASE, "java": "Java is not enabled", "date": "", "description": "cnnscript"}
    if word not in known:
        raise ScriptError(
            "MATLAB:version:InvalidOption", f"'{kind}' is not an option of version.", notes=("known: -release",)
        )
    return known[word]


@builtin
def ver(session, nargout, toolbox="", /):
    """
    ver
    s = ver(toolbox)

    What is here: printed, or as a struct with Name, Version, Release and Date.

    Examples
      >> s = ver('nnet');
      >> disp(s.Name)
      Deep Learning Toolbox
      >> text = evalc('ver');
      >> disp(contains(text, 'cnnscript'))
         1

    See also version, verLessThan, license.
    """
    import numpy as np

    from cnnscript.builtins.text.texts import shaped
    from cnnscript.values.structs import struct_array

    word = one_text(toolbox, "ver", "Toolbox")
    names = [title for key, title in TOOLBOXES.items() if not word or word.lower() in (key, title.lower())]
    if nargout:
        parts = [{"Name": n, "Version": NUMBER, "Release": f"(R{RELEASE})", "Date": ""} for n in names]
        fields = ["Name", "Version", "Release", "Date"]
        return struct_array(fields, shaped(parts, (1, len(parts))) if parts else np.empty((0, 0), object))
    from cnnscript import __version__

    session.out.write(f"cnnscript {__version__}, following MATLAB R{RELEASE}, Python {platform.python_version()}\n")
    for title in names:
        session.out.write(f"{title:<50}Version {NUMBER:<10}(R{RELEASE})\n")
    return None


def numbers_in(text: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", text)]


@builtin
def verLessThan(toolbox, number, /):
    """
    tf = verLessThan(toolbox, version)

    Whether the version of a toolbox is older than the one given.

    Examples
      >> disp(verLessThan('matlab', '9.1'))
         0

    See also version, ver.
    """
    word = one_text(toolbox, "verLessThan", "Toolbox").lower()
    if word not in TOOLBOXES:
        raise ScriptError(
            "MATLAB:verLessThan:missingToolbox",
            f"Toolbox '{word}' not found.",
            notes=("known: " + ", ".join(TOOLBOXES),),
        )
    return numbers_in(NUMBER) < numbers_in(one_text(number, "verLessThan", "Version"))


@builtin
def isMATLABReleaseOlderThan(release, stage="release", update=0.0, /):
    """
    tf = isMATLABReleaseOlderThan(release)
    tf = isMATLABReleaseOlderThan(release, stage)
    tf = isMATLABReleaseOlderThan(release, stage, update)

    Whether the MATLAB that this follows (a "release" without updates) is older than a release such as "R2023a", its
    "prerelease", or an update of it.

    Examples
      >> disp(isMATLABReleaseOlderThan("R2017b"))
         0
      >> disp(isMATLABReleaseOlderThan("R2024b", "prerelease"))
         0
      >> disp(isMATLABReleaseOlderThan("R2024b", "release", 2))
         1

    See also version, verLessThan.
    """
    word = one_text(release, "isMATLABReleaseOlderThan", "Release").lower().lstrip("r")
    if not re.fullmatch(r"\d{4}[ab]", word):
        raise ScriptError(
            "MATLAB:isMATLABReleaseOlderThan:InvalidRelease", f"'{release}' is not a release such as R2023a."
        )
    stages = ("prerelease", "release")
    wanted = (word, stages.index(take.choice(stage, stages, "Stage")), take.count(update, "Update"))
    return wanted > (RELEASE, stages.index("release"), 0)


@builtin(outputs=2)
def license_(nargout, action="", feature="", /):
    """
    license
    status = license('test', feature)

    Licences of MATLAB: none is needed here, every test answers 1.

    Examples
      >> status = license('test', 'neural_network_toolbox')
      status =
           1
      >> disp(ischar(license))
         1

    See also ver, version.
    """
    word = one_text(action, "license", "Action").lower()
    if word == "":
        return ("cnnscript",)
    if word in ("test", "checkout"):
        if not one_text(feature, "license", "Feature"):
            raise ScriptError("MATLAB:license:FeatureRequired", f"license('{word}', feature) needs a feature.")
        return 1.0, ""
    if word == "inuse":
        return (Struct({"feature": "cnnscript", "user": ""}),)
    raise ScriptError(
        "MATLAB:license:InvalidAction",
        f"'{word}' is not an action of license.",
        notes=("known: test, checkout, inuse",),
    )


@builtin(outputs=3)
def computer(nargout, kind="", /):
    """
    str = computer
    [str, maxsize, endian] = computer

    The kind of machine: 'GLNXA64', 'MACI64', 'MACA64' or 'PCWIN64'.

    Examples
      >> [str, maxsize, endian] = computer;
      >> disp(endian)
      L

    See also ispc, isunix, ismac, version.
    """
    arm = platform.machine().lower() in ("arm64", "aarch64")
    if one_text(kind, "computer", "Option").lower() == "arch":
        return (
            "win64" if os.name == "nt" else ("maca64" if arm else "maci64") if sys.platform == "darwin" else "glnxa64",
        )
    name = "PCWIN64" if os.name == "nt" else ("MACA64" if arm else "MACI64") if sys.platform == "darwin" else "GLNXA64"
    return name, 2.0**48 - 1, "L" if sys.byteorder == "little" else "B"


@builtin
def ispc():
    """
    tf = ispc

    Whether this is Windows.

    Examples
      >> disp(ispc && isunix)
         0

    See also isunix, ismac, computer.
    """
    return os.name == "nt"


@builtin
def isunix():
    """
    tf = isunix

    Whether this is Linux or macOS.

    Examples
      >> disp(isunix || ispc)
         1

    See also ispc, ismac, computer.
    """
    return os.name == "posix"


@builtin
def ismac():
    """
    tf = ismac

    Whether this is macOS.

    Examples
      >> disp(ismac && ispc)
         0

    See also isunix, ispc, computer.
    """
    return sys.platform == "darwin"


@builtin
def isdeployed():
    """
    tf = isdeployed

    Whether the program was compiled into an application: never here.

    Examples
      >> disp(isdeployed)
         0

    See also version.
    """
    return False


@builtin
def usejava(feature, /):
    """
    tf = usejava(feature)

    Whether a part of Java is there: never here.

    Examples
      >> disp(usejava('desktop'))
         0

    See also version.
    """
    one_text(feature, "usejava", "Feature")
    return False


@builtin
def getenv(name, /):
    """
    val = getenv(varname)

    The value of an environment variable, '' where there is none.

    Examples
      >> setenv('CNN_EXAMPLE', 'on')
      >> val = getenv('CNN_EXAMPLE')
      val =
          'on'

    See also setenv, system.
    """
    return os.environ.get(one_text(name, "getenv", "Name"), "")


@builtin
def setenv(name, value="", /):
    """
    setenv(varname, varvalue)
    setenv(varname)

    Set an environment variable for this program and those it starts.

    Examples
      >> setenv('CNN_EXAMPLE', 'off')
      >> disp(getenv('CNN_EXAMPLE'))
      off
      >> setenv('CNN_EXAMPLE')

    See also getenv, system.
    """
    word = one_text(name, "setenv", "Name")
    try:
        os.environ[word] = one_text(value, "setenv", "Value")
    except (OSError, ValueError):
        raise ScriptError(
            "MATLAB:setenv:InvalidName", f"'{word}' cannot be the name of an environment variable."
        ) from None


@builtin(outputs=2)
def system(session, nargout, command, echo="", /):
    """
    status = system(command)
    [status, cmdout] = system(command)
    [status, cmdout] = system(command, '-echo')

    Run a command of the operating system. Its output is printed, unless it is asked for.

    Examples
      >> [status, cmdout] = system('echo conv1');
      >> disp(strtrim(cmdout))
      conv1
      >> status = system('exit 3')
      status =
           3
      >> [status, cmdout] = system('echo relu', '-echo');
      relu

    See also getenv, pwd.
    """
    word = one_text(command, "system", "Command")
    session.out.flush()
    run = subprocess.run(
        word, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    if nargout < 2 or one_text(echo, "system", "Option") == "-echo":
        session.out.write(run.stdout)
    session.look_again()
    status = float(run.returncode)
    return (status, run.stdout) if nargout else None


alias("unix", "system")
alias("dos", "system")


@builtin(outputs=2)
def perl(session, nargout, file, /, *args):
    """
    result = perl(file)
    result = perl(file, arg1, arg2, ...)
    [result, status] = perl(...)

    Run a script of Perl, and what it prints.

    Examples
      >> try, result = perl('none.pl'); catch e, disp(e.message), end
      Unable to find Perl file: none.pl
      >> try, [result, status] = perl('none.pl', '1'); catch e, disp(e.identifier), end
      MATLAB:perl:FileNotFound

    See also system.
    """
    name = one_text(file, "perl", "File")
    if not os.path.isfile(name):
        raise ScriptError("MATLAB:perl:FileNotFound", f"Unable to find Perl file: {name}")
    words = [one_text(arg, "perl", "Argument") for arg in args]
    try:
        run = subprocess.run(
            ["perl", name, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )
    except FileNotFoundError:
        raise ScriptError("MATLAB:perl:NoExecutable", "Unable to find Perl executable.") from None
    if run.returncode and nargout < 2:
        raise ScriptError("MATLAB:perl:ExecutionError", f"System error: {run.stdout}")
    return run.stdout, float(run.returncode)


@builtin
def maxNumCompThreads(session, count=None, /):
    """
    N = maxNumCompThreads
    LASTN = maxNumCompThreads(N)
    LASTN = maxNumCompThreads('automatic')

    How many threads computations use; set it, and what it was.

    Examples
      >> N = maxNumCompThreads; N >= 1
      ans =
        logical
         1
      >> LASTN = maxNumCompThreads(1); maxNumCompThreads
      ans =
           1
      >> LASTN = maxNumCompThreads('automatic')
      LASTN =
           1

    See also tic, memory.
    """
    usual = float(os.cpu_count() or 1)
    kept = session.__dict__.setdefault("computing_threads", {"count": usual})
    last = kept["count"]
    if count is not None:
        from threadpoolctl import threadpool_limits

        if is_text(count):
            take.choice(count, ("automatic",), "N")
            wanted = usual
        else:
            wanted = float(take.positive(count, "N"))
        kept["count"], kept["limits"] = wanted, threadpool_limits(int(wanted))
    return last


@builtin
def pack(file="", /):
    """
    pack
    pack(filename)

    Give memory back that nothing uses any more. Variables need not be written to a file for that.

    Examples
      >> pack
      >> pack('kept.mat')

    See also clear, whos, memory.
    """
    import gc

    one_text(file, "pack", "File name")
    gc.unfreeze()
    gc.collect()
