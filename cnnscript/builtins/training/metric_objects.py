"""accuracyMetric and its kind: metrics with properties of their own, for trainingOptions and testnet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnnscript.builtins.networks.layer_checks import as_argument
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.training import option_checks as checks
from cnnscript.engine.training import metrics
from cnnscript.engine.training.metrics import Averaging, Metric
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.named_values import NamedValues
from cnnscript.values.numeric import EMPTY, numel_of
from cnnscript.values.text import String


def label(value: Any) -> String:
    return String.of(take.text(value, "input"))


def network_output(value: Any) -> Any:
    """[], or the name of an output."""
    return EMPTY if numel_of(value) == 0 else label(value)


def string_of(*options: str) -> Callable[[Any], String]:
    return lambda value: String.of(take.choice(value, options, "input"))


AVERAGE = string_of("micro", "macro", "weighted")
MODE = string_of("single-label", "multilabel")
FACTOR = string_of("all-elements", "batch-size")
MACRO, SINGLE = String.of("macro"), String.of("single-label")

# class → (name, Maximize, properties: default and check), in the order in which MATLAB shows them
KINDS: dict[str, tuple[str, bool, dict[str, tuple[Any, checks.Check]]]] = {
    "AccuracyMetric": ("Accuracy", True, {
        "NumTopKClasses": (1.0, checks.count), "AverageType": (String.of("micro"), AVERAGE),
        "ClassificationMode": (SINGLE, MODE),
    }),
    "AUCMetric": ("AUC", True, {"AverageType": (MACRO, AVERAGE)}),
    "FScoreMetric": ("FScore", True, {
        "Beta": (1.0, checks.positive), "AverageType": (MACRO, AVERAGE), "ClassificationMode": (SINGLE, MODE)
    }),
    "PrecisionMetric": ("Precision", True, {"AverageType": (MACRO, AVERAGE), "ClassificationMode": (SINGLE, MODE)}),
    "RecallMetric": ("Recall", True, {"AverageType": (MACRO, AVERAGE), "ClassificationMode": (SINGLE, MODE)}),
    "RMSEMetric": ("RMSE", False, {"NormalizationFactor": (String.of("all-elements"), FACTOR)}),
    "MAPEMetric": ("MAPE", False, {"NormalizationFactor": (String.of("all-elements"), FACTOR)}),
    "RSquaredMetric": ("RSquared", True, {}),
}  # fmt: skip
BY_NAME = {
    "accuracy": "AccuracyMetric", "auc": "AUCMetric", "fscore": "FScoreMetric", "precision": "PrecisionMetric",
    "recall": "RecallMetric", "rmse": "RMSEMetric", "mape": "MAPEMetric", "rsquared": "RSquaredMetric",
}  # fmt: skip


class MetricObject(NamedValues):
    """A metric: a value of which only the name can be changed."""

    def __init__(self, kind: str, values: dict[str, Any]):
        super().__init__(values)
        self.kind = kind
        self.class_name = f"deep.metric.{kind}"  # type: ignore[misc]

    @classmethod
    def of(cls, kind: str, given: dict[str, Any]) -> MetricObject:
        title, larger, own = KINDS[kind]
        known: dict[str, tuple[Any, checks.Check]] = {
            "Name": (String.of(title), label), **own, "NetworkOutput": (EMPTY, network_output)
        }  # fmt: skip
        values = {
            name: default if given.get(name) is None else as_argument(name, check, given[name])
            for name, (default, check) in known.items()
        }
        if values.get("NumTopKClasses", 1) > 1 and values["ClassificationMode"] != SINGLE:
            raise ScriptError(
                "nnet_cnn:metric:TopKMultilabel",
                "NumTopKClasses must be 1 when ClassificationMode is 'multilabel'.",
            )
        return cls(kind, values | {"Maximize": larger})

    @classmethod
    def kept(cls, kind: str, values: dict[str, Any]) -> MetricObject:
        """The metric that a file holds.  Raises KeyError, ValueError where it is none."""
        if values.keys() != cls.of(kind, {}).values.keys():
            raise ValueError(f"{sorted(values)} are not the properties of a {kind}")
        return cls(kind, values)

    @property
    def title(self) -> str:
        return take.text(self.values["Name"], "Name")

    def checked(self, name: str, value: Any) -> Any:
        if name != "Name":
            raise self.read_only(name)  # in MATLAB, too
        return as_argument(name, label, value)

    def measure(self) -> Metric:
        """What the engine computes."""
        title, get = self.title, {name: value for name, value in self.values.items()}
        word = {name: take.text(value, name) for name, value in get.items() if type(value) is String}
        averaging = Averaging(
            word.get("AverageType", "macro"), word.get("ClassificationMode") == "multilabel",
            int(get.get("NumTopKClasses", 1)),
        )  # fmt: skip
        of_batch = word.get("NormalizationFactor") == "batch-size"
        makers: dict[str, Callable[[], Metric]] = {
            "AccuracyMetric": lambda: metrics.accuracy(title, averaging),
            "AUCMetric": lambda: metrics.area_under_curve(title, averaging.kind),
            "FScoreMetric": lambda: metrics.f_score(title, averaging, get["Beta"]),
            "PrecisionMetric": lambda: metrics.precision(title, averaging),
            "RecallMetric": lambda: metrics.recall(title, averaging),
            "RMSEMetric": lambda: metrics.root_mean_square(title, of_batch),
            "MAPEMetric": lambda: metrics.mean_percentage(title, of_batch),
            "RSquaredMetric": lambda: metrics.determination(title),
        }
        return makers[self.kind]()


@builtin(name="accuracyMetric")
def accuracy_metric(session, /, *, Name=None, NumTopKClasses=None, AverageType=None, ClassificationMode=None,
                    NetworkOutput=None):  # fmt: skip
    """
    metric = accuracyMetric
    metric = accuracyMetric(Name=Value)

    The share of observations whose class a network tells, in per cent: a metric for the option Metrics of
    trainingOptions and for testnet.

    Options
      Name                what tables and plots call it ("Accuracy")
      NumTopKClasses      right is where the true class is among so many of the largest scores (1)
      AverageType         "micro" (all observations alike), "macro" (mean over the classes), "weighted"
      ClassificationMode  "single-label", or "multilabel": scores of 0.5 and more tell labels
      NetworkOutput       [], or the name of the output that it is of

    Examples
      >> metric = accuracyMetric(NumTopKClasses=5,Name="Top5")
      metric =
        AccuracyMetric with properties:

                        Name: "Top5"
              NumTopKClasses: 5
                 AverageType: "micro"
          ClassificationMode: "single-label"
               NetworkOutput: []
                    Maximize: 1

    See also trainingOptions, testnet, fScoreMetric, precisionMetric, recallMetric, aucMetric.
    """
    return MetricObject.of("AccuracyMetric", locals())


@builtin(name="aucMetric")
def auc_metric(session, /, *, Name=None, AverageType=None, NetworkOutput=None):
    """
    metric = aucMetric
    metric = aucMetric(Name=Value)

    The area under the ROC curve, each class against all others: a metric for trainingOptions and testnet.

    Options
      Name           what tables and plots call it ("AUC")
      AverageType    "macro" (mean over the classes), "weighted" (by their observations), "micro" (all scores together)
      NetworkOutput  [], or the name of the output that it is of

    Examples
      >> net = dlnetwork([featureInputLayer(2); softmaxLayer]); X = [3 1; 2 1; 0 1; 5 4];
      >> testnet(net,X,categorical([1;1;2;2]),aucMetric)
      ans =
          0.8750

    See also trainingOptions, testnet, rocmetrics, accuracyMetric.
    """
    return MetricObject.of("AUCMetric", locals())


@builtin(name="fScoreMetric")
def f_score_metric(session, /, *, Name=None, Beta=None, AverageType=None, ClassificationMode=None, NetworkOutput=None):
    """
    metric = fScoreMetric
    metric = fScoreMetric(Name=Value)

    The F-score, the mean of precision and recall: a metric for trainingOptions and testnet.

    Options
      Name                what tables and plots call it ("FScore")
      Beta                how much more recall weighs than precision (1)
      AverageType         "macro" (mean over the classes), "weighted" (by their observations), "micro"
      ClassificationMode  "single-label", or "multilabel": scores of 0.5 and more tell labels
      NetworkOutput       [], or the name of the output that it is of

    Examples
      >> net = dlnetwork([featureInputLayer(2); softmaxLayer]); X = [3 1; 2 1; 0 1; 5 4];
      >> testnet(net,X,categorical([1;1;2;2]),{fScoreMetric,fScoreMetric(Beta=2)})
      ans =
          0.7333    0.7323

    See also trainingOptions, testnet, precisionMetric, recallMetric.
    """
    return MetricObject.of("FScoreMetric", locals())


@builtin(name="precisionMetric")
def precision_metric(session, /, *, Name=None, AverageType=None, ClassificationMode=None, NetworkOutput=None):
    """
    metric = precisionMetric
    metric = precisionMetric(Name=Value)

    How many of the observations that are told to be of a class are: a metric for trainingOptions and testnet.

    Options
      Name                what tables and plots call it ("Precision")
      AverageType         "macro" (mean over the classes), "weighted" (by their observations), "micro"
      ClassificationMode  "single-label", or "multilabel": scores of 0.5 and more tell labels
      NetworkOutput       [], or the name of the output that it is of

    Examples
      >> net = dlnetwork([featureInputLayer(2); softmaxLayer]); X = [3 1; 2 1; 0 1; 5 4];
      >> testnet(net,X,categorical([1;1;2;2]),precisionMetric)
      ans =
          0.8333

    See also trainingOptions, testnet, recallMetric, fScoreMetric.
    """
    return MetricObject.of("PrecisionMetric", locals())


@builtin(name="recallMetric")
def recall_metric(session, /, *, Name=None, AverageType=None, ClassificationMode=None, NetworkOutput=None):
    """
    metric = recallMetric
    metric = recallMetric(Name=Value)

    How many of the observations of a class are told to be of it: a metric for trainingOptions and testnet.

    Options
      Name                what tables and plots call it ("Recall")
      AverageType         "macro" (mean over the classes), "weighted" (by their observations), "micro"
      ClassificationMode  "single-label", or "multilabel": scores of 0.5 and more tell labels
      NetworkOutput       [], or the name of the output that it is of

    Examples
      >> net = dlnetwork([featureInputLayer(2); softmaxLayer]); X = [3 1; 2 1; 0 1; 5 4];
      >> testnet(net,X,categorical([1;1;2;2]),recallMetric)
      ans =
          0.7500

    See also trainingOptions, testnet, precisionMetric, fScoreMetric.
    """
    return MetricObject.of("RecallMetric", locals())


@builtin(name="rmseMetric")
def rmse_metric(session, /, *, Name=None, NormalizationFactor=None, NetworkOutput=None):
    """
    metric = rmseMetric
    metric = rmseMetric(Name=Value)

    The root of the mean squared error: a metric for trainingOptions and testnet.

    Options
      Name                 what tables and plots call it ("RMSE")
      NormalizationFactor  what the sum is divided by: "all-elements", or "batch-size", the number of observations
      NetworkOutput        [], or the name of the output that it is of

    Examples
      >> net = dlnetwork([featureInputLayer(2); softmaxLayer]);
      >> testnet(net,[0 0; 1 1],[1 0; 0 1],{rmseMetric,rmseMetric(NormalizationFactor="batch-size")})
      ans =
          0.5000    0.7071

    See also trainingOptions, testnet, mapeMetric, rSquaredMetric.
    """
    return MetricObject.of("RMSEMetric", locals())


@builtin(name="mapeMetric")
def mape_metric(session, /, *, Name=None, NormalizationFactor=None, NetworkOutput=None):
    """
    metric = mapeMetric
    metric = mapeMetric(Name=Value)

    The mean absolute error in per cent of the targets: a metric for trainingOptions and testnet.

    Options
      Name                 what tables and plots call it ("MAPE")
      NormalizationFactor  what the sum is divided by: "all-elements", or "batch-size", the number of observations
      NetworkOutput        [], or the name of the output that it is of

    Examples
      >> net = dlnetwork([featureInputLayer(2); softmaxLayer]);
      >> testnet(net,[0 0],[1 0.4],mapeMetric)
      ans =
         37.5000

    See also trainingOptions, testnet, rmseMetric, rSquaredMetric.
    """
    return MetricObject.of("MAPEMetric", locals())


@builtin(name="rSquaredMetric")
def r_squared_metric(session, /, *, Name=None, NetworkOutput=None):
    """
    metric = rSquaredMetric
    metric = rSquaredMetric(Name=Value)

    The coefficient of determination R²: a metric for trainingOptions and testnet.

    Options
      Name           what tables and plots call it ("RSquared")
      NetworkOutput  [], or the name of the output that it is of

    Examples
      >> net = dlnetwork([featureInputLayer(2); softmaxLayer]);
      >> testnet(net,[0 0; log(3) 0],[0.5 0.5; 1 0],rSquaredMetric)
      ans =
          0.7500

    See also trainingOptions, testnet, rmseMetric, mapeMetric.
    """
    return MetricObject.of("RSquaredMetric", locals())
