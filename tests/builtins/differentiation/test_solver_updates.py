"""adamupdate, sgdmupdate, rmspropupdate: against the formulas, step by step, in NumPy; every container."""

import numpy as np
import pytest

STEPS = 6


def steps(rng):
    return rng.normal(size=(2, 3)), [rng.normal(size=(2, 3)) for _ in range(STEPS)]


def adam(p, gradients, rate, b1, b2, epsilon):
    m = v = 0.0
    for t, g in enumerate(gradients, 1):
        m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g
        p = p - rate * np.sqrt(1 - b2**t) / (1 - b1**t) * m / (np.sqrt(v) + epsilon)
    return p, m, v


def momentum(p, gradients, rate, share):
    v = 0.0
    for g in gradients:
        v = share * v - rate * g
        p = p + v
    return p, v


def rmsprop(p, gradients, rate, decay, epsilon):
    v = 0.0
    for g in gradients:
        v = decay * v + (1 - decay) * g * g
        p = p - rate * g / (np.sqrt(v) + epsilon)
    return p, v


CASES = {
    "[p,a,b] = adamupdate(p,g{k},a,b,k)": (adam, (0.001, 0.9, 0.999, 1e-8), "ab"),
    "[p,a,b] = adamupdate(p,g{k},a,b,k,0.1,0.7,0.8,1e-2)": (adam, (0.1, 0.7, 0.8, 1e-2), "ab"),
    "[p,a] = sgdmupdate(p,g{k},a)": (momentum, (0.01, 0.9), "a"),
    "[p,a] = sgdmupdate(p,g{k},a,0.5,0.3)": (momentum, (0.5, 0.3), "a"),
    "[p,a] = rmspropupdate(p,g{k},a)": (rmsprop, (0.001, 0.9, 1e-8), "a"),
    "[p,a] = rmspropupdate(p,g{k},a,0.1,0.5,1e-1)": (rmsprop, (0.1, 0.5, 1e-1), "a"),
}


@pytest.mark.parametrize("statement", CASES)
def test_steps_are_those_of_the_formula(run, statement):
    formula, settings, states = CASES[statement]
    p, gradients = steps(np.random.default_rng(2))
    cell = np.empty((1, STEPS), object)
    cell[0, :] = [np.asfortranarray(g) for g in gradients]
    run["p"], run["g"] = np.asfortranarray(p), cell
    run(f"""
        p = dlarray(p); g = cellfun(@dlarray,g,UniformOutput=false); a = []; b = [];
        for k = 1:{STEPS}, {statement}; end
    """)
    for name, expected in zip("p" + states, formula(p, gradients, *settings), strict=True):
        np.testing.assert_allclose(run[name].value, expected, rtol=1e-13)


CONTAINERS = """
    w = dlarray(single([1 2;3 4])); gw = dlarray(single([1 -1;2 0.5]));
    b = dlarray([5;6],"C"); gb = dlarray([1;-2],"C");
    [w1,mw,vw] = adamupdate(w,gw,[],[],1,0.1); [w2,mw,vw] = adamupdate(w1,gw,mw,vw,2,0.1);
    [b1,mb,vb] = adamupdate(b,gb,[],[],1,0.1); [b2,mb,vb] = adamupdate(b1,gb,mb,vb,2,0.1);
"""


def test_containers_hold_what_single_arrays_become(run):
    run(
        CONTAINERS
        + """
        c = {w b}; m = []; v = [];
        for k = 1:2, [c,m,v] = adamupdate(c,{gw gb},m,v,k,0.1); end
        cells = isequal(c,{w2 b2}) && isequal(m,{mw mb}) && isequal(v,{vw vb});
        s.in.w = w; s.b = b; g.in.w = gw; g.b = gb; m = []; v = [];
        for k = 1:2, [s,m,v] = adamupdate(s,g,m,v,k,0.1); end
        structs = isequal(s.in.w,w2) && isequal(s.b,b2) && isequal(m.in.w,mw) && isequal(v.b,vb);
        t = table(["f";"f"],["W";"B"],{w;b},VariableNames=["Layer" "Parameter" "Value"]); gt = t; gt.Value = {gw;gb};
        m = []; v = [];
        for k = 1:2, [t,m,v] = adamupdate(t,gt,m,v,k,0.1); end
        tables = isequal(t.Value,{w2;b2}) && isequal(v.Value,{vw;vb}) && isequal(m.Parameter,t.Parameter);
        classes = {class(extractdata(w2)) class(extractdata(b2)) dims(b2)};
    """
    )
    assert run["cells"] and run["structs"] and run["tables"]
    assert run["classes"].ravel().tolist() == ["single", "double", "CU"]


def test_a_network_changes_by_its_gradients_whatever_its_learn_rate_factors(run):
    run("""
        net = dlnetwork([featureInputLayer(2); fullyConnectedLayer(3,Name="fc",WeightLearnRateFactor=7)]);
        g = net.Learnables; g.Value = {dlarray(single(ones(3,2)));dlarray(single(2*ones(3,1)))};
        [new,vel] = sgdmupdate(net,g,[],0.5,0);
        moved = extractdata(new.Learnables.Value{1}) - extractdata(net.Learnables.Value{1});
        b = extractdata(new.Learnables.Value{2}); names = vel.Parameter; v = extractdata(vel.Value{1});
    """)
    np.testing.assert_allclose(run["moved"], -0.5, atol=1e-7)
    np.testing.assert_allclose(run["b"], -1)
    np.testing.assert_allclose(run["v"], -0.5)
