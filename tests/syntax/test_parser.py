"""Texts to trees: every construct, where it was written, and when a text needs more lines."""

import pytest

from cnnscript.errors import ScriptError, Source
from cnnscript.syntax import incomplete, parse, tree


def test_every_construct_gives_its_tree(tree_case, shape):
    text, expected = tree_case
    assert shape(parse(Source(text))) == expected


def test_carriage_returns_and_tabs_change_nothing(tree_case, shape):
    text, expected = tree_case
    assert shape(parse(Source(text.replace("\n", "\r\n")))).replace("\r", "") == expected
    assert shape(parse(Source(text.replace("\n", "\t\n")))).replace("\t", "") == expected
    assert shape(parse(Source("\ufeff" + text + "\n\n"))) == expected


def test_a_node_spans_the_text_it_was_written_in():
    text = "if  f( a , 1)' == 2 , [x, ~] = g{ 3 }(end) ; end % done\nhold  on;\ns.a(2) = @(t) -t ;"
    program = parse(Source(text))
    written = {type(node).__name__: text[node.start : node.stop] for node in tree.walk(program)}
    assert written["Program"] == text
    assert written["If"] == "if  f( a , 1)' == 2 , [x, ~] = g{ 3 }(end) ; end"
    assert written["Binary"] == "f( a , 1)' == 2"
    assert written["Postfix"] == "f( a , 1)'"
    assert written["MultiAssign"] == "[x, ~] = g{ 3 }(end)"
    assert written["Brace"] == "g{ 3 }"
    assert written["End"] == "end"
    assert written["Skip"] == "~"
    assert written["Command"] == "hold  on"
    assert written["Assign"] == "s.a(2) = @(t) -t"
    assert written["Field"] == "s.a"
    assert written["Anonymous"] == "@(t) -t"
    assert written["Parameter"] == "t"


def test_an_operator_knows_its_own_place():
    (statement,) = parse(Source("abc  +  d")).body
    assert statement.expression.at == 5


def test_children_lie_inside_their_parents(tree_case):
    text, _ = tree_case
    for node in tree.walk(parse(Source(text))):
        for child in tree.children(node):
            assert node.start <= child.start <= child.stop <= node.stop


def test_a_known_variable_is_no_command(shape):
    source = Source("a -1\nb -1")
    assert shape(parse(source, frozenset(["a"]))) == "(a - 1) | b <-1>"


@pytest.mark.parametrize(
    "text",
    [
        "x = 1; x -1",
        "[x, y] = f; x -1",
        "for x = 1:3, x -1, end",
        "global x, x -1",
        "x(3) = 1; x -1",
        "x.a = 1; x -1",
        "try, f, catch x, x -1, end",
        "function f(x), x -1, end",
        "function x = f, x -1, end",
        "function y = f(x), x -1, end",
        "function [y, x] = f(z), x -1, end",
        "function y = f(a, x), if a, x -1, end, end",
        "for (x = 1:3), x -1, end",
        "parfor x = 1:3, x -1, end",
        "x{2} = 1; x -1",
        "if a, x = 1; end, x -1",
    ],
)
def test_a_name_that_was_given_a_value_is_no_command(text):
    assert not [node for node in tree.walk(parse(Source(text))) if type(node) is tree.Command]


def test_a_variable_of_one_function_is_none_in_the_next(shape):
    text = "function f\nhold = 1;\nend\nfunction g\nhold on\nend"
    assert shape(parse(Source(text)).functions[1].body) == "hold <on>"


@pytest.mark.parametrize("text", ["x = 1;\n\x1a", "x = 1;\x1a\n", "x = 1\x1a"])
def test_an_end_of_file_character_ends_the_text(shape, text):
    assert shape(parse(Source(text)).body).rstrip(";") == "x = 1"


def test_sections_have_titles_and_places():
    text = "%% Load\nx = [1\n%% inside\n2];\n  %% Show  it \n%%\n%%%\ny %% no"
    program = parse(Source(text))
    assert program.sections == [(0, "Load"), (text.index("%% Show"), "Show  it"), (text.index("%%\n"), "")]


