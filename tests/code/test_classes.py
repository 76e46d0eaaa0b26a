"""Value and handle classes: properties, methods, constructors, inheritance, access, copies."""

import pytest

from cnnscript.session import Session

POINT = """
classdef Point
    properties
        x = 1
        y (1,1) double {mustBeFinite} = 2
    end
    properties (Constant)
        LIMIT = [7 8]
    end
    properties (Dependent)
        r
    end
    methods
        function p = Point(x, y)
            if nargin > 0
                p.x = x;
                p.y = y;
            end
        end
        function v = get.r(p)
            v = sqrt(p.x^2 + p.y^2);
        end
        function a = area(p, k)
            a = p.x * p.y * k;
        end
        function p = scale(p, k)
            p.x = p.x * k;
            p.y = p.y * k;
        end
        function [a, b] = both(p)
            a = p.x; b = p.y;
        end
        function p = fill(p, n)
            for k = 1:n, p.x(k) = k; end
        end
    end
    methods (Static)
        function p = origin()
            p = Point(0, 0);
        end
    end
end
"""
COUNTER = """
classdef Counter < handle
    properties (SetAccess = private)
        n = 0
    end
    properties (Access = private)
        log = {}
    end
    properties (GetAccess = private)
        key = 3
    end
    properties (SetAccess = immutable)
        id
    end
    methods
        function obj = Counter(id)
            if nargin, obj.id = id; end
        end
        function inc(obj)
            obj.n = obj.n + 1;
            obj.log{end + 1} = obj.n;
        end
        function c = logs(obj), c = obj.log; end
        function rename(obj), obj.id = 5; end
        function r = reach(obj), r = cellfun(@(k) obj.secret(k), {1, 2}); end
    end
    methods (Access = private)
        function s = secret(obj, k), s = k * 2; end
    end
    methods (Access = protected)
        function s = guarded(obj), s = 42; end
    end
end
"""
NAMED = """
classdef Named < Point
    properties
        name
    end
    methods
        function s = Named(name, varargin)
            s@Point(varargin{:});
            s.name = name;
        end
        function a = area(s, k)
            a = -area@Point(s, k);
        end
    end
end
"""


@pytest.fixture
def classes(write):
    """The classes above in the current folder."""
    for text in (POINT, COUNTER, NAMED):
        name = text.split()[1]
        write(f"{name}.m", text)
    return write


VALUES = [
    ("p = Point; v = p.x + p.y;", "v", 3.0),
    ("p = Point(3, 4); v = p.r;", "v", 5.0),
    ("p = Point(3, 4); v = p.area(2);", "v", 24.0),
    ("p = Point(3, 4); v = area(p, 2);", "v", 24.0),
    ("p = Point(3, 4); f = @area; v = f(p, 2);", "v", 24.0),
    ("p = Point(3, 4); v = feval('area', p, 2);", "v", 24.0),
    ("v = cellfun(@(p) p.area(1), {Point(1, 2), Point(3, 4)});", "v", [[2, 12]]),
    ("v = cellfun(@area, {Point(1, 2), Point(3, 4)}, {1, 10});", "v", [[2, 120]]),
    ("p = Point(3, 4); q = p; q.x = 10; v = [p.x q.x];", "v", [[3, 10]]),
    ("p = Point(3, 4); q = p.scale(2); v = [p.x q.x];", "v", [[3, 6]]),
    ("p = Point(3, 4); p.x(3) = 1; q = p; q.x(1) = 9; v = [p.x q.x];", "v", [[3, 0, 1, 9, 0, 1]]),
    ("p = Point(3, 4); p = p.fill(3); v = p.x;", "v", [[1, 2, 3]]),
    ("p = Point(3, 4); [a, b] = both(p); v = [a b];", "v", [[3, 4]]),
    ("p = Point(3, 4); [a, b] = p.both(); v = [a b];", "v", [[3, 4]]),
    ("p = Point(3, 4); name = 'x'; v = p.(name);", "v", 3.0),
    ("p = Point(3, 4); name = 'x'; p.(name) = 5; v = p.x;", "v", 5.0),
    ("v = Point.LIMIT;", "v", [[7, 8]]),
    ("v = Point.LIMIT(2);", "v", 8.0),
    ("p = Point; v = p.LIMIT(end);", "v", 8.0),
    ("p = Point.origin(); v = p.x;", "v", 0.0),
    ("v = Point.origin().x;", "v", 0.0),
    ("f = @Point.origin; p = f(); v = p.y;", "v", 0.0),
    ("p = Point; q = p.origin(); v = q.x;", "v", 0.0),
    ("s.p = Point(1, 2); s.p.x = 8; v = s.p.x;", "v", 8.0),
    ("c = {Point(1, 2)}; d = c; d{1}.x = 8; v = [c{1}.x d{1}.x];", "v", [[1, 8]]),
    ("p = Named('n', 5, 6); v = p.area(1);", "v", -30.0),
    ("p = Named('n', 5, 6); v = p.x;", "v", 5.0),
    ("v = isa(Named('n'), 'Point');", "v", True),
    ("v = isa(Point, 'Named') || isa(Point, 'handle');", "v", False),
    ("v = class(Named('n'));", "v", "Named"),
    ("v = isobject(Point) && isprop(Point, 'x') && ismethod(Point, 'area') && ~isprop(Point, 'area');", "v", True),
    ("v = isequal(Point(1, 2), Point(1, 2)) && ~isequal(Point(1, 2), Point(1, 3));", "v", True),
    ("c = Counter; d = c; c.inc(); d.inc; inc(c); v = d.n;", "v", 3.0),
    ("c = Counter(4); c.inc; v = c.logs();", "v", None),
    ("c = Counter(4); v = c.id;", "v", 4.0),
    ("c = Counter; v = c.reach();", "v", [[2, 4]]),
    ("c = Counter; d = c; e = Counter; v = [c == d, c == e, c ~= e];", "v", [[1, 0, 1]]),
    ("c = Counter; delete(c); v = isvalid(c);", "v", False),
    ("function r = area(x)\n r = -1;\nend\nv = area(Point);", "v", -1.0),
    ("m = ?Named; v = m.Name;", "v", "Named"),
    ("m = ?Named; v = any(strcmp({m.PropertyList.Name}, 'name')) && m.SuperclassList.Name == \"Point\";", "v", True),
]


