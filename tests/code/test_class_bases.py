"""Classes that derive from MATLAB's: mixins, dynamicprops, numbers."""

import numpy as np
import pytest

COLOR = """
classdef Color < int32
    enumeration
        Red (1)
        Green (2)
        Blue (3)
    end
end
"""
MONEY = """
classdef Money < double
    properties
        unit = 'EUR'
    end
    methods
        function o = Money(x, unit)
            if nargin == 0, x = 0; end
            o@double(x);
            if nargin > 1, o.unit = unit; end
        end
        function o = plus(a, b), o = Money(double(a) + double(b), a.unit); end
    end
end
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v = double(Color.Red);", 1),
        ("v = Color.Green + 1;", 3),
        ("v = Color.Red == 1;", True),
        ("v = [Color.Red Color.Blue] > 1;", [[False, True]]),
        ("v = Color(3) == Color.Blue;", True),
        ("x = 10:10:50; v = x(Color.Green);", 20),
        ("v = max([Color.Red Color.Blue]);", 3),
        ("v = isa(Color.Red, 'int32') && isnumeric(Color.Red) && isenum(Color.Red);", True),
        ("switch Color.Blue, case 3, v = 1; otherwise, v = 0; end", 1),
        ("v = bitor(Color.Red, Color.Green);", 3),
        ("m = Money([1 2 3]); v = sum(m);", 6),
        ("m = Money([1 2 3], 'USD'); m = m + 1; v = strcmp(m.unit, 'USD') * double(m);", [[2, 3, 4]]),
        ("m = Money([1 2 3]); v = numel(m) + numel(m(2:3));", 5),
        ("m = Money([1 2 3]); m(2) = 9; v = m * 2;", [[2, 18, 6]]),
        ("x = zeros(1, 2); x(2) = Money(7); v = x;", [[0, 7]]),
        ("v = double([Money(1) 5]);", [[1, 5]]),
    ],
)
def test_objects_of_classes_of_numbers_are_their_numbers(write, run, text, expected):
    write("Color.m", COLOR)
    write("Money.m", MONEY)
    np.testing.assert_array_equal(run(text)["v"], expected)


EMPLOYEE = """
classdef Employee < matlab.mixin.CustomDisplay
    properties
        Name = 'Bill'
        Salary = 1000
    end
    methods (Access = protected)
        function header = getHeader(obj)
            if isscalar(obj)
                header = sprintf('%s\\n', [matlab.mixin.CustomDisplay.getClassNameForHeader(obj) ' of the company']);
            else
                header = getHeader@matlab.mixin.CustomDisplay(obj);
            end
        end
        function groups = getPropertyGroups(obj)
            if isscalar(obj)
                groups(1) = matlab.mixin.util.PropertyGroup({'Name'}, 'Public');
                groups(2) = matlab.mixin.util.PropertyGroup(struct('Pay', '*'), 'Private');
            else
                groups = matlab.mixin.util.PropertyGroup({'Name'});
            end
        end
        function footer = getFooter(obj), if isscalar(obj), footer = 'End'; else, footer = ''; end, end
    end
