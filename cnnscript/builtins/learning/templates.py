"""Templates of learners for fitcecoc: templateSVM, templateKNN, templateTree, templateLinear and others."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.registry import builtin
from cnnscript.display.containers import fields_body
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY
from cnnscript.values.objects import Object
from cnnscript.values.text import require_text

OPTIONS = {
    "SVM": ("BoxConstraint", "CacheSize", "DeltaGradientTolerance", "GapTolerance", "KKTTolerance", "IterationLimit",
            "KernelFunction", "KernelOffset", "KernelScale", "PolynomialOrder", "Nu", "OutlierFraction", "Solver",
            "Standardize", "Verbose", "SaveSupportVectors"),
    "KNN": ("NumNeighbors", "NSMethod", "Distance", "BucketSize", "IncludeTies", "DistanceWeight", "BreakTies",
            "Exponent", "Cov", "Scale", "Standardize"),
    "Tree": ("SplitCriterion", "MinParentSize", "MinLeafSize", "MaxNumSplits", "MergeLeaves", "Prune", "Surrogate",
             "NumVariablesToSample", "Reproducible"),
    "NaiveBayes": ("DistributionNames", "Kernel", "Support", "Width"),
    "Discriminant": ("DiscrimType", "Gamma", "Delta", "FillCoeffs"),
    "Linear": ("Learner", "Lambda", "Regularization", "Solver", "FitBias", "IterationLimit", "BetaTolerance",
               "GradientTolerance", "PassLimit", "BatchSize", "LearnRate"),
}  # fmt: skip


class Template(Object):
    """A kind of learner and its options (those that were given).

    type_given   whether 'Type' was: then all options are shown
    """

    class_name = "classreg.learning.FitTemplate"

    def __init__(self, method: str, options: dict[str, Any], type_given: bool):
        self.method, self.options, self.type_given = method, options, type_given

    def properties(self) -> dict[str, Any]:
        options = {name: self.options.get(name, EMPTY) for name in OPTIONS[self.method]}
        return {**options, "Method": self.method, "Type": "classification"}

    def disp(self, form: Any) -> str:
        if self.type_given:
            pairs = list(self.properties().items())
            return f"Fit template for classification {self.method}.\n{form.blank}{fields_body(pairs, form)}{form.blank}"
        pairs = list(self.options.items())
        return f"Fit template for {self.method}.\n{fields_body(pairs, form)}{form.blank}"


def made(method: str, given: tuple) -> Template:
    """A template from name-value pairs; the names are those of the function that trains such a learner."""
    if len(given) % 2:
        raise ScriptError("stats:template:BadArguments", "Arguments must occur in name-value pairs.")
    options, typed = {}, False
    for name, value in zip(given[::2], given[1::2], strict=True):
        word = take.choice(require_text(name, "Option name"), (*OPTIONS[method], "Type"), "Option")
        if word == "Type":
            if take.choice(value, ("classification", "regression"), "Type") == "regression":
                raise ScriptError("cnnscript:NotYet", "Templates for regression are not in cnnscript yet.")
            typed = True
        else:
            options[word] = value
    return Template(method, options, typed)


@builtin
def templateSVM(*given):
    """
    t = templateSVM
    t = templateSVM(Name, Value, ...)

    A support vector machine as the learner of fitcecoc; the options are those of fitcsvm.

    Examples
      >> t = templateSVM
      t =
      Fit template for SVM.
      >> t = templateSVM('KernelFunction', 'gaussian', 'Standardize', true)
      t =
      Fit template for SVM.
          KernelFunction: 'gaussian'
             Standardize: 1

    See also fitcecoc, fitcsvm, templateLinear.
    """
    return made("SVM", given)


@builtin
def templateKNN(*given):
    """
    t = templateKNN
    t = templateKNN(Name, Value, ...)

    Nearest neighbours as the learner of fitcecoc; the options are those of fitcknn.

    Examples
      >> t = templateKNN('NumNeighbors', 5)
      t =
      Fit template for KNN.
          NumNeighbors: 5

    See also fitcecoc, fitcknn.
    """
    return made("KNN", given)


@builtin
def templateTree(*given):
    """
    t = templateTree
    t = templateTree(Name, Value, ...)

    A decision tree as the learner of fitcecoc; the options are those of fitctree.

    Examples
      >> t = templateTree('MaxNumSplits', 5)
      t =
      Fit template for Tree.
          MaxNumSplits: 5

    See also fitcecoc, fitctree.
    """
    return made("Tree", given)


@builtin
def templateNaiveBayes(*given):
    """
    t = templateNaiveBayes
    t = templateNaiveBayes(Name, Value, ...)

    Naive Bayes as the learner of fitcecoc; the options are those of fitcnb.

    Examples
      >> t = templateNaiveBayes('DistributionNames', 'kernel')
      t =
      Fit template for NaiveBayes.
          DistributionNames: 'kernel'

    See also fitcecoc, fitcnb.
    """
    return made("NaiveBayes", given)


@builtin
def templateDiscriminant(*given):
    """
    t = templateDiscriminant
    t = templateDiscriminant(Name, Value, ...)

    Discriminant analysis as the learner of fitcecoc; the options are those of fitcdiscr.

    Examples
      >> t = templateDiscriminant('DiscrimType', 'quadratic')
      t =
      Fit template for Discriminant.
          DiscrimType: 'quadratic'

    See also fitcecoc, fitcdiscr.
    """
    return made("Discriminant", given)


@builtin
def templateLinear(*given):
    """
    t = templateLinear
    t = templateLinear(Name, Value, ...)

    A linear model as the learner of fitcecoc; the options are those of fitclinear.

    Examples
      >> t = templateLinear('Learner', 'logistic')
      t =
      Fit template for Linear.
          Learner: 'logistic'

    See also fitcecoc, fitclinear.
    """
    return made("Linear", given)
