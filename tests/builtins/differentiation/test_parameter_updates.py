"""dlupdate: a function applied to all parameters, in every container, with further inputs and outputs."""


def test_structs_cells_and_further_outputs(run):
    run("""p.w = dlarray([1 2]); p.c = {dlarray(3), 4}; g.w = dlarray([10 20]); g.c = {dlarray(30), 40};
        [q,s] = dlupdate(@step,p,g); a = extractdata(q.w); b = extractdata(q.c{1}); c = q.c{2}; d = s.c{2};
        function [p,s] = step(p,g), p = p + g; s = 2*g; end""")
    assert run["a"].ravel().tolist() == [11, 22] and run["b"] == 33 and run["c"] == 44 and run["d"] == 80


def test_a_network_and_tables_of_its_learnables(run):
    run("""rng(0); net = dlnetwork([featureInputLayer(2); fullyConnectedLayer(3)]); t = net.Learnables;
        [new,seen] = dlupdate(@(p,g) deal(p*0 + 1,g*2),net,t); w = extractdata(new.Learnables.Value{1}); k = class(new);
        same = isequal(extractdata(seen.Value{1}),2*extractdata(t.Value{1})); u = dlupdate(@(p) p*0,t);
        z = extractdata(u.Value{1});""")
    assert run["w"].tolist() == [[1, 1]] * 3 and run["k"] == "dlnetwork" and run["same"] is True
    assert not run["z"].any()


def test_refusals(run):
    run("p.w = dlarray(1); g.v = dlarray(1);")
    assert run.fault("dlupdate(@(p,g) p,p,g);").identifier == "deep:dlupdate:InputsMismatch"
    assert run.fault("dlupdate(@(p,g) p,{dlarray(1)},{});").identifier == "deep:dlupdate:InputsMismatch"
    assert run.fault("dlupdate(@(p) p,'text');").identifier == "deep:dlupdate:InputsMismatch"
    assert run.fault("[a,b] = dlupdate(@(p) p,p);").identifier == "MATLAB:needMoreRhsOutputs"


def test_networks_stay_single_and_say_so(run):
    run("net = dlnetwork([featureInputLayer(2); fullyConnectedLayer(3)]); net = dlupdate(@double,net);")
    assert run("[~,id] = lastwarn; disp(id), disp(underlyingType(net.Learnables.Value{1}))") == [
        "deep:dlupdate:NetworksAreSingle", "single",
    ]  # fmt: skip
