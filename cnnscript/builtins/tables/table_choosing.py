"""Variables of tables chosen and converted by class: vartype, convertvars; tables in tables turned inside out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.tables.table_keys import places_of
from cnnscript.builtins.tables.tables import require_table
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, class_of, is_cell, is_numeric
from cnnscript.values.objects import Object
from cnnscript.values.rows import height, only_texts
from cnnscript.values.tables import Table, Variable


class VariableType(Object):
    """The variables of a class, for T(:, type)."""

    class_name: ClassVar[str] = "vartype"

    def __init__(self, kind: str):
        self.kind = kind

    def chooses(self, data: Any) -> bool:
        kind = class_of(data)
        if self.kind == "numeric":
            return is_numeric(data)
        if self.kind == "cellstr":
            return is_cell(data) and only_texts(data)
        if self.kind == "float":
            return kind in ("double", "single")
        if self.kind == "integer":
            return kind.startswith(("int", "uint"))
        return kind == self.kind

    def disp(self, form: Any) -> str:
        gap = form.blank
        return f"  table vartype subscript:\n{gap}    Select table variables matching the type '{self.kind}'\n{gap}"


@builtin
def vartype(kind, /):
    """
    S = vartype(type)

    A subscript for the variables of a table that are of a class: T(:, S). 'numeric' takes all classes of numbers,
    'cellstr' cells of text.

    Examples
      >> T = table([1; 2], {'a'; 'b'}, [true; false], 'VariableNames', {'x' 's' 'f'});
      >> S = vartype('numeric');
      >> disp(T(:, S).Properties.VariableNames)
          {'x'}
      >> disp(T{:, vartype('logical')}')
         1   0

    See also table, convertvars, varfun.
    """
    word = take.text(kind, "Type")
    if not word.replace(".", "_").isidentifier():
        raise ScriptError("MATLAB:vartype:InvalidType", f"'{word}' is not a class.")
    return VariableType(word)


@builtin
def convertvars(session, x, chosen, kind, /):
    """
    T2 = convertvars(T1, vars, dataType)

    A table with some of its variables converted to a class, or by a function of one variable.

    Examples
      >> T1 = table([1; 2], {'a'; 'b'}, 'VariableNames', {'x' 's'});
      >> T2 = convertvars(T1, 's', 'categorical');
      >> disp(class(T2.s))
      categorical
      >> T2 = convertvars(T1, @isnumeric, 'string');
      >> disp(T2.x')
          "1"    "2"
      >> T2 = convertvars(T1, {'x'}, @(v) v * 2);
      >> disp(T2.x')
           2     4

    See also vartype, addvars, varfun, categorical.
    """
    source = require_table(x, "convertvars")
    places = places_of(source, chosen, "convertvars", "Variables")
    function = kind if type(kind) is Function else session.function(take.text(kind, "Data type"))
    for place in places:
        variable = source.variables[place]
        made = function.call(1, variable.data)
        if height(made) != source.rows:
            raise ScriptError(
                "MATLAB:table:convertvars:NumRowsChanged",
                "The conversion must keep the number of rows.",
                notes=(f"'{variable.name}' became {height(made)} rows of {class_of(made)}",),
            )
        source = source.with_data(place, made)
    return source


@builtin
def inner2outer(x, /):
    """
    T2 = inner2outer(T1)

    A table of tables turned inside out: each name inside becomes a table of the variables that hold it.

    Examples
      >> A = table([1; 2], 'VariableNames', {'x'});
      >> T1 = table(A, A, 'VariableNames', {'a' 'b'});
      >> T2 = inner2outer(T1);
      >> disp(T2.Properties.VariableNames)
          {'x'}
      >> disp(T2.x.Properties.VariableNames)
          {'a'}    {'b'}

    See also table, mergevars, splitvars.
    """
    source = require_table(x, "inner2outer")
    made: dict[str, Any] = {}
    for variable in source.variables:
        if type(variable.data) is not Table:
            if variable.name in made:
                raise twice(variable.name)
            made[variable.name] = variable
            continue
        for inner in variable.data.variables:
            parts = made.setdefault(inner.name, [])
            if type(parts) is not list:
                raise twice(inner.name)
            parts.append(replace(inner, name=variable.name))
    variables = [
        Variable(name, Table(tuple(parts), source.rows)) if type(parts) is list else parts
        for name, parts in made.items()
    ]
    return replace(source, variables=tuple(variables))


def twice(name: str) -> ScriptError:
    return ScriptError("MATLAB:table:DuplicateVarNames", f"Duplicate table variable name: '{name}'.")


@builtin
def addprop(x, names, kinds, /):
    """
    T2 = addprop(T1, propertyNames, propertyTypes)

    A table with properties of the program's own: of the 'table', or of each 'variable'.  They are read and written as
    T2.Properties.CustomProperties.name.

    Examples
      >> T2 = addprop(table([1; 2]), {'source' 'sensor'}, {'table' 'variable'});
      >> T2.Properties.CustomProperties.source = 'lab';
      >> disp(T2.Properties.CustomProperties.source)
      lab

    See also rmprop, table.
    """
    source = require_table(x, "addprop")
    words = take.texts(names, "Property names")
    types = [take.choice(word, ("table", "variable"), "Property type") for word in take.texts(kinds, "Property types")]
    if len(types) != len(words):
        raise ScriptError(
            "MATLAB:table:addprop:SizeMismatch",
            "There must be one type for each property.",
            notes=(f"{len(words)} names, {len(types)} types",),
        )
    have = source.get("Properties").get("CustomProperties").property_names()
    for word, kind in zip(words, types, strict=True):
        if word in have or not word.isidentifier():
            raise ScriptError("MATLAB:table:addprop:InvalidName", f"'{word}' cannot be added as a property.")
        have.append(word)
        if kind == "table":
            source = replace(source, about=replace(source.about, custom=(*source.about.custom, (word, EMPTY))))
        else:
            variables = (replace(one, custom=(*one.custom, (word, None))) for one in source.variables)
            source = replace(source, variables=tuple(variables))
    return source


@builtin
def rmprop(x, names, /):
    """
    T2 = rmprop(T1, propertyNames)

    A table without some properties of the program's own.

    Examples
      >> T1 = addprop(table([1; 2]), 'source', 'table');
      >> T2 = rmprop(T1, 'source');
      >> disp(isprop(T2.Properties.CustomProperties, 'source'))
         0

    See also addprop, table.
    """
    source = require_table(x, "rmprop")
    words = take.texts(names, "Property names")
    have = source.get("Properties").get("CustomProperties").property_names()
    unknown = next((word for word in words if word not in have), None)
    if unknown is not None:
        raise ScriptError("MATLAB:table:rmprop:UnknownProperty", f"'{unknown}' is no property of the program's own.")
    custom = tuple((word, value) for word, value in source.about.custom if word not in words)
    variables = tuple(
        replace(one, custom=tuple(pair for pair in one.custom if pair[0] not in words)) for one in source.variables
    )
    return replace(source, variables=variables, about=replace(source.about, custom=custom))
