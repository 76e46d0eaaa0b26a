"""odeset and odeget: the options of the solvers of differential equations."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import text_or_none

# in the order of the fields of the struct
NAMES = (
    "AbsTol", "BDF", "Events", "InitialStep", "Jacobian", "JConstant", "JPattern", "Mass", "MassSingular", "MaxOrder",
    "MaxStep", "NonNegative", "NormControl", "OutputFcn", "OutputSel", "Refine", "RelTol", "Stats", "Vectorized",
    "MStateDependence", "MvPattern", "InitialSlope",
)  # fmt: skip
# in the order in which odeset lists what may be given
LISTED = (
    ("AbsTol", "positive scalar or vector {1e-6}"), ("RelTol", "positive scalar {1e-3}"),
    ("NormControl", "on | {off}"), ("NonNegative", "vector of integers"), ("OutputFcn", "function_handle"),
    ("OutputSel", "vector of integers"), ("Refine", "positive integer"), ("Stats", "on | {off}"),
    ("InitialStep", "positive scalar"), ("MaxStep", "positive scalar"), ("BDF", "on | {off}"),
    ("MaxOrder", "1 | 2 | 3 | 4 | {5}"), ("Jacobian", "matrix | function_handle"), ("JPattern", "sparse matrix"),
    ("Vectorized", "on | {off}"), ("Mass", "matrix | function_handle"), ("MStateDependence", "none | {weak} | strong"),
    ("MvPattern", "sparse matrix"), ("MassSingular", "yes | no | {maybe}"), ("InitialSlope", "vector"),
    ("Events", "function_handle"),
)  # fmt: skip


def option_name(value, function: str) -> str:
    """The option that a text names, by any unambiguous beginning."""
    word = text_or_none(value)
    if word is None:
        raise ScriptError(
            f"MATLAB:{function}:NoPropName", "Expected argument to be a character vector or string scalar property "
            "name.", notes=(f"got {described(value)}",),
        )  # fmt: skip
    near = [name for name in NAMES if name.lower().startswith(word.lower())] if word else []
    near = [name for name in near if len(name) == len(word)] or near
    if not near:
        from cnnscript.builtins.registry import nearest

        raise ScriptError(
            f"MATLAB:{function}:InvalidPropName",
            f"Unrecognized property name '{word}'.  See ODESET for possibilities.",
            hint=nearest(word, NAMES),
        )
    if len(near) > 1:
        raise ScriptError(
            f"MATLAB:{function}:AmbiguousPropName",
            f"Ambiguous property name '{word}' ({', '.join(near)}).",
        )
    return near[0]


@builtin
def odeset(session, nargout, /, *args):
    """
    options = odeset(Name, Value, ...)
    options = odeset(oldopts, Name, Value, ...)
    options = odeset(oldopts, newopts)
    odeset

    Options for ode45 and its kin; alone it lists them.

    Examples
      >> options = odeset('RelTol', 1e-8); options.RelTol
      ans =
         1.0000e-08
      >> options = odeset(options, 'Stats', 'on'); odeget(options, 'Stats')
      ans =
          'on'
      >> options = odeset(options, odeset('RelTol', 1e-4)); options.RelTol
      ans =
         1.0000e-04
      >> odeset
                AbsTol: [ positive scalar or vector {1e-6} ]
                RelTol: [ positive scalar {1e-3} ]
           NormControl: [ on | {off} ]
           NonNegative: [ vector of integers ]
             OutputFcn: [ function_handle ]
             OutputSel: [ vector of integers ]
                Refine: [ positive integer ]
                 Stats: [ on | {off} ]
           InitialStep: [ positive scalar ]
               MaxStep: [ positive scalar ]
                   BDF: [ on | {off} ]
              MaxOrder: [ 1 | 2 | 3 | 4 | {5} ]
              Jacobian: [ matrix | function_handle ]
              JPattern: [ sparse matrix ]
            Vectorized: [ on | {off} ]
                  Mass: [ matrix | function_handle ]
      MStateDependence: [ none | {weak} | strong ]
             MvPattern: [ sparse matrix ]
          MassSingular: [ yes | no | {maybe} ]
          InitialSlope: [ vector ]
                Events: [ function_handle ]

    See also odeget, ode45, ode15s.
    """
    if not args and not nargout:
        session.out.write("".join(f"{name:>16}: [ {what} ]\n" for name, what in LISTED) + "\n")
        return None
    fields = dict.fromkeys(NAMES, EMPTY)
    rest = list(args)
    while rest and text_or_none(rest[0]) is None:
        given = rest.pop(0)
        if isinstance(given, Struct):
            for name, value in given.fields.items():
                if name in fields and (isinstance(value, str) or np.size(value)):
                    fields[name] = value
        elif not (isinstance(given, np.ndarray) and given.size == 0):
            raise ScriptError(
                "MATLAB:odeset:NoPropNameOrStruct",
                "Expected argument to be a character vector, string scalar property name, or an options structure "
                "created with ODESET.",
                notes=(f"got {described(given)}",),
            )
    if len(rest) % 2:
        raise ScriptError("MATLAB:odeset:ArgNameValueMismatch", "Arguments must occur in name-value pairs.")
    for name, value in zip(rest[::2], rest[1::2], strict=True):
        fields[option_name(name, "odeset")] = value
    return Struct(fields)


@builtin
def odeget(options, name, default=None, /):
    """
    v = odeget(options, name)
    v = odeget(options, name, default)

    One of the options of odeset.

    Examples
      >> v = odeget(odeset('RelTol', 1e-8), 'RelTol')
      v =
         1.0000e-08
      >> v = odeget(odeset(), 'AbsTol', 1e-6)
      v =
         1.0000e-06

    See also odeset.
    """
    if not isinstance(options, Struct):
        if not np.size(options):
            return EMPTY if default is None else default
        raise ScriptError(
            "MATLAB:odeget:Arg1NotODESETstruct",
            "First argument must be an options structure created with ODESET.",
            notes=(f"got {described(options)}",),
        )
    found = options.fields.get(option_name(name, "odeget"), EMPTY)
    blank = not isinstance(found, str) and isinstance(found, np.ndarray) and found.size == 0
    return default if default is not None and blank else found


def given(options, name: str):
    """The value of an option, None where it was not given."""
    if not isinstance(options, Struct):
        return None
    value = options.fields.get(name)
    if value is None or isinstance(value, np.ndarray) and value.size == 0 or isinstance(value, str) and not value:
        return None
    return value


def number(options, name: str, default):
    """A positive number among the options."""
    value = given(options, name)
    if value is None:
        return default
    found = take.number(value, name)
    if not found > 0:
        raise ScriptError(f"MATLAB:odearguments:{name}NotPos", f"{name} must be a positive scalar.")
    return found


def switch(options, name: str) -> bool:
    """An option that is 'on' or 'off'."""
    value = given(options, name)
    return value is not None and take.flag(value, name)
