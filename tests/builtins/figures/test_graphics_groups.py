import numpy as np
import pytest


def test_copies_are_objects_of_their_own_in_their_new_parents(run):
    run(
        "h = plot(1:3,'LineWidth',4,'ButtonDownFcn','1'); b = axes(figure); c = copyobj(h,b); c.LineWidth = 1;"
        "x = h.LineWidth; y = isempty(c.ButtonDownFcn); d = copyobj(h,b,'legacy'); z = d.ButtonDownFcn;"
        "n = numel(b.Children); e = copyobj(gca,figure); t = e.Children(1) == d;"
    )
    assert (run["x"], run["y"], run["z"], run["n"], run["t"]) == (4, True, "1", 2, False)
    assert "cannot be a child" in run.fault("copyobj(h, gcf)").message


def test_a_copied_figure_has_a_number_of_its_own(run):
    run("f = figure; plot(1:3); g = copyobj(f,groot); x = [f.Number g.Number]; y = isequal(g.Children,f.Children);")
    assert run["x"].tolist() == [[1, 2]] and run["y"] is False
    run("f.Children.XAxis.FontSize = 14; g = copyobj(f,groot); s = g.Children.XAxis.FontSize;")
    assert run["s"] == 14


def test_groups_have_their_members_and_one_line_in_a_legend(run):
    run(
        "g = hggroup('DisplayName','both'); plot(1:3,'Parent',g); hold on; plot(1:4,'Parent',g); l = legend;"
        "s = l.String; n = numel(g.Children); x = xlim; delete(g); m = numel(get(gca,'Children'));"
    )
    assert run["s"].ravel().tolist() == ["both"] and (run["n"], run["m"]) == (2, 0)


def test_plotting_into_a_group_leaves_what_is_there(run):
    run("a = plot(1:3); g = hggroup; plot(1:4,'Parent',g); t = isvalid(a);")
    assert run["t"] is True


def test_transforms_multiply_in_the_order_given(run):
    run("M = makehgtform('zrotate',pi/2,'translate',[1 0 0]); N = makehgtform('axisrotate',[0 0 2],pi/2);")
    assert np.allclose(run["M"][:3, 3], [0, 1, 0]) and np.allclose(run["N"][:2, :2], [[0, -1], [1, 0]])
    run("t = hgtransform('Matrix',M); line([0 1],[0 0],'Parent',t); x = ylim;")
    assert run["x"].tolist() == [[1, 2]]


@pytest.mark.parametrize("call", ["makehgtform('scale')", "makehgtform('translate',1)", "makehgtform('turn',1)"])
def test_movements_that_are_none_are_refused(run, call):
    assert run.fault(call).identifier.startswith(("MATLAB:makehgtform", "MATLAB:"))


def test_linked_properties_follow_each_other_until_the_link_goes(run):
    run(
        "h = plot(1:3,magic(3)); l = linkprop(h,{'LineWidth','Marker'}); h(2).LineWidth = 5; x = [h.LineWidth];"
        "h(1).Marker = 'o'; m = h(3).Marker; removeprop(l,'LineWidth'); h(1).LineWidth = 1; y = h(2).LineWidth;"
        "delete(l); h(1).Marker = 'x'; z = h(2).Marker;"
    )
    assert run["x"].tolist() == [[5, 5, 5]] and (run["m"], run["y"], run["z"]) == ("o", 5, "o")


def test_listeners_hear_of_a_property_until_they_are_deleted(run):
    run(
        "n = 0; h = plot(1:3); keep = @(s,e) assignin('base','n',e.AffectedObject.LineWidth);"
        "e = addlistener(h,'LineWidth','PostSet',keep);"
        "set(h,'LineWidth',4); x = n; e.Enabled = false; h.LineWidth = 5; e.Enabled = true; y = n; delete(e);"
        "h.LineWidth = 6; z = n; c = e.EventName;"
    )
    assert (run["x"], run["y"], run["z"], run["c"]) == (4, 4, 4, "PostSet")
    assert run.fault("addlistener(h,'Nothing',@(s,e) 1)").identifier == "MATLAB:class:InvalidEvent"
    assert run.fault("addlistener(h,'Nothing','PostSet',@(s,e) 1)").identifier == "MATLAB:noSuchMethodOrField"


def test_the_end_of_an_object_runs_what_waits_for_it(run):
    assert run("h = plot(1:3,'DeleteFcn',{@(s,e,w) disp([w s.Type]),'end of '}); delete(h);")[-1:] != []
    run("f = figure('DeleteFcn','disp(1)'); a = axes(f,'DeleteFcn','disp(2)'); plot(a,1:2,'DeleteFcn','disp(3)');")
    assert [line for line in run("delete(f)") if line in "123"] == ["1", "2", "3"]


def test_a_fault_in_a_callback_is_a_warning(run):
    run("f = figure('DeleteFcn','error(''no'')'); lastwarn('');")
    run("delete(f); w = lastwarn; t = isvalid(f);")
    assert "Error while evaluating Figure DeleteFcn" in run["w"] and "no" in run["w"] and run["t"] is False


def test_closing_asks_the_figure_and_force_does_not(run):
    run("f = figure('CloseRequestFcn',@(s,e) assignin('base','asked',true)); s = close(f); t = isvalid(f);")
    assert (run["s"], run["t"], run["asked"]) == (0, True, True)
    run("close(f,'force'); t = isvalid(f); g = figure('CloseRequestFcn','delete(gcbf)'); close(g); u = isvalid(g);")
    assert (run["t"], run["u"]) == (False, False)


def test_close_all_leaves_figures_with_hidden_handles(run):
    run("f = figure('HandleVisibility','off'); figure; close all; x = isvalid(f); close all hidden; y = isvalid(f);")
    assert (run["x"], run["y"]) == (True, False)


def test_uistack_moves_objects_among_their_like(run):
    run(
        "h = plot(1:3,magic(3)); a = gca; uistack(h(3),'bottom'); x = a.Children(3) == h(3);"
        "uistack(h(3),'up',2); y = a.Children(1) == h(3);"
    )
    assert (run["x"], run["y"]) == (True, True)
