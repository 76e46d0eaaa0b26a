"""lbfgsupdate in scripts: on networks and arrays, what its state tells, and mistakes."""

import numpy as np


def test_rosenbrocks_valley_is_walked_to_its_end(run):
    run("""
        p = dlarray([-1.2 1]); state = lbfgsState(HistorySize=5);
        g = @(p) dlgradient((1-p(1)).^2 + 100*(p(2)-p(1).^2).^2,p); v = @(p) (1-p(1)).^2 + 100*(p(2)-p(1).^2).^2;
        f = @(p) deal(v(p),dlfeval(g,p),3); n = 0;
        while n < 60 && (n == 0 || state.GradientsNorm > 1e-8)
            [p,state] = lbfgsupdate(p,f,state,NumLossFunctionOutputs=3); n = n + 1;
        end
        p = extractdata(p); loss = state.Loss; more = state.AdditionalLossFunctionOutputs{1};
    """)
    np.testing.assert_allclose(run["p"], [[1, 1]], atol=1e-7)
    assert run["n"] < 60 and run["more"] == 3 and float(run["loss"]) < 1e-14


def test_a_network_is_fitted(run):
    run("""
        rng(1); net = dlnetwork([featureInputLayer(1); fullyConnectedLayer(8); tanhLayer; fullyConnectedLayer(1)]);
        x = linspace(-1,1,20); X = dlarray(single(x),"CB"); T = single(sin(2*x));
        loss = @(net) dlfeval(@(net) deal_loss(net,X,T),net);
        function [l,g] = deal_loss(net,X,T)
            l = mse(forward(net,X),T); g = dlgradient(l,net.Learnables);
        end
        state = []; for k = 1:30, [net,state] = lbfgsupdate(net,loss,state); l(k) = state.Loss; end
        status = state.LineSearchStatus;
    """)
    losses = np.ravel(run["l"])
    assert (np.diff(losses) <= 1e-7).all() and losses[-1] < 1e-3 < losses[0]


def test_the_first_step_is_as_long_as_is_asked(run):
    run("""
        f = @(p) deal(sum((p-5).^2),2*(p-5));
        [p,state] = lbfgsupdate(dlarray([0 2]),f,[],InitialStepSize=0.5,LineSearchMethod="backtracking");
        p = extractdata(p); norm_of_step = state.StepNorm;
    """)
    np.testing.assert_allclose(run["p"], [[0.5, 2.3]])
    assert abs(run["norm_of_step"] - np.hypot(0.5, 0.3)) < 1e-12


def test_mistakes_are_told(run):
    assert run.fault("lbfgsupdate(dlarray([1 2]),@(p) deal(1,p(1)),[]);").message.startswith(
        "The gradients must be laid"
    )
    assert run.fault("lbfgsupdate(dlarray(1),@(p) p,5);").message.startswith("solverState must be")
