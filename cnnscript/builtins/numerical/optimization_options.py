"""What solvers are told: optimset, optimget, optimoptions, and how the solvers read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.display.containers import field_text
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import text_or_none

SHOWN = ("off", "none", "iter", "iter-detailed", "notify", "notify-detailed", "final", "final-detailed")
FUNCTION, POSITIVE, SWITCH = "[ function | {[]} ]", "[ positive scalar ]", "[ on | {off} ]"
# the names of optimset in MATLAB's order, each with what it may be
SET = {
    "Display": "[ off | iter | iter-detailed | notify | notify-detailed | final | final-detailed ]",
    "MaxFunEvals": POSITIVE, "MaxIter": POSITIVE, "TolFun": POSITIVE, "TolX": POSITIVE, "FunValCheck": SWITCH,
    "OutputFcn": FUNCTION, "PlotFcns": FUNCTION, "ActiveConstrTol": POSITIVE,
    "Algorithm": "[ active-set | interior-point | interior-point-convex | levenberg-marquardt | sqp | "
    "trust-region-dogleg | trust-region-reflective ]",
    "AlwaysHonorConstraints": "[ none | {bounds} ]", "DerivativeCheck": SWITCH, "Diagnostics": SWITCH,
    "DiffMaxChange": "[ positive scalar | {Inf} ]", "DiffMinChange": "[ positive scalar | {0} ]",
    "FinDiffRelStep": "[ positive vector | positive scalar | {[]} ]", "FinDiffType": "[ {forward} | central ]",
    "GoalsExactAchieve": "[ positive scalar | {0} ]", "GradConstr": SWITCH, "GradObj": SWITCH, "HessFcn": FUNCTION,
    "Hessian": "[ user-supplied | bfgs | lbfgs | fin-diff-grads | on | off ]", "HessMult": FUNCTION,
    "HessPattern": "[ sparse matrix | {sparse(ones(numberOfVariables))} ]",
    "HessUpdate": "[ dfp | steepdesc | {bfgs} ]", "InitBarrierParam": "[ positive scalar | {0.1} ]",
    "InitTrustRegionRadius": "[ positive scalar | {sqrt(numberOfVariables)} ]", "Jacobian": SWITCH,
    "JacobMult": FUNCTION, "JacobPattern": "[ sparse matrix | {sparse(ones(Jrows,Jcols))} ]",
    "LargeScale": "[ on | off ]", "MaxNodes": "[ positive scalar | {1000*numberOfVariables} ]",
    "MaxPCGIter": "[ positive scalar | {max(1,floor(numberOfVariables/2))} ]",
    "MaxProjCGIter": "[ positive scalar | {2*(numberOfVariables-numberOfEqualities)} ]",
    "MaxSQPIter": "[ positive scalar | {10*max(numberOfVariables,numberOfInequalities+numberOfBounds)} ]",
    "MaxTime": "[ positive scalar | {7200} ]", "MeritFunction": "[ singleobj | {multiobj} ]",
    "MinAbsMax": "[ positive scalar | {0} ]", "NoStopIfFlatInfeas": SWITCH, "ObjectiveLimit": "[ scalar | {-1e20} ]",
    "PhaseOneTotalScaling": SWITCH, "Preconditioner": FUNCTION, "PrecondBandWidth": "[ positive scalar | 0 | Inf ]",
    "RelLineSrchBnd": "[ positive scalar | {[]} ]", "RelLineSrchBndDuration": "[ positive scalar | {1} ]",
    "ScaleProblem": "[ none | obj-and-constr | jacobian ]",
    "SubproblemAlgorithm": "[ cg | {ldl-factorization} ]", "TolCon": POSITIVE,
    "TolConSQP": "[ positive scalar | {1e-6} ]",
    "TolGradCon": "[ positive scalar | {1e-6} ]", "TolPCG": "[ positive scalar | {0.1} ]",
    "TolProjCG": "[ positive scalar | {1e-2} ]", "TolProjCGAbs": "[ positive scalar | {1e-10} ]",
    "TypicalX": "[ vector | {ones(numberOfVariables,1)} ]", "UseParallel": "[ logical scalar | true | {false} ]",
}  # fmt: skip
# names of older releases: optimset takes them and says nothing of them
OLDER = ("InitialHessType", "InitialHessMatrix", "LineSearchType", "Simplex")
# what the solvers of MATLAB itself take when nothing is said
DEFAULTS: dict[str, dict[str, Any]] = {
    "fzero": {"Display": "notify", "TolX": 2.220446049250313e-16, "FunValCheck": "off"},
    "fminbnd": {"Display": "notify", "MaxFunEvals": 500.0, "MaxIter": 500.0, "TolX": 1e-4, "FunValCheck": "off"},
    "fminsearch": {
        "Display": "notify", "MaxFunEvals": "200*numberOfVariables", "MaxIter": "200*numberOfVariables",
        "TolFun": 1e-4, "TolX": 1e-4, "FunValCheck": "off",
    },
    "lsqnonneg": {"Display": "notify", "TolX": "10*eps*norm(C,1)*length(C)"},
}  # fmt: skip
# the old names that mean the same as a new one
OLD = {
    "TolX": "StepTolerance", "MaxIter": "MaxIterations", "MaxFunEvals": "MaxFunctionEvaluations",
    "GradObj": "SpecifyObjectiveGradient", "Jacobian": "SpecifyObjectiveGradient", "DerivativeCheck": "CheckGradients",
    "FinDiffType": "FiniteDifferenceType", "FinDiffRelStep": "FiniteDifferenceStepSize", "PlotFcns": "PlotFcn",
    "TolCon": "ConstraintTolerance", "GradConstr": "SpecifyConstraintGradient", "TolFun": "FunctionTolerance",
    "JacobMult": "JacobianMultiplyFcn", "HessMult": "HessianMultiplyFcn", "HessFcn": "HessianFcn",
}  # fmt: skip
HIDDEN = ("Diagnostics", "FunValCheck", "InitDamping", "LargeScale", "DiffMaxChange", "DiffMinChange", "JacobPattern",
          "MaxPCGIter", "TolPCG", "PrecondBandWidth", "HessUpdate")  # fmt: skip


@dataclass(frozen=True)
class Solver:
    """A solver of optimoptions: its class, its algorithms (the first is the usual one), the options of each."""

    class_name: str
    algorithms: dict[str, dict[str, Any]]

    def names(self) -> list[str]:
        return sorted({name for options in self.algorithms.values() for name in options})


def shared(algorithm: str, count: str = "100*numberOfVariables", **more: Any) -> dict[str, Any]:
    """Options of one algorithm: those of all solvers, and more."""
    return {
        "Algorithm": algorithm, "CheckGradients": False, "Display": "final",
        "FiniteDifferenceStepSize": "sqrt(eps)", "FiniteDifferenceType": "forward", "MaxFunctionEvaluations": count,
        "MaxIterations": 400.0, "OptimalityTolerance": 1e-6, "OutputFcn": EMPTY, "PlotFcn": EMPTY,
        "SpecifyObjectiveGradient": False, "StepTolerance": 1e-6, "TypicalX": "ones(numberOfVariables,1)",
        "UseParallel": False, **more,
    }  # fmt: skip


def least_squares_solver(class_name: str) -> Solver:
    return Solver(class_name, {
        "trust-region-reflective": shared(
            "trust-region-reflective", FunctionTolerance=1e-6, JacobianMultiplyFcn=EMPTY,
            SubproblemAlgorithm="factorization",
        ),
        "levenberg-marquardt": shared(
            "levenberg-marquardt", "200*numberOfVariables", FunctionTolerance=1e-6, ScaleProblem="none"
        ),
    })  # fmt: skip


def quadratic_algorithms(usual: str) -> dict[str, dict[str, Any]]:
    return {
        usual: {
            "Algorithm": usual, "ConstraintTolerance": 1e-8, "Display": "final", "LinearSolver": "auto",
            "MaxIterations": 200.0, "OptimalityTolerance": 1e-8, "StepTolerance": 1e-12,
        },
        "active-set": {
            "Algorithm": "active-set", "ConstraintTolerance": 1e-8, "Display": "final",
            "MaxIterations": "10*(numberOfVariables+numberOfConstraints)", "ObjectiveLimit": -1e20,
            "OptimalityTolerance": 1e-8, "StepTolerance": 1e-8,
        },
        "trust-region-reflective": {
            "Algorithm": "trust-region-reflective", "Display": "final", "FunctionTolerance": 1e-6,
            "HessianMultiplyFcn": EMPTY, "JacobianMultiplyFcn": EMPTY, "MaxIterations": 200.0,
            "OptimalityTolerance": 1e-6, "StepTolerance": 1e-6, "SubproblemAlgorithm": "cg",
            "TypicalX": "ones(numberOfVariables,1)",
        },
    }  # fmt: skip


SOLVERS = {
    "fsolve": Solver("Fsolve", {
        "trust-region-dogleg": shared("trust-region-dogleg", FunctionTolerance=1e-6),
        "levenberg-marquardt": shared(
            "levenberg-marquardt", "200*numberOfVariables", FunctionTolerance=1e-6, ScaleProblem="none"
        ),
        "trust-region": shared(
            "trust-region", FunctionTolerance=1e-6, JacobianMultiplyFcn=EMPTY, SubproblemAlgorithm="factorization"
        ),
    }),
    "fminunc": Solver("Fminunc", {
        "quasi-newton": shared("quasi-newton", HessianApproximation="bfgs", ObjectiveLimit=-1e20),
        "trust-region": shared(
            "trust-region", FunctionTolerance=1e-6, HessianFcn=EMPTY, HessianMultiplyFcn=EMPTY,
            SubproblemAlgorithm="cg",
        ),
    }),
    "lsqnonlin": least_squares_solver("Lsqnonlin"),
    "lsqcurvefit": least_squares_solver("Lsqcurvefit"),
    "fmincon": Solver("Fmincon", {
        "interior-point": shared(
            "interior-point", ConstraintTolerance=1e-6, HessianApproximation="bfgs", HessianFcn=EMPTY,
            HessianMultiplyFcn=EMPTY, HonorBounds=True, MaxFunctionEvaluations=3000.0, MaxIterations=1000.0,
            ObjectiveLimit=-1e20, ScaleProblem=False, SpecifyConstraintGradient=False, StepTolerance=1e-10,
            SubproblemAlgorithm="factorization",
        ),
        **{word: shared(
            word, ConstraintTolerance=1e-6, ObjectiveLimit=-1e20, ScaleProblem=False, SpecifyConstraintGradient=False
        ) for word in ("sqp", "sqp-legacy")},
        "active-set": shared(
            "active-set", ConstraintTolerance=1e-6, FunctionTolerance=1e-6, SpecifyConstraintGradient=False
        ),
    }),
    "linprog": Solver("Linprog", {
        "dual-simplex-highs": {
            "Algorithm": "dual-simplex-highs", "ConstraintTolerance": 1e-7, "Display": "final",
            "MaxIterations": "10*(numberOfEqualities+numberOfInequalities+numberOfVariables)", "MaxTime": np.inf,
            "OptimalityTolerance": 1e-7,
        },
        "dual-simplex": {
            "Algorithm": "dual-simplex", "ConstraintTolerance": 1e-4, "Display": "final",
            "MaxIterations": "10*(numberOfEqualities+numberOfInequalities+numberOfVariables)", "MaxTime": np.inf,
            "OptimalityTolerance": 1e-7, "Preprocess": "basic",
        },
        "interior-point": {
            "Algorithm": "interior-point", "ConstraintTolerance": 1e-6, "Display": "final", "MaxIterations": 200.0,
            "OptimalityTolerance": 1e-6, "Preprocess": "basic",
        },
    }),
    "intlinprog": Solver("Intlinprog", {
        "highs": {
            "AbsoluteGapTolerance": 0.0, "Algorithm": "highs", "ConstraintTolerance": 1e-6, "Display": "iter",
            "IntegerTolerance": 1e-6, "MaxFeasiblePoints": np.inf, "MaxNodes": 1e7, "MaxTime": 7200.0,
            "ObjectiveCutOff": np.inf, "OutputFcn": EMPTY, "PlotFcn": EMPTY, "RelativeGapTolerance": 1e-4,
        },
        "legacy": {
            "AbsoluteGapTolerance": 0.0, "Algorithm": "legacy", "ConstraintTolerance": 1e-4, "Display": "iter",
            "IntegerTolerance": 1e-5, "MaxFeasiblePoints": np.inf, "MaxNodes": 1e7, "MaxTime": 7200.0,
            "ObjectiveCutOff": np.inf, "OutputFcn": EMPTY, "PlotFcn": EMPTY, "RelativeGapTolerance": 1e-4,
        },
    }),
    "quadprog": Solver("Quadprog", quadratic_algorithms("interior-point-convex")),
    "lsqlin": Solver("Lsqlin", quadratic_algorithms("interior-point")),
}  # fmt: skip


class SolverOptions(Object):
    """Options of one solver: those that were set, by their new names."""

    def __init__(self, solver: str, given: dict[str, Any]):
        self.solver, self.given = solver, given

    @property
    def class_name(self) -> str:  # type: ignore[override]
        return f"optim.options.{SOLVERS[self.solver].class_name}"

    def algorithm(self) -> str:
        return text_or_none(self.given.get("Algorithm")) or next(iter(SOLVERS[self.solver].algorithms))

    def property_names(self) -> list[str]:
        return SOLVERS[self.solver].names()

    def get(self, name: str) -> Any:
        word = OLD.get(name, name)
        if word in self.given:
            return self.given[word]
        options = SOLVERS[self.solver].algorithms
        for one in (options[self.algorithm()], *options.values()):
            if word in one:
                return one[word]
        if name in HIDDEN:
            return EMPTY
        raise self.no_property(name)

    def set(self, name: str, value: Any) -> SolverOptions:
        word = OLD.get(name, name)
        if word not in (*self.property_names(), *HIDDEN):
            raise self.no_property(name, setting=True)
        return SolverOptions(self.solver, {**self.given, word: self.checked(word, value)})

    def named(self, given: Any) -> str:
        """The option that a text names, in any letter case, by an unambiguous beginning or its old name."""
        text = take.text(given, "Option name")
        known = [*self.property_names(), *HIDDEN]
        folded = {name.lower(): name for name in known}
        folded.update({old.lower(): new for old, new in OLD.items() if new in known})
        word = text.lower()
        if word in folded:
            return folded[word]
        near = {name for key, name in folded.items() if key.startswith(word)}
        if len(near) == 1:
            return near.pop()
        solver = self.solver.upper()
        raise ScriptError(
            "optimlib:options:SolverOptions:InvalidOption",
            f"'{text}' is not an option for {solver}. A list of options can be found on the {solver} documentation "
            "page.",
            notes=("options: " + ", ".join(self.property_names()),),
        )

    def checked(self, name: str, value: Any) -> Any:
        if name == "Algorithm":
            return take.choice(value, tuple(SOLVERS[self.solver].algorithms), "Algorithm")
        if name == "Display":
            return take.choice(value, (*SHOWN, "testing"), "Display")
        if name == "FiniteDifferenceType":
            return take.choice(value, ("forward", "central"), "FiniteDifferenceType")
        if name in ("CheckGradients", "SpecifyObjectiveGradient", "SpecifyConstraintGradient", "UseParallel"):
            return take.flag(value, name)
        counted = name in ("FunctionTolerance", "OptimalityTolerance", "StepTolerance", "MaxIterations")
        if counted and (text_or_none(value) is not None or numel_of(value) != 1 or take.number(value, name) < 0):
            raise ScriptError(
                "optimlib:options:checkfield:notANonnegReal",
                f"Invalid value for OPTIONS parameter {name}: must be real non-negative scalar.",
            )
        return value

    def equals(self, other: Any) -> bool:
        return isinstance(other, SolverOptions) and self.solver == other.solver and (
            self.given.keys() == other.given.keys()
        )

    def components(self) -> Any:
        return Struct({"solver": self.solver, **{name: self.given[name] for name in sorted(self.given)}})

    def disp(self, form: Any) -> str:
        solver, gap, now = SOLVERS[self.solver], form.blank, self.algorithm()
        used = solver.algorithms[now]
        width = max(map(len, used)) + 4
        others = ", ".join(f"'{word}'" for word in sorted(solver.algorithms) if word != now)
        text = f"  {self.solver} options:\n{gap}   Options used by current Algorithm ('{now}'):\n"
        text += f"   (Other available algorithms: {others})\n{gap}"

        def rows(names: list[str]) -> str:
            return "".join(f"{name:>{width}}: {field_text(self.get(name), form)}\n" for name in names)

        told = sorted(name for name in used if name in self.given)
        text += "   Set properties:\n" + (rows(told) if told else "     No options set.\n")
        left = sorted(name for name in used if name not in self.given)
        text += f"{gap}   Default properties:\n{rows(left)}{gap}" if left else gap
        if set(solver.names()) - used.keys():
            text += f"   Show options not used by current Algorithm ('{now}')\n{gap}"
        return text


class Told:
    """What one call of a solver was told: a struct of optimset, an object of optimoptions, or nothing."""

    def __init__(self, solver: str, options: Any):
        self.solver = solver
        self.given: dict[str, Any] = {}
        if isinstance(options, SolverOptions):
            self.given = {name.lower(): value for name, value in options.given.items()}
        elif isinstance(options, Struct):
            old = {name.lower(): new.lower() for name, new in OLD.items()}
            for name, value in options.fields.items():
                if numel_of(value):
                    self.given[old.get(name.lower(), name.lower())] = value
        elif options is not None and numel_of(options):
            raise ScriptError(
                f"MATLAB:{solver}:ArgNotStruct",
                "The options must be a structure created with OPTIMSET or OPTIMOPTIONS.",
                notes=(f"got {described(options)}",),
            )  # fmt: skip

    def has(self, name: str) -> bool:
        return name.lower() in self.given

    def number(self, name: str, default: float) -> float:
        """A number; the texts that stand for usual values ('200*numberOfVariables') mean the usual value."""
        value = self.given.get(name.lower())
        if value is None or text_or_none(value) is not None or not numel_of(value):
            return default
        return take.number(value, name)

    def flag(self, name: str) -> bool:
        value = self.given.get(name.lower())
        return value is not None and bool(numel_of(value)) and take.flag(value, name)

    def word(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = self.given.get(name.lower())
        return take.choice(value, choices, name) if value is not None and numel_of(value) else default

    def display(self, default: str) -> str:
        """'none', 'iter', 'notify' or 'final'."""
        word = self.word("Display", (*SHOWN, "testing"), default)
        return "none" if word in ("off", "testing") else word.removesuffix("-detailed")

    def refuse(self, *names: str) -> None:
        """Options that change what happens and are not to be had."""
        for name in names:
            value = self.given.get(name.lower())
            if value is None or not numel_of(value) or (text_or_none(value) or "").lower() in ("off", "none"):
                continue
            if type(value) is bool and not value:
                continue
            raise ScriptError("cnnscript:NotYet", f"'{name}' of {self.solver} is not in cnnscript yet.")

    def watchers(self) -> list[Function]:
        """The functions that watch a run ('OutputFcn')."""
        value = self.given.get("outputfcn")
        if value is None or not numel_of(value):
            return []
        from cnnscript.values.numeric import is_cell

        return list(value.ravel("F")) if is_cell(value) else [value]


@builtin(outputs=1)
def optimset(session, nargout, /, *pairs):
    """
    optimset
    options = optimset(Name, Value, ...)
    options = optimset(oldopts, Name, Value, ...)
    options = optimset(oldopts, newopts)
    options = optimset(optimfun)

    Options for fzero, fminbnd, fminsearch, lsqnonneg and their kin as a struct; without arguments and outputs, a list
    of them.

    Examples
      >> options = optimset('TolX', 1e-8);
      >> optimget(options, 'TolX')
      ans =
         1.0000e-08
      >> options = optimset(options, 'Display', 'off'); {options.Display options.TolX}
      ans =
        1×2 cell array
          {'off'}    {[1.0000e-08]}
      >> options = optimset(options, optimset('TolX', 0.1)); options.TolX
      ans =
          0.1000
      >> options = optimset('fzero'); options.TolX == eps
      ans =
        logical
         1
      >> lines = splitlines(evalc('optimset')); strtrim(lines{2})
      ans =
          'MaxFunEvals: [ positive scalar ]'

    See also optimget, optimoptions, fzero, fminsearch.
    """
    if not pairs and not nargout:
        session.out.write("".join(f"{name:>23}: {may}\n" for name, may in SET.items()))
        return ()
    return set_options(list(pairs))


def set_options(pairs: list) -> Struct:
    fields: dict[str, Any] = dict.fromkeys(SET, EMPTY)
    if len(pairs) == 1 and not isinstance(pairs[0], Struct):
        name = pairs[0].text.lstrip("@") if type(pairs[0]) is Function else take.text(pairs[0], "Function name")
        word = name.lower()
        if word in DEFAULTS:
            return Struct({**fields, **DEFAULTS[word]})
        if word in SOLVERS:
            usual = next(iter(SOLVERS[word].algorithms.values()))
            old = {new: old for old, new in OLD.items() if old not in ("Jacobian", "GradObj")}
            return Struct({**fields, **{old.get(key, key): v for key, v in usual.items() if old.get(key, key) in SET}})
        raise ScriptError(
            "MATLAB:optimset:FcnNotFoundOnPath",
            f"No default options available: the function '{name}' does not exist on the path.",
        )
    while pairs and (isinstance(pairs[0], Struct) or not numel_of(pairs[0])):
        if isinstance(pairs[0], Struct):
            said = pairs[0].fields.items()
            fields.update({key: value for key, value in said if numel_of(value) or key not in fields})
        pairs.pop(0)
    if len(pairs) % 2:
        raise ScriptError("MATLAB:optimset:ArgNameValueMismatch", "Arguments must occur in name-value pairs.")
    for given, value in zip(pairs[::2], pairs[1::2], strict=True):
        name = option_named(given)
        fields[name] = checked_option(name, value)
    known = {name.lower(): name for name in SET}
    return Struct({known.get(name.lower(), name): value for name, value in fields.items()})


def option_named(given: Any) -> str:
    word = text_or_none(given)
    if word is None:
        raise ScriptError(
            "MATLAB:optimset:InvalidParamName", "Expected argument to be a character vector that names a parameter.",
            notes=(f"got {described(given)}",),
        )  # fmt: skip
    near = [name for name in (*SET, *OLDER) if name.lower().startswith(word.lower())]
    exact = [name for name in near if len(name) == len(word)]
    if exact or len(near) == 1:
        return (exact or near)[0]
    if near:
        raise ScriptError(
            "MATLAB:optimset:AmbiguousParamName",
            f"Ambiguous parameter name '{word}' ({', '.join(near)}).",
        )
    raise ScriptError(
        "MATLAB:optimset:InvalidParamName",
        f"Unrecognized parameter name '{word}'. Please see the optimset reference page in the documentation for a list "
        "of acceptable option parameters. Link to options table.",
    )


def checked_option(name: str, value: Any) -> Any:
    """The value where it may be one of the option's."""

    def refuse(must: str) -> ScriptError:
        return ScriptError(
            f"MATLAB:optimfun:optimset:{name}", f"Invalid value for OPTIONS parameter {name}: must be {must}.",
            notes=(f"got {described(value)}",),
        )  # fmt: skip

    text = text_or_none(value)
    if not numel_of(value):
        return value
    if name == "Display":
        if (text or "").lower() not in SHOWN:
            raise refuse(", ".join(f"'{word}'" for word in SHOWN[:-1]) + f" or '{SHOWN[-1]}'")
        return text.lower() if text else value
    if name in ("TolX", "TolFun", "TolCon"):
        if text is not None or numel_of(value) != 1 or take.number(value, name) < 0:
            raise refuse("a real non-negative scalar")
    elif name in ("MaxFunEvals", "MaxIter"):
        if text is None and (numel_of(value) != 1 or take.number(value, name) % 1):
            raise refuse("a real integer")
    elif name == "FunValCheck" and (text or "").lower() not in ("on", "off"):
        raise refuse("'off' or 'on'")
    return value


