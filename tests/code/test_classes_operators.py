"""Operators, object arrays, display of one's own, enumerations, events, copies of handles: classes in full."""

import pytest

VECTOR = """
classdef Vec
    properties
        d
    end
    methods
        function v = Vec(d)
            if nargin, v.d = d; end
        end
        function r = plus(a, b), r = Vec(Vec.raw(a) + Vec.raw(b)); end
        function r = minus(a, b), r = Vec(Vec.raw(a) - Vec.raw(b)); end
        function r = mtimes(a, b), r = Vec(Vec.raw(a) * Vec.raw(b)); end
        function r = times(a, b), r = Vec(Vec.raw(a) .* Vec.raw(b)); end
        function r = uminus(a), r = Vec(-a.d); end
        function r = not(a), r = Vec(~a.d); end
        function r = eq(a, b), r = isequal(Vec.raw(a), Vec.raw(b)); end
        function r = lt(a, b), r = sum(a.d) < sum(b.d); end
        function r = horzcat(varargin)
            parts = cellfun(@Vec.raw, varargin, 'UniformOutput', false);
            r = Vec([parts{:}]);
        end
        function r = vertcat(varargin), r = Vec(numel(varargin)); end
        function r = ctranspose(a), r = Vec(a.d'); end
        function r = double(a), r = a.d; end
        function r = char(a), r = mat2str(a.d); end
        function n = numel(a), n = numel(a.d); end
        function n = length(a), n = 100 + length(a.d); end
        function varargout = size(a, varargin), [varargout{1:nargout}] = size(a.d, varargin{:}); end
        function e = end(a, k, n), e = 10 * k + n; end
        function disp(a), fprintf('<%s>\\n', char(a)); end
    end
    methods (Static)
        function d = raw(v)
            if isa(v, 'Vec'), d = v.d; else, d = v; end
        end
    end
end
"""
VALUES = [
    ("v = Vec([1 2]) + Vec([3 4]); x = v.d;", [[4, 6]]),
    ("v = 1 + Vec([3 4]); x = v.d;", [[4, 5]]),
    ("v = Vec([3 4]) - 1; x = v.d;", [[2, 3]]),
    ("v = Vec([1 2]) * [3; 4]; x = v.d;", 11.0),
    ("v = Vec([1 2]) .* Vec([5 6]); x = v.d;", [[5, 12]]),
    ("v = -Vec([1 2]); x = v.d;", [[-1, -2]]),
    ("v = ~Vec([1 0]); x = v.d;", [[False, True]]),
    ("v = Vec([1 2])'; x = v.d;", [[1], [2]]),
    ("x = Vec([1 2]) == Vec([1 2]);", True),
    ("x = 0; if Vec(1) < Vec(2), x = 1; end", 1.0),
    ("v = [Vec([1 2]) Vec(3)]; x = v.d;", [[1, 2, 3]]),
    ("v = [Vec([1 2]); Vec(3)]; x = v.d;", 2.0),
    ("x = double(Vec([1 2]));", [[1, 2]]),
    ("x = ['d = ' char(Vec([1 2]))];", "d = [1 2]"),
    ("x = numel(Vec([1 2 3]));", 3.0),
    ("x = length(Vec([1 2 3]));", 103.0),
    ("[a, b] = size(Vec([1 2 3])); x = [a b];", [[1, 3]]),
    ("x = size(Vec([1 2 3]), 2);", 3.0),
    ("f = @plus; v = f(Vec(1), Vec(2)); x = v.d;", 3.0),
    ("x = f(Vec(4));\nfunction r = f(v)\n r = double(v + v);\nend", 8.0),
    ("x = numel([1 2 3]) + length('ab');", 5.0),
]


@pytest.mark.parametrize(("text", "expected"), VALUES, ids=[row[0].replace("\n", " ") for row in VALUES])
def test_operators_and_functions_are_the_class_s_own(write, run, text, expected):
    write("Vec.m", VECTOR)
    got = run(text)["x"]
    assert (got.tolist() if hasattr(got, "tolist") else got) == expected


def test_an_own_disp_is_what_is_shown(write, run):
    write("Vec.m", VECTOR)
    assert run("v = Vec([1 2])\ndisp(v)\nVec(3)").printed == "\nv = \n\n<[1 2]>\n\n<[1 2]>\n\nans = \n\n<3>\n\n"


