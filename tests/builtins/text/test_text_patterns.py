"""Patterns of text: what they match, how they are written, and which functions take them."""


def test_the_release_names_of_the_manual_are_found(run):
    run('pat = "R" + digitsPattern(4) + ("a"|"b");')
    assert run('disp(extract(["in R2016b." "since R2020b."], pat))') == ['"R2016b"    "R2020b"']
    assert run("disp(pat)")[-1] == '"R" + digitsPattern(4) + ("a" | "b")'


def test_every_searching_function_takes_a_pattern(run):
    run("d = digitsPattern; s = 'a1b22';")
    assert run("disp([contains(s, d) startsWith(s, d) endsWith(s, d) matches('12', d)])") == ["1   0   1   1"]
    assert run("disp([count(s, d) strfind(s, d)])") == ["2     2     4"]
    assert run("disp(replace(s, d, '#')); disp(erase(s, d))") == ["a#b#", "ab"]
    assert run("disp(insertBefore(s, d, '-'))") == ["a-1b-22"]
    assert run("disp(extractBefore(s, d)); disp(extractAfter(s, d))") == ["a", "b22"]
    assert run("disp(split('x1y2z', d)')") == ["{'x'}    {'y'}    {'z'}"]
    assert run("disp(extractBetween('<a>', '<', lookAheadBoundary('>')))") == ["{'a'}"]


def test_text_stays_what_it_was(run):
    assert run("disp(class(extract('a1', digitsPattern)))") == ["cell"]
    assert run('disp(class(extract("a1", digitsPattern)))') == ["string"]
    assert run("disp(class(replace('a1', digitsPattern, 'x')))") == ["char"]


def test_a_boundary_is_turned_round(run):
    assert run('disp(count("an ban", letterBoundary("start") + "an"))') == ["1"]
    assert run('disp(count("an ban", ~letterBoundary("start") + "an"))') == ["1"]
    assert run.fault("~digitsPattern").identifier == "MATLAB:UndefinedFunction"


def test_letter_case_is_ignored_where_wished(run):
    assert run('disp(contains("CONV", pattern("conv"), IgnoreCase=true))') == ["1"]


def test_a_pattern_of_numbers_is_refused(run):
    assert run.fault("digitsPattern + 3").identifier == "MATLAB:string:InvalidPattern"
    assert run.fault("digitsPattern(-1)").identifier == "MATLAB:digitsPattern:mustBeNonnegativeInteger"
    assert run.fault("lookBehindBoundary(digitsPattern)").identifier == "cnnscript:NotYet"
