"""dlode45: ode45's numbers, gradients through its steps, shapes over time, and what is refused."""

import numpy as np
import pytest


def numbers(value):
    return np.asarray(value.value)


def test_the_solution_is_that_of_ode45(run):
    run("""t = [0 .5 1 2]; y0 = [1; -2]; A = [-0.1 -1; 1 -0.1]; [~,z] = ode45(@(t,y) A*y + t,t,y0);
        y = dlode45(@(t,y,A) A*y + t,t,dlarray(y0),dlarray(A),DataFormat="CB"); s = size(y);
        back = dlode45(@(t,y,A) A*y + t,[2 0],y(:,:,end),dlarray(A),DataFormat="CB",RelativeTolerance=1e-8);""")
    assert run["s"].ravel().tolist() == [2, 1, 3]
    assert np.array_equal(numbers(run["y"])[:, 0, :].T, run["z"][1:])
    assert np.allclose(numbers(run["back"]).ravel(), [1, -2], atol=5e-3)


def test_labels_get_a_time_behind_them_where_there_are_more_than_two(run):
    run("""f = @(t,y,a) a*y; y0 = dlarray(single([1 2 3; 4 5 6]),"CB");
        a = dlode45(f,[0 1],y0,dlarray(-1)); b = dlode45(f,[0 1 2],y0,dlarray(-1)); d = dims(a); e = dims(b);
        c = dlfeval(@(y0) dlode45(f,[0 1 2],y0,dlarray(-1)),y0); g = dims(c); u = underlyingType(c);""")
    assert (run["d"], run["e"], run["g"], run["u"]) == ("CB", "CBT", "CBT", "single")
    assert numbers(run["b"]).shape == (2, 3, 2) and np.allclose(numbers(run["b"]), numbers(run["c"]), atol=1e-6)


def test_gradients_by_parameters_and_start_are_those_of_differences(run):
    run("""p.w = dlarray([0.3 -0.5; 0.2 0.1]); p.b = dlarray([0.1; -0.2]); y0 = dlarray([1 2; -1 0.5]);
        o = {"DataFormat","CB","RelativeTolerance",1e-7,"AbsoluteTolerance",1e-9};
        [v,g,gy] = dlfeval(@loss,p,y0,o); h = 1e-4; q = p; q.w(1,2) = p.w(1,2) + h; r = p; r.w(1,2) = p.w(1,2) - h;
        w = (dlfeval(@loss,q,y0,o) - dlfeval(@loss,r,y0,o))/(2*h); e = dlarray([0 0; h 0]);
        k = (dlfeval(@loss,p,y0 + e,o) - dlfeval(@loss,p,y0 - e,o))/(2*h); gw = g.w(1,2); gk = gy(2,1);
        function [v,g,gy] = loss(p,y0,o)
            y = dlode45(@(t,y,p) tanh(p.w*y + p.b*t),[0 0.4 1],y0,p,o{:}); v = sum(y.^2,"all");
            [g,gy] = dlgradient(v,p,y0);
        end""")
    assert np.isclose(numbers(run["gw"]), numbers(run["w"]), rtol=1e-4)
    assert np.isclose(numbers(run["gk"]), numbers(run["k"]), rtol=1e-4)


def test_a_network_is_the_slope(run):
    run("""net = dlnetwork([featureInputLayer(2); fullyConnectedLayer(2,Weights=[0 -1; 1 0],Bias=[0; 0])]);
        y = dlode45(@(t,y,n) forward(n,y),[0 pi/2],dlarray(single([1; 0]),"CB"),net,RelativeTolerance=1e-5);
        g = dlfeval(@(n,y) dlgradient(sum(dlode45(@(t,y,n) forward(n,y),[0 1],y,n),"all"),n.Learnables),net,
            dlarray(single([1; 0]),"CB")); t = g.Value{2};""".replace("net,\n", "net, ...\n"))
    assert np.allclose(numbers(run["y"]).ravel(), [0, 1], atol=1e-4)  # a quarter of a turn
    # d/db of y(1) for y' = R y + b: the integral of the turns, [sin 1 - (1 - cos 1), ...]: summed by rows
    expected = [np.sin(1) + 1 - np.cos(1), np.sin(1) - 1 + np.cos(1)]
    assert np.allclose(numbers(run["t"]).ravel(), expected, atol=2e-3)


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("dlode45(@(t,y,a) y,[0 1],dlarray(1),1);", "deep:dlode45:NoFormat"),
        ("dlode45(@(t,y,a) y,[0 0],dlarray(1),1,DataFormat='CB');", "deep:dlode45:Tspan"),
        ("dlode45(@(t,y,a) [y;y],[0 1],dlarray(1),1,DataFormat='CB');", "deep:dlode45:SlopeSize"),
        ("dlode45(@(t,y,a) y,[0 1],dlarray(1),1,DataFormat='CB',GradientMode='adjoint');", "deep:dlode45:GradientMode"),
        ("dlode45(@(t,y,a) y,[0 1],1,1);", "MATLAB:UndefinedFunction"),
    ],
)
def test_refusals(run, text, identifier):
    assert run.fault(text).identifier == identifier