@pytest.mark.parametrize(("text", "name", "value"), VALUES, ids=[row[0].replace("\n", " ") for row in VALUES])
def test_objects_work_as_matlab_s(classes, run, text, name, value):
    got = run(text)[name]
    if value is not None:
        got = got.tolist() if hasattr(got, "tolist") else got
        assert got == value


FAULTS = [
    (
        "c = Counter; c.n = 4;",
        "MATLAB:class:SetProhibited",
        "Unable to set the 'n' property of class 'Counter' because it is read-only.",
    ),
    ("c = Counter; c.log", "MATLAB:class:GetProhibited", "No public property 'log' for class 'Counter'."),
    ("c = Counter; c.key", "MATLAB:class:GetProhibited", "You cannot get the 'key' property of 'Counter'."),
    (
        "c = Counter; c.id = 4;",
        "MATLAB:class:SetProhibited",
        "Unable to set the 'id' property of class 'Counter' because it is read-only.",
    ),
    (
        "c = Counter(1); c.rename();",
        "MATLAB:class:SetProhibited",
        "Unable to set the 'id' property of class 'Counter' because it is read-only.",
    ),
    ("c = Counter; c.secret(1)", "MATLAB:class:MethodRestricted", "Cannot access method 'secret' in class 'Counter'."),
    ("c = Counter; secret(c, 1)", "MATLAB:class:MethodRestricted", "Cannot access method 'secret' in class 'Counter'."),
    ("c = Counter; guarded(c)", "MATLAB:class:MethodRestricted", "Cannot access method 'guarded' in class 'Counter'."),
    ("p = Point; p.z", "MATLAB:noSuchMethodOrField", "Unrecognized method, property, or field 'z' for class 'Point'."),
    ("p = Point; p.z = 1;", "MATLAB:noPublicFieldForClass", "Unrecognized property 'z' for class 'Point'."),
    (
        "p = Point; p.LIMIT = 1;",
        "MATLAB:class:SetProhibited",
        "Unable to set the 'LIMIT' property of class 'Point' because it is read-only.",
    ),
    (
        "p = Point; p.y = Inf;",
        "MATLAB:validators:mustBeFinite",
        "Error setting property 'y' of class 'Point'. Value must be finite.",
    ),
    (
        "p = Point; p.y = [1 2];",
        "MATLAB:validation:IncompatibleSize",
        "Error setting property 'y' of class 'Point'. Value must be a scalar.",
    ),
    (
        "p = Point; p.y = {1};",
        "MATLAB:validation:UnableToConvert",
        "Error setting property 'y' of class 'Point'. Value must be of type double or be convertible to double.",
    ),
    ("Point(1, 2, 3)", "MATLAB:TooManyInputs", "Too many input arguments."),
    ("p = Point; p.r = 4;", "MATLAB:class:noSetMethod", None),
    ("p = Point * 2;", "MATLAB:UndefinedFunction", "Operator '*' is not supported for operands of type 'Point'."),
    ("p = Point; both(3)", "MATLAB:UndefinedFunction", "Unrecognized function or variable 'both'."),
    ("c = Counter; delete(c); c.n", "MATLAB:class:InvalidHandle", "Invalid or deleted object."),
    ("p = Point; p(3)", "MATLAB:badsubscript", "Index exceeds the number of array elements. Index must not exceed 1."),
    (
        "Point.x",
        "MATLAB:class:NonConstantProperty",
        "The property 'x' in class 'Point' must be accessed from a class "
        "instance because it is not a Constant property.",
    ),
    (
        "Point.nosuch(2)",
        "MATLAB:subscripting:classHasNoPropertyOrMethod",
        "The class Point has no Constant property or Static method named 'nosuch'.",
    ),
    ("p = Point; p.scale(1, 2)", "MATLAB:TooManyInputs", "Too many input arguments."),
]


