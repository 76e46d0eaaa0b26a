"""functionLayer: a layer that is a function of the script."""

from __future__ import annotations

from cnnscript.builtins.networks import layer_checks as checks
from cnnscript.builtins.networks.custom_layers import function_call
from cnnscript.builtins.networks.layer_checks import as_argument
from cnnscript.builtins.networks.layer_making import layer_maker, made
from cnnscript.display.containers import handle_text
from cnnscript.engine.function_layers import FunctionLayer
from cnnscript.errors import ScriptError
from cnnscript.values import take


@layer_maker
def functionLayer(
    fun, /, *, NumInputs=None, InputNames=None, NumOutputs=1.0, OutputNames=None, Formattable=False,
    Acceleratable=False, Description=None, Name=""
):  # fmt: skip
    """
    layer = functionLayer(fun)
    layer = functionLayer(fun,Name=Value)

    A layer that is a function of the script.

    fun takes single arrays, height x width x channels x images, one for each input, and gives one such array.

    Options
      NumInputs      number of inputs; by default as many as fun has
      InputNames     names of the inputs; by default 'in', or 'in1', 'in2', ...
      NumOutputs     only 1
      OutputNames    only 'out'
      Formattable    fun takes formatted arrays (default false)
      Acceleratable  fun may be accelerated (default false; it makes no difference here)
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
    if as_argument("NumOutputs", checks.count, NumOutputs) != 1 or (
        OutputNames is not None and take.texts(OutputNames, "OutputNames") != ["out"]
    ):
        raise ScriptError("cnnscript:NotYet", "Function layers of several or renamed outputs are not in cnnscript yet.")
    if as_argument("Formattable", checks.flag, Formattable):
        raise ScriptError(
            "cnnscript:NotYet",
            "Function layers that take formatted dlarrays are not in cnnscript yet.",
            hint="without Formattable the function gets arrays: height x width x channels x images",
        )
    count = function.inputs if function.inputs is not None and function.inputs > 0 else 1
    if NumInputs is not None:
        count = as_argument("NumInputs", checks.count, NumInputs)
    names = ("in",) if count == 1 else tuple(f"in{i + 1}" for i in range(count))
    if InputNames is not None:
        names = tuple(take.texts(InputNames, "InputNames"))
        if NumInputs is not None and len(names) != count:
            raise ScriptError(
                "nnet_cnn:layer:FunctionLayer:NumInputsMismatch",
                "The number of input names must match the number of inputs.",
                notes=(f"{len(names)} names, {count} inputs",),
            )
    layer = FunctionLayer(
        predict_fcn=function,
        call=function_call(function),
        inputs=names,
        acceleratable=as_argument("Acceleratable", checks.flag, Acceleratable),
        description=handle_text(function) if Description is None else take.text(Description, "Description"),
    )
    return made(layer, {"Name": Name})
