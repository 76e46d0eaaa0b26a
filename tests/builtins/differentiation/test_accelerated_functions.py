"""dlaccelerate: the same results, traced once for each kind of inputs, and honest where nothing can be traced."""

import numpy as np
import pytest

from cnnscript.builtins.differentiation.accelerated_functions import AcceleratedFunction
from cnnscript.engine.recording import Recording
from cnnscript.values.dlarrays import DLArray
from cnnscript.values.numeric import as_array

TRACE = AcceleratedFunction.trace


def numbers(value):
    assert type(value) is DLArray
    return as_array(value.value).ravel("F").tolist()


def test_a_function_runs_once_for_inputs_of_a_kind(run):
    printed = run("""f = dlaccelerate(@shown); a = dlfeval(f,dlarray([1 2])); b = dlfeval(f,dlarray([3 4]));
        c = dlfeval(f,dlarray([1 2 3])); r = f.HitRate; o = f.Occupancy;
        function g = shown(x), disp('traced'); g = dlgradient(sum(x.^2),x); end""")
    assert printed == ["traced", "traced"]
    assert numbers(run["a"]) == [2, 4] and numbers(run["b"]) == [6, 8] and numbers(run["c"]) == [2, 4, 6]
    assert abs(run["r"] - 100 / 3) < 1e-9 and run["o"] == 4


def test_numbers_on_the_way_make_it_run_step_by_step(run):
    printed = run("""f = dlaccelerate(@steps); a = dlfeval(f,dlarray(3)); b = dlfeval(f,dlarray(-3));
        r = f.HitRate; o = f.Occupancy;
        function y = steps(x), disp('run'); if x > 0, y = x^2; else, y = x; end, end""")
    assert printed == ["run", "run"]
    assert numbers_of(run, "a") == 9 and numbers_of(run, "b") == -3
    assert run["r"] == 0 and run["o"] == 0


def numbers_of(run, name):
    return run[name].value


def test_random_numbers_are_drawn_each_time(run):
    run("""f = dlaccelerate(@(x) x + rand); rng(5); a = dlfeval(f,dlarray(0)); b = dlfeval(f,dlarray(0)); rng(5);
        c = rand; d = rand;""")
    assert numbers_of(run, "a") == run["c"] and numbers_of(run, "b") == run["d"]


def test_random_numbers_like_an_array_are_drawn_whenever_the_graph_runs(run):
    run("""f = dlaccelerate(@(x) randn([2 3],'like',x).*x + rand(1,'like',x)); x = dlarray(ones(2,3)); rng(5);
        a = f(x); b = f(x); c = f(x); r = f.HitRate; rng(5); d = randn(2,3) + rand; e = randn(2,3) + rand;
        f = dlaccelerate(@(x) randn(2,'like',x)); s = single(x); rng(5); a1 = f(s); a2 = f(s); rng(5);
         b1 = randn(2); b2 = randn(2);""")
    assert abs(run["r"] - 200 / 3) < 1e-9
    np.testing.assert_allclose(run["a"].value, run["d"], rtol=1e-6)
    np.testing.assert_allclose(run["b"].value, run["e"], rtol=1e-6)
    np.testing.assert_allclose([run["a1"].value, run["a2"].value], [run["b1"], run["b2"]], rtol=1e-6)


@pytest.mark.parametrize(
    "layers, x, labels",
    [
        ("imageInputLayer([4 4 2],Normalization='none'); dropoutLayer; spatialDropoutLayer(0.4); reluLayer;"
         "fullyConnectedLayer(3); dropoutLayer(0.3)", "rand(4,4,2,5)", "SSCB"),
        ("sequenceInputLayer(4); selfAttentionLayer(2,8,DropoutProbability=0.4)", "rand(4,3,5)", "CBT"),
    ],
)  # fmt: skip
def test_dropout_is_traced_and_draws_as_without_a_trace(run, layers, x, labels):
    """A loop of a network with dropout ran step by step."""
    run(f"""rng(0); net = dlnetwork([{layers}]); X = dlarray(single({x}),'{labels}'); f = dlaccelerate(@lossof);
        rng(7); for k = 1:3, [a{{k}},g] = dlfeval(f,net,X); end, p = rand; r = f.HitRate;
        rng(7); for k = 1:3, [b{{k}},h] = dlfeval(@lossof,net,X); end, q = rand;
        for k = 4:13, c = dlfeval(@lossof,net,X); end, rng(7); c = dlfeval(@lossof,net,X);
        function [loss,g] = lossof(net,X), loss = sum(forward(net,X).^2,'all'); g = dlgradient(loss,net.Learnables); end
        """)  # fmt: skip
    assert run["r"] > 66 and run["p"] == run["q"]
    losses = [[numbers(one)[0] for one in run[name].ravel()] for name in "ab"]
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-5)
    assert losses[0][0] != losses[0][1] and numbers(run["c"])[0] == pytest.approx(losses[0][0], rel=1e-5)
    for mine, other in zip(run["g"].data("Value").ravel(), run["h"].data("Value").ravel(), strict=True):
        np.testing.assert_allclose(numbers(mine), numbers(other), rtol=1e-4, atol=1e-5)