end
"""


def test_parts_of_a_display_are_replaced_one_by_one(write, run):
    write("Employee.m", EMPLOYEE)
    shown = "Employee of the company\n\n   Public\n    Name: 'Bill'\n\n   Private\n    Pay: '*'\n\nEnd\n"
    assert run("e = Employee").printed == "\ne = \n\n" + shown
    assert run("disp(Employee)").printed == shown
    assert run("[Employee Employee]").printed == "\nans = \n\n  1×2 Employee array with properties:\n\n    Name\n\n"


def test_properties_are_added_to_one_object_only(write, run, fails):
    write("Open.m", "classdef Open < dynamicprops\n properties, own = 1; end\nend\n")
    program = "a = Open; b = Open; p = addprop(a, 'more'); a.more = 5; "
    ran = run(program + "v = [isprop(a, 'more') isprop(b, 'more') a.more]; p.GetMethod = @(o) o.own * 10; w = a.more;")
    assert ran["v"].tolist() == [[1, 0, 5]]
    assert ran["w"] == 10
    assert fails(program + "delete(p); a.more").identifier == "MATLAB:noSuchMethodOrField"
    assert fails(program + "p.SetAccess = 'private'; a.more = 1;").identifier == "MATLAB:class:SetProhibited"
    assert fails(program + "addprop(a, 'own')").identifier == "MATLAB:class:PropertyInUse"


LINE = "classdef Line < matlab.mixin.SetGet\n properties, LineWidth = 1; LineStyle = '-'; Color = 'r'; end\nend\n"


def test_set_and_get_take_the_beginnings_of_names_and_many_objects(write, run, fails):
    write("Line.m", LINE)
    ran = run(
        "a = [Line Line]; set(a, 'LineW', 3); set(a, {'color'}, {'k'; 'm'}); v = [a.LineWidth]; w = get(a, 'Color');"
    )
    assert ran["v"].tolist() == [[3, 3]]
    assert ran["w"].ravel().tolist() == ["k", "m"]
    assert fails("set(Line, 'Line', 3)").identifier == "MATLAB:class:AmbiguousProperty"


def test_findobj_finds_what_fits(write, run):
    write("Line.m", LINE)
    program = "a = [Line Line Line]; a(2).LineWidth = 5; a(3).Color = 'k'; "
    ran = run(
        program + "v = [numel(findobj(a, 'LineWidth', 1)) numel(findobj(a, 'LineWidth', 5, '-or', 'Color', 'k')) "
        "numel(findobj(a, '-not', 'Color', 'r')) numel(findobj(a, '-property', 'None'))]; "
        "w = findobj(a, 'Color', 'k') == a(3);"
    )
    assert ran["v"].tolist() == [[2, 2, 1, 0]]
    assert ran["w"] is True


SHAPE = """
classdef (Abstract) Shape < matlab.mixin.Heterogeneous
    properties, k = 1; end
    methods (Static, Sealed, Access = protected)
        function o = getDefaultScalarElement(), o = Square; end
    end
end
"""


def test_arrays_of_several_classes_say_which_and_fill_gaps_with_the_default(write, run):
    write("Shape.m", SHAPE)
    write("Square.m", "classdef Square < Shape\nend\n")
    write("Disc.m", "classdef Disc < Shape\nend\n")
    ran = run("a = [Square Disc];\na\na(4) = Disc; v = {class(a), class(a(3)), class(a([2 4])), class(a(1:1))};")
    assert ran.printed == ("\na = \n\n  1×2 heterogeneous Shape (Square, Disc) array with properties:\n\n    k\n\n")
    assert ran["v"].ravel().tolist() == ["Shape", "Square", "Disc", "Square"]


def test_descriptions_of_classes_list_and_find_their_members(write, run):
    write("Line.m", "classdef Line < handle\n % A line\n properties\n  a = 1 % the first\n end\n methods\n"
          "  function r = len(o, k)\n   % how long\n   r = k;\n  end\n end\n"
          " methods (Static), function q(), end, end\nend\n")  # fmt: skip
    ran = run(
        "m = ?Line; p = m.PropertyList; v = {m.Description, p.Description, p.DefaultValue, class(p)}; "
        "f = findobj(m.MethodList, 'Static', true); g = findobj(m.MethodList, 'Name', 'len'); "
        "w = {f.Name, g.InputNames{2}, g.Description, g.DefiningClass.Name}; x = m < ?handle; "
        "y = isempty(meta.class.fromName('None')); z = exist('Line'); h = help('Line.len');"
    )
    assert ran["v"].ravel().tolist() == ["A line", "the first", 1.0, "meta.property"]
    assert ran["w"].ravel().tolist() == ["q", "k", "how long", "Line"]
    assert ran["x"] is True and ran["y"] is True and ran["z"] == 8.0
    assert ran["h"].strip() == "how long"
