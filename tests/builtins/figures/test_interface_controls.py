import pytest


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        ("uicontrol('Style','popupmenu','String',{'a','b'})", "matlab.ui.control.UIControl"),
        ("uipanel('Title','t')", "matlab.ui.container.Panel"),
        ("uibuttongroup", "matlab.ui.container.ButtonGroup"),
        ("uitab('Title','t')", "matlab.ui.container.Tab"),
        ("uimenu('Label','t')", "matlab.ui.container.Menu"),
        ("uicontextmenu", "matlab.ui.container.ContextMenu"),
        ("uipushtool('CData',zeros(16,16,3))", "matlab.ui.container.toolbar.PushTool"),
        ("uitable('Data',{1,'a'},'ColumnName',{'x','y'})", "matlab.ui.control.Table"),
    ],
)
def test_controls_are_made_and_have_matlabs_classes(run, call, kind):
    run(f"h = {call}; c = class(h); f = ancestor(h,'figure') == gcf;")
    assert (run["c"], run["f"]) == (kind, True)


def test_values_of_controls_are_kept(run):
    run(
        "p = uipanel; c = uicontrol(p,'Style','edit','String','12','Callback',{@disp,1}); x = str2double(c.String);"
        "t = uitable('Data',table([1;2])); y = class(t.Data); m = uimenu('Label','a'); z = m.Text;"
        "w = class(c.Callback);"
    )
    assert (run["x"], run["y"], run["z"], run["w"]) == (12, "table", "a", "cell")


def test_axes_stand_in_panels(run):
    run("p = uipanel('Position',[0.5 0 0.5 1]); a = axes('Parent',p); plot(a,1:3); x = a.Parent == p;")
    assert run["x"] is True


def test_data_of_a_figure_are_found_from_all_that_is_in_it(run):
    run("f = figure; c = uicontrol(f,'Tag','go'); guidata(c,5); x = guidata(f); s = guihandles(c); y = s.go == c;")
    assert (run["x"], run["y"]) == (5, True)
    run("g = figure; z = isempty(guidata(g));")
    assert run["z"] is True


def test_a_control_that_has_no_such_property_is_not_made(run):
    assert "Unrecognized property" in run.fault("uicontrol('Foo',1)").message
    run("n = numel(allchild(gcf));")
    assert run["n"] == 0


def test_a_figure_of_controls_alone_is_no_picture(run):
    run("uicontrol;")
    assert run.seen() == []
