"""Datastores that a program's own class makes, by deriving from matlab.io.Datastore."""

import pytest

CLASS = """
classdef Numbers < matlab.io.Datastore & matlab.io.datastore.MiniBatchable & matlab.io.datastore.Partitionable
    properties
        Values
        MiniBatchSize = 2
        At = 1
    end
    properties (SetAccess = protected)
        NumObservations
    end
    methods
        function ds = Numbers(values)
            ds.Values = arrayDatastore(values(:));
            ds.NumObservations = numel(values);
        end
        function tf = hasdata(ds)
            tf = hasdata(ds.Values);
        end
        function [data, info] = read(ds)
            ds.Values.ReadSize = ds.MiniBatchSize;
            data = cell2mat(read(ds.Values));
            info = struct('At', ds.At);
            ds.At = ds.At + numel(data);
        end
        function reset(ds)
            reset(ds.Values);
            ds.At = 1;
        end
        function sub = partition(ds, n, k)
            sub = copy(ds);
            sub.Values = partition(ds.Values, n, k);
        end
    end
    methods (Hidden)
        function p = progress(ds)
            p = (ds.At - 1)/ds.NumObservations;
        end
    end
    methods (Access = protected)
        function n = maxpartitions(ds)
            n = 7;
        end
        function made = copyElement(ds)
            made = copyElement@matlab.mixin.Copyable(ds);
            made.Values = copy(ds.Values);
        end
    end
end
"""


@pytest.fixture
def numbers(run, tmp_path):
    (tmp_path / "Numbers.m").write_text(CLASS)
    run("ds = Numbers([3 1 4 1 5]);")


def test_it_is_read_to_the_end_previewed_and_begun_again(run, numbers):
    run("n = []; while hasdata(ds), [x, info] = read(ds); n(end + 1) = sum(x); end, p = ds.progress;\n"
        "a = readall(ds)';\n"
        "v = preview(ds)'; h = hasdata(ds); ds.reset(); w = read(ds)'; k = isa(ds, 'matlab.io.Datastore');\n"
        "m = numpartitions(ds); q = readall(partition(ds, 2, 2))'; i = info.At;")  # fmt: skip
    assert run["n"].tolist() == [[4, 5, 5]] and run["p"] == 1 and run["a"].tolist() == [[3, 1, 4, 1, 5]]
    assert run["v"].tolist() == run["w"].tolist() == [[3, 1]] and run["h"] is False and run["k"] is True
    assert run["m"] == 7 and run["q"].tolist() == [[1, 5]] and run["i"] == 5


def test_it_is_transformed_and_combined(run, numbers):
    run("t = transform(ds, @(x) 10*x); a = readall(t)'; x = read(t)'; p = progress(t);\n"
        "c = combine(t, arrayDatastore(7));\n"
        "y = read(c); s = size(y); u = class(c.UnderlyingDatastores{1}.UnderlyingDatastores{1});")  # fmt: skip
    assert run["a"].tolist() == [[30, 10, 40, 10, 50]] and run["x"].tolist() == [[30, 10]] and run["p"] == 0.4
    assert run["s"].tolist() == [[1, 2]] and run["u"] == "Numbers"


def test_a_class_without_the_methods_of_a_datastore_is_told_which_is_missing(run, tmp_path):
    (tmp_path / "Bare.m").write_text("classdef Bare < matlab.io.Datastore\nend\n")
    assert "must have the method 'reset'" in run.fault("readall(Bare)").message
