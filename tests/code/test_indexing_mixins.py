"""Classes that redefine parentheses or dots with matlab.mixin.indexing."""

import numpy as np
import pytest

LABELLED = """
classdef Labelled < matlab.mixin.indexing.RedefinesParen
    properties (Access = private), Held; end
    properties, Label; end
    methods (Access = protected)
        function varargout = parenReference(obj, op)
            obj.Held = obj.Held.(op(1));
            if isscalar(op), varargout{1} = obj; return; end
            [varargout{1:nargout}] = obj.(op(2:end));
        end
        function obj = parenAssign(obj, op, varargin)
            if isscalar(op), obj.Held.(op) = varargin{1}; return; end
            [obj.(op(2:end))] = varargin{:};
        end
        function n = parenListLength(obj, op, ctx), n = 1; end
        function obj = parenDelete(obj, op), obj.Held.(op) = []; end
    end
    methods
        function obj = Labelled(x), obj.Held = x; end
        function x = value(obj), x = obj.Held; end
        function varargout = size(obj, varargin), [varargout{1:nargout}] = size(obj.Held, varargin{:}); end
        function out = cat(dim, varargin)
            parts = cellfun(@(o) o.Held, varargin, 'UniformOutput', false);
            out = Labelled(cat(dim, parts{:}));
        end
    end
end
"""
OPEN = """
classdef Open < matlab.mixin.indexing.RedefinesDot
    properties (Access = private), Fields = struct(); end
    properties, Plain = 1; end
    methods (Access = protected)
        function varargout = dotReference(obj, op), [varargout{1:nargout}] = obj.Fields.(op); end
        function obj = dotAssign(obj, op, varargin), [obj.Fields.(op)] = varargin{:}; end
        function n = dotListLength(obj, op, ctx), n = listLength(obj.Fields, op, ctx); end
    end
    methods
        function f = names(obj), f = fieldnames(obj.Fields); end
    end
end
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b = a(1, :); v = b.value;", [[1, 2, 3]]),
        ("v = a(2, 3).value;", 6),
        ("a.Label = 4; v = a(1, 2).Label;", 4),
        ("a(1, 1) = 9; v = a.value;", [[9, 2, 3], [4, 5, 6]]),
        ("a(:, 2) = []; v = a.value;", [[1, 3], [4, 6]]),
        ("v = [numel(a) size(a, 1) length(a) isempty(a)];", [[6, 2, 3, 0]]),
        ("c = [a a]; v = size(c);", [[2, 6]]),
        ("v = a(end, end).value;", 6),
        ("s = Open; s.foo = 5; s.bar.baz = [1 2 3]; v = [s.foo s.bar.baz(2) s.Plain numel(s.names)];", [[5, 2, 1, 2]]),
    ],
)
def test_methods_of_the_class_read_and_write(write, run, text, expected):
    write("Labelled.m", LABELLED)
    write("Open.m", OPEN)
    np.testing.assert_array_equal(run("a = Labelled([1 2 3; 4 5 6]); " + text)["v"], expected)