@builtin
def optimget(options, name, default=None, /, *more):
    """
    optimget(options, name)
    optimget(options, name, default)

    One of the options of optimset.

    Examples
      >> optimget(optimset('MaxIter', 10), 'MaxIter')
      ans =
          10
      >> optimget(optimset('TolX', []), 'TolX', 0.1)
      ans =
          0.1000

    See also optimset.
    """
    if more and not (len(more) == 1 and text_or_none(more[0]) == "fast"):
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if isinstance(options, SolverOptions):
        return options.get(options.named(name))
    if not isinstance(options, Struct):
        if numel_of(options) == 0:
            return EMPTY if default is None else default
        raise ScriptError(
            "MATLAB:optimget:Arg1NotStruct",
            "First argument must be an options structure created with OPTIMSET.",
            notes=(f"got {described(options)}",),
        )
    word = option_named(name).lower() if not more else take.text(name, "Option name").lower()
    found = next((value for key, value in options.fields.items() if key.lower() == word), EMPTY)
    return default if default is not None and not numel_of(found) else found


@builtin
def optimoptions(solver, /, *given):
    """
    options = optimoptions(SolverName)
    options = optimoptions(SolverName, Name, Value, ...)
    options = optimoptions(oldoptions, Name, Value, ...)
    options = optimoptions(SolverName, oldoptions)

    Options for fsolve, fminunc, fmincon, lsqnonlin, lsqcurvefit, lsqlin, linprog, intlinprog and quadprog, as an object
    with a property each.

    Examples
      >> options = optimoptions('fsolve', 'Display', 'off', 'FunctionTolerance', 1e-10); options.Display
      ans =
          'off'
      >> options = optimoptions(options, 'Display', 'iter'); options.Display
      ans =
          'iter'
      >> options = optimoptions('fminunc', options); options.MaxIterations
      ans =
         400
      >> options = optimoptions('fminunc')
      options =
        fminunc options:
         Options used by current Algorithm ('quasi-newton'):
         (Other available algorithms: 'trust-region')
         Set properties:
           No options set.
         Default properties:
                         Algorithm: 'quasi-newton'
                    CheckGradients: 0
                           Display: 'final'
          FiniteDifferenceStepSize: 'sqrt(eps)'
              FiniteDifferenceType: 'forward'
              HessianApproximation: 'bfgs'
            MaxFunctionEvaluations: '100*numberOfVariables'
                     MaxIterations: 400
                    ObjectiveLimit: -1.0000e+20
               OptimalityTolerance: 1.0000e-06
                         OutputFcn: []
                           PlotFcn: []
          SpecifyObjectiveGradient: 0
                     StepTolerance: 1.0000e-06
                          TypicalX: 'ones(numberOfVariables,1)'
                       UseParallel: 0
         Show options not used by current Algorithm ('quasi-newton')

    See also optimset, fsolve, fminunc.
    """
    pairs = list(given)
    if isinstance(solver, SolverOptions):
        options = solver
    else:
        name = solver.text if type(solver) is Function else take.text(solver, "SolverName")
        word = name.lstrip("@").lower()
        if word not in SOLVERS:
            raise ScriptError(
                "optimlib:options:createSolverOptions:InvalidSolver",
                "Invalid solver specified. Provide a solver name or handle (such as 'fmincon' or @fminunc).\n"
                "Type DOC OPTIMOPTIONS for a list of solvers.",
                notes=("solvers here: " + ", ".join(sorted(SOLVERS)),),
                hint=f"{word} takes options of optimset" if word in DEFAULTS else None,
            )
        options = SolverOptions(word, {})
        if pairs and isinstance(pairs[0], SolverOptions):
            before = pairs.pop(0).given
            known = (*options.property_names(), *HIDDEN)
            fits = SOLVERS[word].algorithms
            options = SolverOptions(word, {
                key: value for key, value in before.items()
                if key in known and (key != "Algorithm" or text_or_none(value) in fits)
            })  # fmt: skip
    if len(pairs) % 2:
        raise ScriptError("optim:options:NameValuePairs", "Options must occur in name-value pairs.")
    for key, value in zip(pairs[::2], pairs[1::2], strict=True):
        options = options.set(options.named(key), value)
    return options