PLAIN = """
classdef Item
    properties
        x = 1
        y = 2
    end
    methods
        function o = Item(x)
            if nargin, o.x = x; end
        end
        function t = total(o), t = sum([o.x]); end
    end
end
"""
ARRAYS = [
    ("a(3) = Item(7); v = [a.x];", [[1, 1, 7]]),
    ("a = Item(1); a(2) = Item(5); v = [a.x];", [[1, 5]]),
    ("a = [Item(1) Item(2); Item(3) Item(4)]; v = size(a);", [[2, 2]]),
    ("a = [Item(1) Item(2); Item(3) Item(4)]; v = [a(:, 2).x];", [[2, 4]]),
    ("a = [Item(1) Item(2) Item(3)]; v = a(end).x;", 3.0),
    ("a = [Item(1) Item(2) Item(3)]; v = a.total();", 6.0),
    ("a = [Item(1) Item(2) Item(3)]; v = total(a(2:3));", 5.0),
    ("a = [Item(1) Item(2) Item(3)]; a(2) = []; v = [a.x];", [[1, 3]]),
    ("a = [Item(1) Item(2)]; a(2).x = 9; b = a; b(1).x = 8; v = [a.x b.x];", [[1, 9, 8, 9]]),
    ("a = [Item(1) Item(2)]; a(4).x = 9; v = [a.x];", [[1, 2, 1, 9]]),
    ("a = [Item(1) Item(2)]; [a.x] = deal(5); v = [a.x];", [[5, 5]]),
    ("a = Item.empty; v = [isempty(a) numel(a)];", [[1, 0]]),
    ("a = Item.empty(0, 3); v = size(a);", [[0, 3]]),
    ("a = Item.empty; a(end + 1) = Item(4); a(end + 1) = Item(5); v = [a.x];", [[4, 5]]),
    ("a = []; a = [a Item(3)]; a = [a Item(4)]; v = [a.x];", [[3, 4]]),
    ("a = [Item(1) Item(2)]; v = 0; for o = a, v = v + o.x; end", 3.0),
    ("a = [Item(1) Item(2)]; v = arrayfun(@(o) o.x * 2, a);", [[2, 4]]),
    ("a = [Item(1) Item(2)]; v = isequal(a, [Item(1) Item(2)]);", True),
    ("s.list = Item.empty; s.list(2) = Item(6); s.list(2).y = 3; v = s.list(2).y;", 3.0),
    ("a = [Item(1) Item(2)]'; v = size(a);", [[2, 1]]),
    ("a = [Item(1) Item(2)]; a(1).x(3) = 5; v = a(1).x;", [[1, 0, 5]]),
    ("c = {Item(1), Item(2)}; a = [c{:}]; v = [a.x];", [[1, 2]]),
    ("a = [Item(1) Item(2)]; v = a(logical([0 1])).x;", 2.0),
]


@pytest.mark.parametrize(("text", "expected"), ARRAYS, ids=[row[0] for row in ARRAYS])
def test_objects_stand_in_arrays(write, run, text, expected):
    write("Item.m", PLAIN)
    got = run(text)["v"]
    assert (got.tolist() if hasattr(got, "tolist") else got) == expected


def test_arrays_print_the_names_of_their_properties(write, run):
    write("Item.m", PLAIN)
    assert run("format compact\na = [Item Item]\nb = Item.empty").printed == (
        "a = \n  1×2 Item array with properties:\n    x\n    y\nb = \n  0×0 Item array with properties:\n    x\n    y\n"
    )


def test_arrays_hold_objects_of_one_class(write, fails):
    write("Item.m", PLAIN)
    write("Other.m", "classdef Other\nend\n")
    assert fails("a = [Other Item];").identifier == "MATLAB:UnableToConvert"
    assert fails("a = Other; a(2) = 5;").identifier == "MATLAB:UnableToConvert"
    assert fails("a = [Item Item]; a(3)").message == (
        "Index exceeds the number of array elements. Index must not exceed 2."
    )
    assert fails("a = [Item Item]; a.x = 1;").identifier == "MATLAB:class:ScalarRequired"


