"""Weights of trained networks, which are here and how to come by the others: weights."""

from __future__ import annotations

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text
from cnnscript.engine.weights_commands import weights_text
from cnnscript.errors import ScriptError


@builtin
def weights(session, nargout, /, *args):
    """
    weights list
    weights list NAME
    weights status
    weights get NAME
    weights add NAME FILE
    weights verify NAME
    weights path
    text = weights(...)

    The weights that trained networks come with: which are here, where others are to be had.

    list names all networks with the size of their weights and whether they are here, or the sources of one. get fetches
    the weights of networks, checks and converts them once; sources whose content no known hash can check are used with
    `--unchecked` only. add takes a file that you have: ONNX, Keras .h5, Caffe, PyTorch, Darknet, MATLAB parameters.
    verify reads what is here to its last byte. path is the folder that new weights go to: the one in the environment
    variable CNNSCRIPT_WEIGHTS, else your own data folder. CNNSCRIPT_OFFLINE=1 forbids downloads. This function is
    cnnscript's own; `cnnscript weights` on the command line does the same.

    Examples
      >> text = weights('list'); startsWith(text, 'network')
      ans =
        logical
         1
      >> text = weights('verify', 'squeezenet'); startsWith(text, 'squeezenet: ')
      ans =
        logical
         1
      >> text = weights('list', 'alexnet'); contains(text, 'bvlcalexnet-12.onnx')
      ans =
        logical
         1
      >> try, weights('add', 'alexnet', 'no_such_file.onnx'), catch e, disp(e.message), end
      There is no file 'no_such_file.onnx'.
      >> text = weights('get', 'squeezenet'); text = weights('status');
      >> folder = weights('path');

    See also squeezenet, alexnet, load.
    """
    words = [one_text(word, "weights", "Input") for word in args]
    text, well = weights_text(session.zoo, words)
    if not well:
        lines = tuple(text.split("\n"))
        raise ScriptError("cnnscript:weights:Damaged", "Weights are not here or damaged.", notes=lines)
    if nargout:
        return text
    session.out.write(text + "\n")
    return None