def test_a_number_that_counts_steps_is_not_traced_each_time(run, monkeypatch):
    """MATLAB makes a trace for each value; a graph takes longer than the step that is its only use."""
    traced = []
    monkeypatch.setattr(AcceleratedFunction, "trace", lambda *given: traced.append(1) or TRACE(*given))
    run("f = dlaccelerate(@(x,k) x*k); x = dlarray(2); for k = 1:10, y(k) = f(x,k); end, o = f.Occupancy;")
    assert numbers(run["y"]) == list(range(2, 21, 2)) and len(traced) == 3 and run["o"] == 20
    run("a = f(x,9); b = f(x,9); c = f(x,1); r = f.HitRate;")
    assert [numbers_of(run, name) for name in "abc"] == [18, 18, 2] and len(traced) == 4 and run["r"] == 300 / 13


def test_other_values_of_plain_inputs_are_other_kinds(run):
    run("f = dlaccelerate(@(x,p,s) x*p*s.k); a = f(dlarray(2),3,struct('k',1)); b = f(dlarray(2),4,struct('k',1));"
        "c = f(dlarray(2),4,struct('k',2)); d = f(dlarray(5),4,struct('k',2)); r = f.HitRate;")  # fmt: skip
    assert [numbers_of(run, name) for name in "abcd"] == [6, 8, 16, 40] and run["r"] == 25


def test_gradients_lead_through_an_accelerated_function(run):
    run("""f = dlaccelerate(@(x) x.^3); g = dlfeval(@(x) dlgradient(sum(f(x)),x),dlarray([1 2]));
        h = dlfeval(@(x) dlgradient(sum(f(x)),x),dlarray([2 3]));""")
    assert numbers(run["g"]) == [3, 12] and numbers(run["h"]) == [12, 27]


def test_a_training_loop_with_state(run):
    run("""rng(0); net = dlnetwork([featureInputLayer(2); fullyConnectedLayer(8); batchNormalizationLayer;
        tanhLayer; fullyConnectedLayer(1)]);
        X = dlarray(single(rand(2,32)),"CB"); T = X(1,:).*X(2,:); f = dlaccelerate(@modelLoss); plain = net; d = 0;
        for k = 1:5
            [loss,grads,state] = dlfeval(f,net,X,T); net.State = state; net = dlupdate(@(p,g) p - 0.1*g,net,grads);
            [loss2,grads,state] = dlfeval(@modelLoss,plain,X,T); plain.State = state;
            plain = dlupdate(@(p,g) p - 0.1*g,plain,grads); d = max(d,abs(extractdata(loss - loss2)));
        end
        r = f.HitRate; same = max(abs(extractdata(net.State.Value{1}-plain.State.Value{1})),[],'all');
        function [loss,grads,state] = modelLoss(net,X,T)
            [Y,state] = forward(net,X); loss = mean((Y-T).^2,'all'); grads = dlgradient(loss,net.Learnables);
        end""")
    assert run["d"] < 1e-5 and run["same"] < 1e-5 and run["r"] == 80


def test_properties(run):
    assert run("f = dlaccelerate(@sin)") == [
        "f =", "AcceleratedFunction with properties:", "Function: @sin", "Enabled: 1", "CacheSize: 50", "HitRate: 0",
        "Occupancy: 0", "CheckMode: 'none'", "CheckTolerance: 1.0000e-04",
    ]  # fmt: skip
    run("y = f(dlarray(1)); f.CacheSize = 2; o = f.Occupancy; clearCache(f); p = f.Occupancy; f.Enabled = false;"
        "z = f(dlarray(1)); q = f.Occupancy; f.CheckMode = 'tolerance'; f.Enabled = true;"
        "y = f(dlarray(1)); y = f(dlarray(1));")  # fmt: skip
    assert (run["o"], run["p"], run["q"]) == (50, 0, 0)
    assert run.fault("f.HitRate = 3;").identifier == "MATLAB:class:SetProhibited"
    assert run.fault("f.CheckMode = 'sometimes';").identifier


