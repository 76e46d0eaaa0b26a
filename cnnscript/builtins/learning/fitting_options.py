"""Options that functions share which fit models: what counts as left out, and what says how a run goes and prints."""

from __future__ import annotations

from typing import Any

from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray
from cnnscript.values.structs import Struct
from cnnscript.values.text import is_text, text_or_none

CROSS = ("CrossVal", "CVPartition", "Holdout", "KFold", "Leaveout")


def empty(value: Any) -> bool:
    return value is None or isinstance(value, ndarray) and value.size == 0


def refuse_search(value: Any, name: str, how: Any = None) -> None:
    """Hyperparameters are not searched for here.  how: the structure that would say how."""
    if not empty(how) and not isinstance(how, Struct):
        raise take.wanted("a structure", "HyperparameterOptimizationOptions", how)
    if empty(value) or (is_text(value) and (text_or_none(value) or "").lower() == "none"):
        return
    raise ScriptError(
        "cnnscript:NotYet", f"'OptimizeHyperparameters' of {name} is not in cnnscript yet.",
        hint="try values in a loop with crossval and kfoldLoss",
    )  # fmt: skip


def check_run_options(options: dict, name: str) -> None:
    """What says how a training runs and prints, not what it finds: checked, and refused where it would be seen."""
    verbose = options.get("Verbose")
    if not empty(verbose) and take.number(verbose, "Verbose") != 0:
        raise ScriptError("cnnscript:NotYet", f"'Verbose' other than 0 is not in cnnscript's {name} yet.")
    cache = options.get("CacheSize")
    if not empty(cache) and (is_text(cache) or take.number(cache, "CacheSize") <= 0):
        take.choice(cache, ("maximal",), "CacheSize")
    for word in ("BucketSize", "NumConcurrent"):
        if not empty(options.get(word)):
            take.positive(options[word], word)
    for word in ("PassLimit", "BatchSize", "LearnRate"):
        if not empty(options.get(word)):
            raise ScriptError(
                "cnnscript:NotYet",
                f"'{word}' of {name} belongs to the solvers 'sgd' and 'asgd', which are not run here.",
                hint="without it the minimum that they look for is found to the end",
            )  # fmt: skip
    for word in ("BetaTolerance", "GradientTolerance"):  # the minimum is found closer than they ask
        if not empty(options.get(word)) and take.number(options[word], word) < 0:
            raise take.wanted("a nonnegative number", word, options[word])
    if not empty(options.get("Options")) and not isinstance(options["Options"], Struct):
        raise take.wanted("a structure made by statset", "Options", options["Options"])