@pytest.mark.parametrize(("text", "identifier", "message"), FAULTS, ids=[row[0] for row in FAULTS])
def test_what_objects_do_not_allow(classes, fails, text, identifier, message):
    error = fails(text)
    assert error.identifier == identifier
    if message:
        assert error.message == message


def test_an_object_prints_its_properties(classes, run):
    assert run("format compact\np = Point(3, 4)\nc = Counter;\nc").printed == (
        "p = \n  Point with properties:\n        x: 3\n        y: 4\n    LIMIT: [7 8]\n        r: 5\n"
        "c = \n  Counter with properties:\n     n: 0\n    id: []\n"
    )
    assert run("Point(3, 4)").printed == (
        "\nans = \n\n  Point with properties:\n\n        x: 3\n        y: 4\n    LIMIT: [7 8]\n        r: 5\n\n"
    )


def test_defaults_are_evaluated_once(write, run):
    write(
        "Once.m",
        "classdef Once\n properties\n  v = tick();\n end\nend\nfunction v = tick()\n disp('made'); v = 3;\nend\n",
    )
    ran = run("a = Once; b = Once; v = a.v + b.v;")
    assert ran["v"] == 6.0
    assert ran.printed == "made\n"


def test_set_methods_are_called_once_and_not_from_themselves(write, run):
    write(
        "Loud.m",
        """
classdef Loud < handle
    properties
        v = 1
    end
    methods
        function set.v(obj, v)
            disp('set');
            obj.v = v * 2;
        end
        function v = get.v(obj)
            disp('get');
            v = obj.v;
        end
    end
end
""",
    )
    ran = run("a = Loud; a.v = 4; w = a.v;")
    assert ran["w"] == 8.0
    assert ran.printed == "set\nget\n"


def test_a_value_class_s_set_method_gives_back_the_object(write, run, fails):
    write(
        "Kept.m",
        "classdef Kept\n properties\n v\n end\n methods\n function o = set.v(o, v), o.v = upper(v); end\n end\nend\n",
    )
    write(
        "Lost.m",
        "classdef Lost\n properties\n v\n end\n methods\n function set.v(o, v), o.v = upper(v); end\n end\nend\n",
    )
    assert run("a = Kept; b = a; b.v = 'x'; v = {a.v, b.v};")["v"].tolist()[0][1] == "X"
    assert fails("a = Lost; a.v = 'x';").identifier == "MATLAB:class:setMethodOutput"


def test_superclass_constructors_run_first_unless_called(write, run):
    write(
        "A.m",
        "classdef A < handle\n properties\n a = 1\n end\n methods\n function o = A(v)\n"
        "  if nargin, o.a = v; end\n  disp('A');\n end\n end\nend\n",
    )
    write("B.m", "classdef B < handle\n methods\n function o = B(), disp('B'); end\n end\nend\n")
    write("C.m", "classdef C < A & B\n methods\n function o = C(v)\n  o = o@A(v);\n  disp('C');\n end\n end\nend\n")
    write("D.m", "classdef D < A\nend\n")
    ran = run("c = C(5); v = c.a; d = D(6); w = d.a;")
    assert ran.printed == "B\nA\nC\nA\n"
    assert (ran["v"], ran["w"]) == (5.0, 6.0)