@pytest.mark.parametrize("looks", ["", "if y > 0, y = y*1; end"])  # traced, and step by step
def test_gradients_in_an_accelerated_function_can_be_differentiated(run, looks):
    run(f"""f = dlaccelerate(@inner); a = dlfeval(f,dlarray(2)); b = dlfeval(f,dlarray(3));
        function h = inner(x), y = x^3; {looks} g = dlgradient(y,x); h = dlgradient(g*x,x); end""")
    assert [numbers(run["a"]), numbers(run["b"])] == [[36], [81]]  # (3 x² x)' = 9 x²
    fault = run.fault("""f = dlaccelerate(@off); f.Enabled = false; dlfeval(f,dlarray(2));
        function h = off(x), h = dlgradient(dlgradient(x^3,x),x); end""")
    assert fault.identifier == "deep:dlarray:ValueToDiffNotTraced"


def test_no_tape_watches_a_graph_that_dlfeval_calls_itself(run, monkeypatch):
    run("f = dlaccelerate(@(x) dlgradient(sum(x.^3,'all'),x)); a = dlfeval(f,dlarray([1 2]));")
    opened = []
    begin = Recording.__enter__
    monkeypatch.setattr(Recording, "__enter__", lambda tape: opened.append(tape) or begin(tape))
    run("b = dlfeval(f,dlarray([3 4])); r = f.HitRate;")
    assert opened == [] and numbers(run["b"]) == [27, 48] and run["r"] == 50
    run("c = dlfeval(@(x) dlgradient(sum(f(x).*x),x),dlarray([3 4]));")
    assert len(opened) == 1 and numbers(run["c"]) == [81, 144]


def test_networks_that_a_graph_hands_back_are_off_the_tape(run):
    run("""net = dlnetwork([featureInputLayer(2); fullyConnectedLayer(1,Weights=[1 2],Bias=0)]);
        f = dlaccelerate(@both); [a,n] = dlfeval(f,net,dlarray([1;2],'CB')); [b,m] = dlfeval(f,net,dlarray([3;4],'CB'));
        w = extractdata(m.Learnables.Value{1});
        function [y,net] = both(net,x), y = sum(forward(net,x),'all'); end""")
    assert numbers_of(run, "a") == 5 and numbers_of(run, "b") == 11 and run["w"].tolist() == [[1, 2]]


def test_batch_normalization_that_follows_its_statistics_is_one_graph(run):
    """A model as a function keeps them in dlarrays: each call of it ran step by step."""
    run("""f = dlaccelerate(@model); p = dlarray(single([2;1])); X = dlarray(single([1 3; 10 30]),'CB');
        m = dlarray(single([0;0])); v = dlarray(single([1;1])); n = m; w = v;
        for k = 1:3
          [g,m,v] = dlfeval(f,p,X,m,v); [h,n,w] = dlfeval(@model,p,X,n,w);
        end
        r = f.HitRate;
        function [g,m,v] = model(p,X,m,v)
        [Y,m,v] = batchnorm(X,[0;0],p,m,v); g = dlgradient(sum(Y.^2,'all'),p);
        end""")
    assert run["r"] > 66
    batch = np.array([2, 20]), np.array([1, 100])
    kept = 1 - 0.9**3
    np.testing.assert_allclose(numbers(run["m"]), kept * batch[0], rtol=1e-6)
    np.testing.assert_allclose(numbers(run["v"]), 0.9**3 + kept * batch[1], rtol=1e-6)
    for name, other in ("gh", "mn", "vw"):
        np.testing.assert_allclose(numbers(run[name]), numbers(run[other]), rtol=1e-6)


def test_no_tape_watches_the_graph_of_a_network_either(run, monkeypatch):
    run("""net = dlnetwork([featureInputLayer(2); fullyConnectedLayer(1,Weights=[1 2],Bias=0)]);
        x = dlarray([1;2],'CB'); f = dlaccelerate(@lossof); [y,g] = dlfeval(f,net,x);
        [net,v] = sgdmupdate(net,g,[],0.1);
        function [y,g] = lossof(net,x), y = sum(forward(net,x).^2,'all'); g = dlgradient(y,net.Learnables); end""")
    monkeypatch.setattr(Recording, "__enter__", lambda tape: pytest.fail("a tape was opened"))
    run("[z,h] = dlfeval(f,net,x); w = h.Value{1}; b = h.Value{2};")
    np.testing.assert_allclose(numbers(run["y"]), [25])  # dy/dw = 2*5*x = [10 20], dy/db = 10: w = [0 0], b = -1
    np.testing.assert_allclose(numbers(run["z"]), [1], rtol=1e-5)
    np.testing.assert_allclose(numbers(run["w"]) + numbers(run["b"]), [-2, -4, -2], rtol=1e-5)
