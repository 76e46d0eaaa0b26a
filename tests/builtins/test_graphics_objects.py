import pytest


def test_a_handle_is_shown_as_matlab_shows_it(run):
    lines = run("h = imagesc(magic(4))")
    assert lines == [
        "h =",
        "Image with properties:",
        "CData: [4×4 double]",
        "CDataMapping: 'scaled'",
        "Use GET to show all properties",
    ]
    run("clf; p = plot([0 0.5 1]);")
    assert run("p")[:5] == [
        "p =",
        "Line with properties:",
        "Color: [0 0.4470 0.7410]",
        "LineStyle: '-'",
        "LineWidth: 0.5000",
    ]


def test_properties_by_dot_need_their_exact_names_and_by_set_do_not(run):
    run("f = figure; set(f, 'NAME', 'a'); x = get(f, 'name');")
    assert run["x"] == "a"


def test_changes_are_of_the_object_not_of_a_copy(run):
    run("a = plot(1:3); b = a; b.LineWidth = 4; x = a.LineWidth; s.h = a; s.h.LineWidth = 5; y = a.LineWidth;")
    assert (run["x"], run["y"]) == (4, 5)


def test_arrays_of_handles_grow_index_and_join(run):
    run(
        "clear h; h(3) = plot(1:3); n = size(h); g = [h(3) gca gcf]; m = numel(g); k = isgraphics(g); c = class(g(2));"
        "for one = g(1), t = class(one); end"
    )
    assert run["n"].tolist() == [[1, 3]] and run["m"] == 3 and run["k"].tolist() == [[True] * 3]
    assert run["c"] == "matlab.graphics.axis.Axes" and run["t"].endswith("Line")


def test_sets_of_several_at_once(run):
    run(
        "h = plot(1:3, magic(3)); set(h, 'LineWidth', 3); x = get(h, 'LineWidth');"
        "set(h, {'Marker'}, {'o';'x';'s'}); y = h(2).Marker;"
    )
    assert run["x"].ravel().tolist() == [3, 3, 3] and run["y"] == "x"


def test_deleting_makes_handles_invalid(run):
    run("p = plot(1:3); delete(p); t = isvalid(p); n = numel(get(gca,'Children'));")
    assert run["t"] is False and run["n"] == 0
    assert "Invalid or deleted object" in run.fault("p.Color").message
    assert run("p") == ["p =", "handle to deleted Line"]


def test_equality_is_identity(run):
    run("a = gcf; b = gcf; c = figure; x = a == b; y = a == c; z = isequal(a, b);")
    assert (run["x"], run["y"], run["z"]) == (True, False, True)


def test_objects_are_found_by_their_properties(run):
    run(
        "plot(1:3,'Tag','a'); hold on; plot(1:4); x = numel(findobj('Type','line'));"
        "y = findobj(gca,'Tag','a'); z = numel(y.XData);"
    )
    assert (run["x"], run["z"]) == (2, 3)


def test_findall_starts_at_the_root_and_sees_hidden_handles(run):
    run(
        "figure('HandleVisibility','off','Tag','bar'); x = numel(findobj('Type','figure'));"
        "y = numel(findall(0,'type','figure','tag','BAR')); z = isempty(findall(0,'tag','none'));"
    )
    assert (run["x"], run["y"], run["z"]) == (0, 1, True)


def test_an_array_of_figures_and_gaps_is_a_graphics_array(run):
    run("g(3) = figure; x = evalc('disp(g)');")
    assert run["x"] == "  1×3 graphics array:\n\n  GraphicsPlaceholder    GraphicsPlaceholder    Figure\n"


def test_user_data_holds_any_value(run):
    run("f = figure; f.UserData = {1,'two'}; x = f.UserData{2}; set(f,'UserData',struct('a',5)); y = f.UserData.a;")
    assert (run["x"], run["y"]) == ("two", 5)


def test_defaults_through_the_root(run):
    run(
        "set(0,'DefaultFigureVisible','off'); x = get(figure,'Visible');"
        "set(groot,'DefaultAxesFontSize',15); y = get(gca,'FontSize');"
    )
    assert (run["x"], run["y"]) == ("off", 15)


@pytest.mark.parametrize("name", ["uigetfile", "imtool", "imsave", "ginput", "uifigure"])
def test_what_needs_a_desktop_says_so_and_what_to_do(run, name):
    fault = run.fault(name)
    assert fault.identifier == "cnnscript:desktop" and fault.hint


def test_waiting_for_a_button_shows_and_goes_on(run):
    assert run("imshow(1); k = waitforbuttonpress;") == ["figure 1: image 1x1"]
    assert run["k"] == 0