def test_abstract_classes_make_no_objects(write, run, fails):
    write(
        "Shape.m",
        "classdef (Abstract) Shape\n methods (Abstract)\n a = area(o)\n end\n methods\n"
        " function a = twice(o), a = 2 * o.area(); end\n end\nend\n",
    )
    write("Box.m", "classdef Box < Shape\n methods\n function a = area(o), a = 4; end\n end\nend\n")
    assert run("v = Box().twice();")["v"] == 8.0
    assert fails("Shape()").message == (
        "Abstract classes cannot be instantiated. Class 'Shape' defines abstract methods and/or properties."
    )


def test_protected_members_are_for_subclasses(write, run, fails):
    write(
        "P.m",
        "classdef P < handle\n properties (Access = protected)\n k = 5\n end\n methods (Access = protected)\n"
        " function r = m(o), r = o.k; end\n end\nend\n",
    )
    write("Q.m", "classdef Q < P\n methods\n function r = up(o), o.k = 6; r = o.m() + m(o); end\n end\nend\n")
    assert run("q = Q; v = q.up();")["v"] == 12.0
    assert fails("q = Q; q.m()").identifier == "MATLAB:class:MethodRestricted"


def test_declared_properties_begin_as_their_class(write, run):
    write(
        "Typed.m",
        "classdef Typed\n properties\n a double\n b (1,1) double\n c (1,1) string\n d char\n e (1,3) int8\n"
        " f (1,1) logical\n g (1,:) cell\n h\n end\nend\n",
    )
    assert run(
        't = Typed; v = {class(t.a), size(t.a), t.b, t.c == "", size(t.d), class(t.e), t.f, size(t.g)};'
        " w = [size(t.a), t.b, size(t.d), size(t.e), t.f, size(t.g)];"
    )["w"].tolist() == [[0, 0, 0, 0, 0, 1, 3, 0, 1, 0]]


def test_a_changed_file_makes_new_objects(write, run):
    write("V.m", "classdef V\n properties\n k = 1\n end\nend\n")
    ran = run("a = V; v = a.k;")
    assert ran["v"] == 1.0
    write("V.m", "classdef V\n properties\n k = 22\n end\nend\n")
    run("b = V; v = [a.k b.k];", into=ran)
    assert ran["v"].tolist() == [[1, 22]]


def test_classes_live_in_packages_and_class_folders(write, run):
    write(
        "+geo/Dot.m",
        "classdef Dot\n properties\n x = 2\n end\n properties (Constant)\n K = 5\n end\n"
        " methods (Static)\n function d = make(), d = geo.Dot; end\n end\nend\n",
    )
    write(
        "@Disc/Disc.m",
        "classdef Disc\n properties (Access = private)\n r = 3\n end\n methods\n a = area(o, k)\n end\nend\n",
    )
    write("@Disc/area.m", "function a = area(o, k)\n a = o.r * k;\nend\n")
    write("@Disc/extra.m", "function e = extra(o)\n e = o.r + 1;\nend\n")
    ran = run(
        "d = geo.Dot; e = geo.Dot.make(); v = [d.x e.x geo.Dot.K]; c = class(d); o = Disc; w = [o.area(2) extra(o)];"
    )
    assert ran["v"].tolist() == [[2, 2, 5]]
    assert ran["c"] == "geo.Dot"
    assert ran["w"].tolist() == [[6, 4]]


def test_handles_of_listed_classes_may_reach_in(write, run, fails):
    write("Host.m", "classdef Host < handle\n properties (Access = {?Guest})\n k = 5\n end\nend\n")
    write("Guest.m", "classdef Guest\n methods\n function r = take(o, h), r = h.k; end\n end\nend\n")
    assert run("v = take(Guest, Host);")["v"] == 5.0
    assert fails("h = Host; h.k").identifier == "MATLAB:class:GetProhibited"


def test_a_layer_class_is_a_class(write, run, monkeypatch):
    monkeypatch.setattr(Session, "preload_networks", lambda self: None)  # `predict` would have TensorFlow started
    write(
        "Leaky.m",
        """
classdef Leaky < nnet.layer.Layer
    properties (Learnable)
        Alpha
    end
    methods
        function layer = Leaky(n, name)
            layer.Name = name;
            layer.Alpha = 0.5 * ones(1, 1, n);
        end
        function Z = predict(layer, X)
            Z = max(0, X) + layer.Alpha .* min(0, X);
        end
    end
end
""",
    )
    ran = run(
        "l = Leaky(1, 'leaky'); v = l.predict([-2 4]); n = l.NumInputs; t = isa(l, 'nnet.layer.Layer'); k = l.Name;"
    )
    assert ran["v"].tolist() == [[-1, 4]]
    assert (ran["n"], ran["t"], ran["k"]) == (1.0, True, "leaky")


