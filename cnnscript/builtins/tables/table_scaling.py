"""Variables of tables brought to a common scale: normalize."""

from __future__ import annotations

from cnnscript.builtins.registry import overload
from cnnscript.builtins.tables.table_keys import places_of
from cnnscript.builtins.tables.tables import require_table
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import is_numeric
from cnnscript.values.tables import Table, distinct
from cnnscript.values.take import described
from cnnscript.values.text import is_text, text_or_none


@overload("table", outputs=3)
def normalize(session, nargout, x, /, *rest):
    """
    N = normalize(T)
    N = normalize(T, method)
    N = normalize(T, method, type)
    [N, C, S] = normalize(...)

    The variables of a table scaled as normalize scales the columns of an array; C and S are tables of centers and
    scales. 'DataVariables' chooses variables (all), 'ReplaceValues', false puts the scaled ones behind the others.

    Examples
      >> T = table([1; 2; 3], [2; 4; 9], 'VariableNames', {'a' 'b'});
      >> N = normalize(T, 'range');
      >> disp(N.b')
               0    0.2857    1.0000
      >> N = normalize(T, 'zscore', 'std', 'DataVariables', 'a', 'ReplaceValues', false)
      N =
        3×3 table
          a    b    a_normalized
          _    _    ____________
          1    2         -1
          2    4          0
          3    9          1
      >> [N, C, S] = normalize(T);
      >> disp([C.a S.a])
           2     1

    See also rescale, fillmissing.
    """
    source = require_table(x, "normalize")
    options, rest = split_off(list(rest))
    chosen, replaces = options.get("DataVariables"), take.flag(options.get("ReplaceValues", True), "ReplaceValues")
    if rest and not is_text(rest[0]):
        raise ScriptError(
            "MATLAB:normalize:DimensionSpecifiedForTabular",
            "The variables of a table are scaled each by itself: a dimension cannot be given.",
        )
    places = range(len(source.variables))
    if chosen is not None:
        places = places_of(source, chosen, "normalize", "DataVariables")
    made, centers, scales = source, {}, {}
    for place in places:
        data, name = source.variables[place].data, source.variables[place].name
        if not is_numeric(data):
            raise ScriptError(
                "MATLAB:normalize:UnsupportedTableVariable", "Variables of a table must be numbers to be scaled.",
                notes=(f"'{name}' is {described(data)}",),
                hint="'DataVariables' chooses some: normalize(T,'DataVariables',@isnumeric)",
            )  # fmt: skip
        scaled, centers[name], scales[name] = session.call("normalize", 3, data, 1.0, *rest)
        if replaces:
            made = made.with_data(place, scaled)
        else:
            made = made.with_variable(distinct([*made.names, f"{name}_normalized"])[-1], scaled)
    return made, Table.of(centers), Table.of(scales)


def split_off(rest: list) -> tuple[dict, list]:
    """The options of tables, which stand behind the method, and what stands before."""
    options = {}
    while len(rest) > 1:
        word = (text_or_none(rest[-2]) or "").lower()
        name = next((name for name in ("DataVariables", "ReplaceValues") if name.lower().startswith(word or " ")), None)
        if name is None:
            break
        options.setdefault(name, rest[-1])
        del rest[-2:]
    return options, rest