def test_what_joins_objects_goes_through_the_constructor_or_a_converter(write, run):
    write("Item.m", PLAIN)
    write("Feet.m", "classdef Feet\n methods\n function o = Item(f), o = Item(30); end\n end\nend\n")
    ran = run("a = [Item 5]; a(3) = 7; a(4) = Feet; v = [a.x]; b = [Item(2) Feet]; w = [b.x];")
    assert ran["v"].tolist() == [[1, 5, 7, 30]]
    assert ran["w"].tolist() == [[2, 30]]


def test_mixed_arrays_need_a_common_heterogeneous_root(write, run):
    write("Root.m", "classdef Root < matlab.mixin.Heterogeneous\n properties\n k = 1\n end\nend\n")
    write("One.m", "classdef One < Root\nend\n")
    write("Two.m", "classdef Two < Root\nend\n")
    ran = run("a = [One Two]; v = [a.k]; c = {class(a), class(a(2))};")
    assert ran["v"].tolist() == [[1, 1]]
    assert ran["c"].tolist() == [["Root", "Two"]]


DAYS = "classdef Day\n enumeration\n  Monday, Tuesday\n  Friday\n end\nend\n"
SIGNAL = """
classdef Signal
    enumeration
        Red (1, 'r')
        Green (2, 'g')
    end
    properties (SetAccess = immutable)
        code
        short
    end
    methods
        function o = Signal(c, s), o.code = c; o.short = s; end
        function t = stops(o), t = o == Signal.Red; end
    end
end
"""
MEMBERS = [
    ("v = Day.Monday == Day.Monday && Day.Monday ~= Day.Friday;", True),
    ("v = [Day.Monday Day.Friday] == 'Friday';", [[0, 1]]),
    ("v = ['on ' char(Day.Friday)];", "on Friday"),
    ("v = 0; switch Day.Friday, case Day.Monday, v = 1; case Day.Friday, v = 2; end", 2.0),
    ("v = 0; switch Day.Friday, case {'Monday', 'Friday'}, v = 2; end", 2.0),
    ("v = Day('Tuesday') == Day.Tuesday;", True),
    ("v = ismember(Day.Friday, [Day.Monday Day.Friday]);", True),
    ("v = ismember(Day.Friday, Day.Friday);", True),
    ("v = strcmp(Day.Friday, 'Friday');", True),
    ("v = string(categorical([Day.Monday Day.Friday])) == [\"Monday\" \"Friday\"];", [[1, 1]]),
    ("v = Signal.Green.code;", 2.0),
    ("v = Signal.Green.short;", "g"),
    ("v = [Signal.Green.stops(), stops(Signal.Red)];", [[0, 1]]),
    ("m = enumeration('Day'); v = size(m);", [[3, 1]]),
    ("[~, n] = enumeration('Day'); v = n{3};", "Friday"),
    ("a = [Day.Monday Day.Friday]; a(1) = Day.Friday; v = all(a == Day.Friday);", True),
]


@pytest.mark.parametrize(("text", "expected"), MEMBERS, ids=[row[0] for row in MEMBERS])
def test_enumerations_compare_and_convert(write, run, text, expected):
    write("Day.m", DAYS)
    write("Signal.m", SIGNAL)
    got = run(text)["v"]
    assert (got.tolist() if hasattr(got, "tolist") else got) == expected


def test_enumerations_print_their_names(write, run, fails):
    write("Day.m", DAYS)
    assert run("format compact\nd = Day.Monday\ne = [Day.Tuesday Day.Friday]\ns.d = d").printed == (
        "d = \n  Day enumeration\n    Monday\ne = \n  1×2 Day enumeration array\n    Tuesday    Friday\n"
        "s = \n  struct with fields:\n    d: Monday\n"
    )
    assert fails("Day('Sunday')").message == "'Sunday' is not a member of the enumeration 'Day'."


SOURCE = """
classdef Source < handle
    properties (SetObservable)
        level = 0
    end
    events
        Moved
    end
    events (NotifyAccess = private)
        Hushed
    end
    methods
        function move(o), notify(o, 'Moved'); end
    end
end
"""


def test_listeners_hear_until_they_are_deleted(write, run):
    write("Source.m", SOURCE)
    ran = run(
        "s = Source; l = addlistener(s, 'Moved', @(src, e) fprintf('%s %s\\n', class(src), e.EventName));"
        "s.move(); l.Enabled = false; s.move(); l.Enabled = true; notify(s, 'Moved'); delete(l); s.move();"
    )
    assert ran.printed == "Source Moved\nSource Moved\n"