def test_faults_in_methods_name_the_method(write, fails):
    write("Bad.m", "classdef Bad\n methods\n function m(o)\n  error('no:no', 'no');\n end\n end\nend\n")
    error = fails("b = Bad; b.m()")
    assert error.stack[0].name == "Bad/m"
    assert error.span.line == 4


WRONG = [
    ("classdef W\n properties (Acess = private)\n a\n end\nend", "The property attribute 'Acess' is not known."),
    ("classdef W < NoSuchClass\nend", None),
    ("classdef W < matlab.System\nend", "Classes derived from matlab.System are not in cnnscript yet."),
    ("classdef W\n methods\n function W(), end\n end\nend", "The constructor of class 'W' must return the object."),
    ("classdef W < W\nend", None),
]


@pytest.mark.parametrize(("text", "message"), WRONG, ids=[row[0].replace("\n", " ") for row in WRONG])
def test_class_files_that_are_wrong_say_why(write, fails, text, message):
    write("W.m", text)
    error = fails("w = W;")
    assert error.identifier.startswith("MATLAB:")
    if message:
        assert error.message == message


def test_objects_are_not_copied_while_nobody_shares_them(write, run):
    write(
        "Buffer.m",
        "classdef Buffer < handle\n properties\n d = zeros(1, 20000)\n end\n methods\n"
        " function fill(o)\n  for k = 1:20000, o.d(k) = k; end\n end\n end\nend\n",
    )
    import time

    start = time.process_time()
    ran = run("b = Buffer; b.fill(); v = sum(b.d);")
    assert ran["v"] == 20000 * 20001 / 2
    assert time.process_time() - start < 1.5  # 20,000 copies of 160 kB would take longer


def test_a_method_in_its_own_file_is_for_objects_only(write, run):
    write("@Poly/Poly.m", "classdef Poly\n properties, c = [1 2]; end\n methods\n  y = polyval(o, x)\n end\nend\n")
    write("@Poly/polyval.m", "function y = polyval(o, x)\ny = polyval(o.c, x);\nend\n")
    assert run("v = Poly().polyval(3); w = polyval(Poly, 1);")["v"] == 5


def test_a_value_of_another_class_goes_through_the_constructor_of_a_property_s_class(write, run, fails):
    write("Point.m", POINT)
    write("Holder.m", "classdef Holder\n properties, p Point; q (1,1) Two; end\nend\n")
    write("Two.m", "classdef Two\n properties, k = 2; end\n methods\n"
          " function o = Two(k), if nargin, o.k = k; end, end\n"
          " end\nend\n")  # fmt: skip
    ran = run("h = Holder; h.q = 7; v = [h.q.k isempty(h.p)];")
    assert ran["v"].tolist() == [[7, 1]]
    assert "must be of type Point" in fails("h = Holder; h.p = 3;").message


def test_a_class_with_a_fault_fails_where_it_is_used(write, run):
    write("Odd.m", "classdef Odd < NoSuchBase\nend\n")
    ran = run("v = 1; try, Odd, catch e, i = e.identifier; end")
    assert ran["i"] == "MATLAB:class:InvalidSuperClass"


def test_arrays_of_objects_are_repeated_and_moved_about(write, run):
    write("Point.m", POINT)
    ran = run("a = repmat(Point(3, 4), 1, 3); b = reshape([a Point], 2, 2); v = [a.x]; w = size(b);")
    assert ran["v"].tolist() == [[3, 3, 3]]
    assert ran["w"].tolist() == [[2, 2]]


def test_an_end_inside_the_arguments_of_a_method_is_that_of_the_value_indexed_there(write, run):
    write("Adder.m", "classdef Adder < handle\nproperties, n = 0, end\nmethods\nfunction o = add(o, varargin)\n"
          "o.n = o.n + sum([varargin{:}]);\nend\nend\nend")
    ran = run("c = {1, 2, 3}; x = [4 5]; a = Adder; a.add(c{2:end}); a.add(x(end), c{end}); n = a.n;")
    assert ran["n"] == 13


def test_inputname_of_a_method_counts_the_object_before_the_dot(write, run):
    write("Named.m", "classdef Named\nmethods\nfunction s = say(o, p)\n"
          "s = [inputname(1) ' ' inputname(2)];\nend\nend\nend")
    ran = run("obj = Named; other = 3; s = obj.say(other); t = say(obj, other);")
    assert ran["s"] == "obj other" and ran["t"] == "obj other"
