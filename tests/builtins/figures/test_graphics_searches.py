import pytest


@pytest.fixture
def plotted(run):
    run(
        "f = figure('Tag','f'); a = axes('Tag','left'); h = plot(a, 1:3, magic(3)); set(h, {'Tag'}, {'x1';'x2';'y'});"
        "h(2).LineWidth = 3; hold on; im = image(a, 1:2); title('t');"
    )
    return run


@pytest.mark.parametrize(
    ("call", "count"),
    [
        ("findobj", 7),
        ("findobj('Type','line')", 3),
        ("findobj(f,'flat')", 1),
        ("findobj(f,'-depth',1)", 2),
        ("findobj(f,'-depth',0,'Type','line')", 0),
        ("findobj('Type','line','-and','LineWidth',3)", 1),
        ("findobj('Type','line','-or','Type','image')", 4),
        ("findobj('Type','line','-not','LineWidth',3)", 2),
        ("findobj('-not',{'Type','line','-or','Type','image'})", 3),
        ("findobj('-not','Type','line','-not','Type','image')", 3),
        ("findobj('Type','line','-xor','Tag','x1')", 2),
        ("findobj('-regexp','Tag','^x\\d$')", 2),
        ("findobj({'Tag','x1'},'-or',{'Tag','y'})", 2),
        ("findobj('-property','LineWidth','-depth',5)", 4),
        ("findobj('-isa','matlab.graphics.chart.primitive.Line')", 3),
        ("findobj('-function',@(x) strcmp(x.Type,'axes'))", 1),
        ("findobj('-function','Tag',@(t) strcmp(t,'x1'))", 1),
        ("findobj(h(1:2))", 2),
        ("findobj(h,'flat','Color',h(1).Color)", 1),
        ("findobj(struct('Type','line','LineWidth',3))", 1),
        ("findobj(f,'Parent',a)", 4),
        ("findobj('Visible','ON')", 7),
        ("findall(f,'Type','text')", 1),
        ("findobj(f,'Type','text')", 0),
        ("findobj('-depth')", 0),
    ],
)
def test_objects_that_fit_are_found(plotted, call, count):
    if call == "findobj('-depth')":
        assert plotted.fault(call).identifier == "MATLAB:hg:InvalidPVPair"
        return
    plotted(f"n = numel({call});")
    assert plotted["n"] == count


def test_what_was_made_last_is_found_first(plotted):
    plotted("g = findobj(a,'Type','line'); t = {g.Tag};")
    assert plotted["t"].ravel().tolist() == ["y", "x2", "x1"]


def test_hidden_objects_hide_what_is_in_them(run):
    run(
        "f = figure('HandleVisibility','off'); axes(f); x = numel(findobj('Type','axes'));"
        "y = numel(findall(0,'Type','axes'));"
    )
    assert (run["x"], run["y"]) == (0, 1)


def test_ancestors_of_several_kinds_and_none(plotted):
    plotted(
        "p = ancestor(h(1),{'figure','axes'}); q = ancestor(h(1),{'figure','axes'},'toplevel');"
        "r = isempty(ancestor(h(1),'uipanel')); t = [p == a, q == f]; u = class(ancestor(h, 'axes'));"
    )
    assert plotted["t"].tolist() == [[True, True]] and plotted["r"] is True and plotted["u"] == "cell"


def test_the_object_of_a_callback_is_known_while_it_runs(run):
    run("f = figure('DeleteFcn','x = class(gcbo); y = gcbf == gcbo;'); delete(f); z = isempty(gcbo);")
    assert (run["x"], run["y"], run["z"]) == ("matlab.ui.Figure", True, True)