def test_properties_tell_when_they_are_set(write, run):
    write("Source.m", SOURCE)
    ran = run(
        "s = Source; addlistener(s, 'level', 'PreSet', @(p, e) fprintf('from %g\\n', e.AffectedObject.level));"
        "addlistener(s, 'level', 'PostSet', @(p, e) fprintf('%s to %g\\n', p.Name, e.AffectedObject.level));"
        "s.level = 4;"
    )
    assert ran.printed == "from 0\nlevel to 4\n"


def test_properties_tell_when_they_are_read(write, run):
    write("Read.m", "classdef Read < handle\n properties (GetObservable)\n k = 4\n end\nend\n")
    ran = run(
        "r = Read; addlistener(r, 'k', 'PreGet', @(p, e) disp('before'));"
        "addlistener(r, 'k', 'PostGet', @(p, e) disp('after')); v = r.k;"
    )
    assert ran.printed == "before\nafter\n"
    assert ran["v"] == 4.0


def test_a_fault_in_a_callback_is_a_warning(write, run):
    write("Source.m", SOURCE)
    ran = run("s = Source; addlistener(s, 'Moved', @(varargin) error('no')); s.move(); v = 1;")
    assert ran["v"] == 1.0
    assert "Moved" in ran.printed and "no" in ran.printed


def test_events_that_are_not_there_are_refused(write, fails):
    write("Source.m", SOURCE)
    assert fails("addlistener(Source, 'Gone', @disp);").message == "Event 'Gone' is not defined for class 'Source'."
    assert fails("s = Source; notify(s, 'Hushed');").identifier == "MATLAB:class:EventAccess"


def test_event_data_of_one_s_own_reaches_the_callback(write, run):
    write("Source.m", SOURCE)
    write(
        "Data.m",
        "classdef Data < event.EventData\n properties\n v\n end\n methods\n function d = Data(v), d.v = v;"
        " end\n end\nend\n",
    )
    assert run("s = Source; addlistener(s, 'Moved', @(o, e) disp(e.v)); notify(s, 'Moved', Data(7));").lines() == ["7"]


def test_copy_makes_another_object(write, run):
    write(
        "Doc.m",
        "classdef Doc < matlab.mixin.Copyable\n properties\n v = 1\n end\n properties (NonCopyable)\n n = 5\n"
        " end\nend\n",
    )
    ran = run("a = Doc; a.v = 2; a.n = 6; b = copy(a); c = a; b.v = 3; v = [a.v b.v c.v b.n]; t = a == c && a ~= b;")
    assert ran["v"].tolist() == [[2, 3, 2, 5]]
    assert ran["t"] is True


def test_destructors_run_once_when_deleted_or_forgotten(write, run):
    write(
        "Gone.m",
        "classdef Gone < handle\n properties\n k = 1\n end\n methods\n function o = Gone(k), o.k = k; end\n"
        " function delete(o), fprintf('bye %d\\n', o.k); end\n end\nend\n",
    )
    ran = run("a = Gone(1); delete(a); delete(a); v = isvalid(a); b = Gone(2); c = b; clear b; disp('still');")
    run("c = 5; disp('after'); f();\nfunction f()\n d = Gone(3);\nend", into=ran)
    assert ran.printed == "bye 1\nstill\nbye 2\nafter\nbye 3\n"
    assert ran["v"] is False


def test_a_destructor_that_fails_or_never_ends_is_a_warning(write, run):
    write(
        "Worn.m",
        "classdef Worn < handle\n methods\n function delete(o), again(0); end\n end\nend\n"
        "function again(n)\n again(n + 1);\nend\n",
    )
    ran = run(
        "a = Worn; clear a; [~, first] = lastwarn; b = onCleanup(@() feval('no_such_function')); clear b;"
        "text = lastwarn;"
    )
    assert ran["first"] == "MATLAB:class:DestructorError" and "'no_such_function'" in ran["text"]


def test_the_end_of_a_session_deletes_objects_that_name_each_other_and_nothing_is_deleted_after_it(write, run):
    write(
        "Pair.m",
        "classdef Pair < handle\n properties\n other\n end\n methods\n"
        " function delete(o), disp('gone'); end\n end\nend\n",
    )
    ran = run("a = Pair; b = Pair; a.other = b; b.other = a; c = Pair;")
    kept = ran["c"]
    ran.session.close()
    assert ran.printed == "gone\ngone\n"
    del kept
    assert ran.printed == "gone\ngone\n"


