"""functionLayer: a layer that is a function of the script."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.layer_checks import as_argument
from cnnscript.builtins.networks.layer_making import layer_maker, made
from cnnscript.builtins.networks.script_calls import FunctionCall
from cnnscript.display.containers import handle_text
from cnnscript.engine.function_layers import FunctionLayer
from cnnscript.errors import ScriptError
from cnnscript.values import take


@layer_maker
def functionLayer(
    fun, /, *, NumInputs=None, InputNames=None, NumOutputs=None, OutputNames=None, Formattable=False,
    Acceleratable=False, Description=None, Name=""
):  # fmt: skip
    """
    layer = functionLayer(fun)
    layer = functionLayer(fun,Name=Value)

    A layer that is a function of the script.

    fun takes a dlarray for each input, height x width x channels x images (of sequences channels x sequences x steps,
    in a dlnetwork channels x images of what has no spatial dimensions), and gives such arrays, one for each output.

    Options
      NumInputs      number of inputs; by default as many as fun has
      InputNames     names of the inputs; by default 'in', or 'in1', 'in2', ...
      NumOutputs     number of outputs (default 1); each must feed another layer where there are several
      OutputNames    names of the outputs; by default 'out', or 'out1', 'out2', ...
      Formattable    fun takes and gives dlarrays with labels: SSCB, CB or CBT (default false)
      Acceleratable  fun may be traced: it always does the same operations, and draws no random numbers (default false)
      Description    what layer arrays print of it; by default the function

    Examples
      >> layers = [functionLayer(@(X) X./(1+abs(X)),'Description','softsign'); reluLayer]
      layers =
        2×1 Layer array with layers:
           1   ''   Function   softsign
           2   ''   ReLU       ReLU
      >> functionLayer(@(X) 2*X,'Name','twice')
      ans =
        FunctionLayer with properties:
                   Name: 'twice'
             PredictFcn: @(X)2*X
            Formattable: 0
          Acceleratable: 0
         Learnable Parameters
          No properties.
         State Parameters
          No properties.
        Show all properties

    See also additionLayer, identityLayer, scalingLayer.
    """
    function = as_argument("fun", take.function, fun)
    formatted = as_argument("Formattable", checks.flag, Formattable)
    inputs = ports("Input", "in", NumInputs, InputNames, function.inputs)
    outputs = ports("Output", "out", NumOutputs, OutputNames, 1)
    layer = FunctionLayer(
        predict_fcn=function,
        call=FunctionCall(function, len(outputs), formatted),
        inputs=inputs,
        outputs=outputs,
        formattable=formatted,
        acceleratable=as_argument("Acceleratable", checks.flag, Acceleratable),
        description=handle_text(function) if Description is None else take.text(Description, "Description"),
    )
    return made(layer, {"Name": Name})


def ports(side: str, word: str, number: Any, names: Any, otherwise: int | None) -> tuple[str, ...]:
    """The names of the inputs or outputs, from how many there are and what they are called.

    side: 'Input' or 'Output'.  otherwise: how many there are where nothing says so; None or below 1: one.
    """
    count = otherwise if otherwise is not None and otherwise > 0 else 1
    if number is not None:
        count = as_argument(f"Num{side}s", checks.ports, number)
    if names is None:
        return (word,) if count == 1 else tuple(f"{word}{i + 1}" for i in range(count))
    found = tuple(take.texts(names, f"{side}Names"))
    if len(set(found)) < len(found) or not all(found):
        raise ScriptError(
            f"nnet_cnn:layer:FunctionLayer:{side}NamesNotUnique",
            f"The {side.lower()} names must be unique and nonempty.",
            notes=("got " + ", ".join(f"'{name}'" for name in found),),
        )
    if number is not None and len(found) != count:
        raise ScriptError(
            f"nnet_cnn:layer:FunctionLayer:Num{side}sMismatch",
            f"The number of {side.lower()} names must match the number of {side.lower()}s.",
            notes=(f"{len(found)} names, {count} {side.lower()}s",),
        )
    return found