def test_a_program_keeps_statements_functions_and_classes_apart():
    program = parse(Source("x = 1\nfunction f\nend\ny = 2\nfunction g\nend"))
    assert [type(node) for node in program.body] == [tree.Assign, tree.Assign]
    assert [function.name for function in program.functions] == ["f", "g"]
    assert [one.name for one in parse(Source("classdef A\nend")).classes] == ["A"]


def test_quiet_is_what_a_semicolon_makes():
    body = parse(Source("a = 1; b = 2, c; d\n[e] = f; hold on; g")).body
    assert [statement.quiet for statement in body] == [True, False, True, False, True, True, False]


def test_newlines_inside_parentheses_need_dots_where_a_statement_could_end():
    with pytest.raises(ScriptError) as caught:
        parse(Source("x = f(a\n  b)"))
    assert caught.value.notes == ("the `(` of line 1 is never closed",)


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "(" * 10_000 + "1" + ")" * 10_000,
        "x = " + "[" * 10_000,
        "x = " + "f(" * 10_000,
        "x = 1" + " + 1" * 5_000,
        "x = " + "~" * 10_000 + "y",
        "x = " + "@()" * 10_000 + "y",
        "x = y" + "'" * 10_000,
        "x = y" + ".a" * 10_000,
        "x = 2" + "^2" * 5_000,
        "x = 2" + "^-2" * 5_000,
        "x = a" + " && a" * 5_000,
        "if a, " * 5_000 + "end, " * 5_000,
        "if a\n" * 5_000,
        "x = [" + "1 " * 20_000 + "]",
        "x = [" + "1;" * 20_000 + "]",
        "function f\n" * 2_000,
        "%{\n" * 5_000,
        "x = f(a" + "\n" * 20_000 + ")",
        "end\n" * 2_000,
        "x" + " " * 50_000 + "y",
        "..." * 20_000,
    ],
    ids=lambda text: text[:12].replace("\n", " "),
)
def test_no_depth_and_no_length_is_too_much(text):
    try:
        program = parse(Source(text))
    except ScriptError as error:
        assert error.identifier.startswith("MATLAB:m_")
    else:
        assert sum(1 for _ in tree.walk(program)) > 0


def test_brackets_nest_32_deep_as_in_matlab():
    parse(Source("x = " + "(" * 32 + "1" + ")" * 32))
    with pytest.raises(ScriptError) as caught:
        parse(Source("x = " + "(" * 33 + "1" + ")" * 33))
    assert caught.value.message == "Nesting of {, [, and ( cannot exceed a depth of 32."


@pytest.mark.parametrize(
    "text",
    [
        "if x", "if x\n y", "if true % c", "x = [1 2", "x = [1 2\n", "x = {1,", "f(1,", "f(", "%{", "%{\nabc",
        "x = 1 + ...", "x = ...", "function f", "function y = f(x)\ny = 1;\n", "for k=1:3, disp(k)", "switch x\ncase 1",
        "while true", "try", "try\nf\ncatch", "classdef A\nproperties\n", "[a, b", "x = @(a,", "if x, for k = 1:2",
        "spmd", "function f\nif x\nend\n",
    ],
)  # fmt: skip
def test_more_lines_are_needed(text):
    assert incomplete(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "% c", "x = 1", "x = ", "x = 1 +", "f(1", "x = 'abc", 'x = "abc', "%{\na\n%}", "function f\nend",
        "1 = 2", "if x, y = ], end", "@(x) x +", "end", "if x == \n", "x = )", "if x\n f(1", "x = #", "hold on",
        "if x, end", "(a).b", "else", "x = 0x1FFu8", "x = [1 2]", "!ls", "x = 1 % ...",
    ],
)  # fmt: skip
def test_a_whole_text_or_a_wrong_one_needs_no_more(text):
    assert not incomplete(text)