def test_a_deleted_object_says_so(write, run):
    write("H.m", "classdef H < handle\n properties\n k = 1\n end\nend\n")
    assert run("format compact\nh = H; delete(h); h").printed == "h = \n  handle to deleted H\n"


def test_set_and_get_take_properties_by_name(write, run, fails):
    write("S.m", "classdef S < matlab.mixin.SetGet\n properties\n Width = 1\n Color = 'r'\n end\nend\n")
    ran = run("s = S; set(s, 'width', 5, 'Color', 'b'); v = get(s, 'Width'); c = get(s, 'Color');")
    assert (ran["v"], ran["c"]) == (5.0, "b")
    assert fails("s = S; set(s, 'Depth', 1);").identifier == "MATLAB:noPublicFieldForClass"


def test_facts_of_classes_are_told(write, run):
    write("Source.m", SOURCE)
    ran = run(
        "p = properties('Source'); e = events('Source'); s = superclasses('Source'); m = metaclass(Source);"
        " n = m.Name; t = ismember('move', methods('Source'));"
    )
    assert ran["p"].tolist() == [["level"]]
    assert "Moved" in [row[0] for row in ran["e"].tolist()]
    assert ran["s"].tolist() == [["handle"]]
    assert (ran["n"], ran["t"]) == ("Source", True)


def test_builtin_goes_past_the_class_s_own_methods(write, run):
    write("Vec.m", VECTOR)
    assert run("x = [builtin('numel', Vec([1 2 3])), numel(Vec([1 2 3]))];")["x"].tolist() == [[1, 3]]


def test_many_elements_are_appended_in_linear_time(write, run):
    write("Item.m", PLAIN)
    ran = run(
        "t = [0 0]; n = [500 2000];\nfor j = 1:2\n a = Item.empty; p = Item(1); s = cputime;\n"
        " for k = 1:n(j), a(end + 1) = p; end\n t(j) = cputime - s;\nend\nv = numel(a);"
    )
    assert ran["v"] == 2000.0
    assert ran["t"][0, 1] < 1.0


METER = """
classdef Meter < handle
    properties, n = 0; end
    methods
        function add(o, k), o.n = o.n + k; end
        function r = twice(o, k), r = 2 * k + o.n; end
        function delete(o), fprintf('gone %d\\n', o.n); end
    end
end
"""


def test_a_handle_to_a_method_of_an_object_keeps_the_object(write, run):
    write("Meter.m", METER)
    ran = run(
        "m = Meter; f = @m.add; f(2); f(3); v = m.n; g = @() cellfun(@m.twice, {1, 2}); w = g(); s = func2str(f);"
    )
    assert ran["v"] == 5
    assert ran["w"].tolist() == [[7, 9]]
    assert ran["s"] == "@(varargin)m.add(varargin{:})"


def test_a_method_without_outputs_does_not_run_where_one_is_wanted(write, run, fails):
    write("Meter.m", METER)
    ran = run("m = Meter; try, x = m.add(1); catch e, end; v = m.n; i = e.identifier;")
    assert ran["v"] == 0
    assert ran["i"] == "MATLAB:TooManyOutputs"


def test_objects_that_are_left_are_deleted_at_the_end(write, run):
    write("Meter.m", METER)
    ran = run("m = Meter; m.add(4); disp('end')")
    ran.session.close()
    assert ran.printed == "end\ngone 4\n"


def test_sets_of_members_are_members(write, run):
    write("Day.m", "classdef Day\n enumeration\n Monday, Tuesday, Sunday\n end\nend\n")
    ran = run(
        "a = [Day.Sunday Day.Monday]; v = string(union(a, Day.Tuesday)); [c, i] = intersect(a, Day.Monday); "
        "w = {char(c), i, class(setdiff(a, a)), char(unique([a a]))}; e = Day.empty"
    )
    assert ran["v"].data.ravel().tolist() == ["Monday", "Sunday", "Tuesday"]
    assert ran["w"].ravel().tolist()[:3] == ["Monday", 2.0, "Day"]
    assert ran.lines() == ["e =", "0×0 empty Day enumeration array"]
    assert run("t = table([Day.Monday; Day.Sunday])").lines()[-2:] == ["Monday", "Sunday"]
