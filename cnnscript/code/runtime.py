"""The namespace of generated code: every function and value of ours that it names."""

from __future__ import annotations

from sys import getrefcount
from typing import Any

import numpy as np

from cnnscript.code import arguments, calls
from cnnscript.code.scopes import current_scope
from cnnscript.values import assignment, concatenate, indexing, operators, ranges, sharing
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import COLON, DOUBLE, EMPTY, OBJECT
from cnnscript.values.structs import Struct

COMMON: dict[str, Any] = {
    "__builtins__": {},  # a variable that is not set must not turn out to be one of Python's
    "_float": float,
    "_type": type,
    "_str": str,
    "_len": len,
    "_locals": locals,
    "_NameError": NameError,
    "_Exception": Exception,
    "_Return": calls.Return,
    "_unset": calls.UNSET,
    "_ndarray": np.ndarray,
    "_double": DOUBLE,
    "_object": OBJECT,
    "_Struct": Struct,
    "_EMPTY": EMPTY,
    "_COLON": COLON,
    "_DELETED": assignment.DELETED,
    "_getrefcount": getrefcount,
    "_scope": current_scope,
    # operators
    "_plus": operators.plus,
    "_minus": operators.minus,
    "_times": operators.times,
    "_mtimes": operators.mtimes,
    "_rdivide": operators.rdivide,
    "_mrdivide": operators.mrdivide,
    "_ldivide": operators.ldivide,
    "_mldivide": operators.mldivide,
    "_power": operators.power,
    "_mpower": operators.mpower,
    "_lt": operators.lt,
    "_le": operators.le,
    "_gt": operators.gt,
    "_ge": operators.ge,
    "_eq": operators.eq,
    "_ne": operators.ne,
    "_and": operators.and_,
    "_or": operators.or_,
    "_not": operators.not_,
    "_uminus": operators.uminus,
    "_uplus": operators.uplus,
    "_transpose": operators.transpose,
    "_ctranspose": operators.ctranspose,
    "_truth": operators.truth,
    "_short": operators.short_circuit,
    "_colon": ranges.colon,
    "_frange": ranges.frange,
    "_columns": ranges.columns,
    "_horzcat": concatenate.horzcat,
    "_vertcat": concatenate.vertcat,
    "_matrix_rows": concatenate.matrix_rows,
    "_cell_row": concatenate.cell_row,
    "_cell_rows": concatenate.cell_rows,
    # parts
    "_index": indexing.index,
    "_index1": indexing.index1,
    "_index2": indexing.index2,
    "_index3": indexing.index3,
    "_brace": indexing.brace,
    "_brace1": indexing.brace1,
    "_one": indexing.one,
    "_operand": indexing.operand,
    "_brace_operand": indexing.brace_operand,
    "_brace_single": indexing.brace_single,
    "_brace_list_single": indexing.brace_list_single,
    "_end_of": indexing.end_of,
    "_field_name": indexing.field_name,
    "_assign": assignment.assign,
    "_assign1": assignment.assign1,
    "_assign2": assignment.assign2,
    "_assign3": assignment.assign3,
    "_assign_brace": assignment.assign_brace,
    "_assign_brace1": assignment.assign_brace1,
    "_append": assignment.append,
    "_append_brace": assignment.append_brace,
    "_append_row": assignment.append_row,
    "_assign_path": assignment.assign_path,
    "_assign_list": assignment.assign_list,
    "_target_count": assignment.target_count,
    "_end_of_path": assignment.end_of_path,
    "_delete": assignment.delete,
    "_delete_by_text": assignment.delete_by_text,
    # calls
    "_call_value": calls.call_value,
    "_either": calls.either,
    "_anonymous": calls.anonymous,
    "_nested_handle": calls.nested_handle,
    "_outputs": calls.outputs,
    "_first_of": calls.first_of,
    "_wrapped": calls.wrapped,
    "_wrapped_list": calls.wrapped_list,
    "_listed": calls.listed,
    "_gathered": calls.gathered,
    "_missing_output": calls.missing_output,
    "_no_outputs": calls.no_outputs,
    "_no_value": calls.lost_value,
    "_span": calls.span,
    "_span_by": calls.span_by,
    "_counter": calls.counter,
    "_decides_or": calls.decides_or,
    "_decides_and": calls.decides_and,
    "_switch_on": calls.switch_on,
    "_matches": calls.matches,
    "_split_arguments": arguments.split_arguments,
    "_as_declared": arguments.as_declared,
    "_validate": arguments.validate,
    "_take_properties": arguments.take_properties,
    "_new_struct": Struct,
    "_leave": calls.leave,
    "_caught": calls.caught,
}


def namespace(unit: Any) -> dict[str, Any]:
    """The global names of one unit's code."""
    host = unit.host
    dots = calls.Dots(unit)
    names = dict(COMMON)
    names.update(
        _unit=unit,
        _globals=host.globals,
        _show=host.show,
        _shell=host.shell,
        _handle=unit.handle,
        _dot_call=dots.dot_call,
        _method_handle=dots.method_handle,
        _dot_one=dots.dot_one,
        _dot_single=dots.dot_single,
        _dot_operand=dots.dot_operand,
        _fields=dots.fields,
        _dot_outputs=dots.dot_outputs,
        _dot_statement=dots.dot_statement,
        _dot_tuple=dots.dot_tuple,
    )

    def assign_field(base: Any, name: str, rhs: Any) -> Any:
        """base.name = rhs: what the class's own code may write as it is given, written so."""
        if type(base) is Instance and not (definition := base.definition).indexes:
            found = definition.properties.get(name)
            if found is not None and (found.plain or found.own and found.definer is unit.definition):
                if not definition.is_handle and getrefcount(base) > sharing.ARGUMENT:
                    base = base.copied()
                base.values[name] = rhs
                return base
        own = getrefcount(base) <= sharing.ARGUMENT
        return assignment.field_written(base, name, rhs, own)

    def declare_global(name: str) -> None:
        host.globals.setdefault(name, EMPTY)
        unit.workspace_globals.add(name)

    def new_global(name: str) -> None:
        host.globals.setdefault(name, EMPTY)

    def metaclass(name: str) -> Any:
        from cnnscript.code.metaclasses import metaclass_named

        return metaclass_named(unit, name)

    names["_assign_field"] = assign_field
    names["_declare_global"] = declare_global
    names["_new_global"] = new_global
    names["_metaclass"] = metaclass
    return names
