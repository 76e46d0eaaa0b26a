import pytest

from cnnscript.errors import ScriptError


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
    assert run["x"] == "  1×3 graphics array:\n\n  GraphicsPlaceholder    GraphicsPlaceholder    Figure             \n"


def test_user_data_holds_any_value(run):
    run("f = figure; f.UserData = {1,'two'}; x = f.UserData{2}; set(f,'UserData',struct('a',5)); y = f.UserData.a;")
    assert (run["x"], run["y"]) == ("two", 5)


def test_defaults_through_the_root(run):
    run(
        "set(0,'DefaultFigureVisible','off'); x = get(figure,'Visible');"
        "set(groot,'DefaultAxesFontSize',15); y = get(gca,'FontSize');"
    )
    assert (run["x"], run["y"]) == ("off", 15)


@pytest.mark.parametrize("name", ["uigetfile", "imsave", "ginput"])
def test_what_needs_a_desktop_says_so_and_what_to_do(run, name):
    fault = run.fault(name)
    assert fault.identifier == "cnnscript:desktop" and fault.hint


def test_points_are_a_whole_number_of_them(run):
    assert run.fault("ginput(1.5)").message == "Requires a positive integer."


def test_waiting_for_a_button_shows_and_goes_on(run):
    assert run("imshow(1); k = waitforbuttonpress;") == ["figure 1: image 1x1"]
    assert run["k"] == 0


def test_a_handle_put_into_an_array_of_doubles_still_stands_for_its_object(run):
    run(
        "h = zeros(1,3); for k = 1:3, h(k) = plot(1:k+1); hold on, end, c = class(h); set(h(1), 'Color', 'r');"
        "x = get(h(1), 'Color'); t = ishandle([h 0.25]); k = isgraphics(h(1), 'figure'); set(h, 'LineWidth', 3);"
        "w = get(h, 'LineWidth'); legend(h([1 3]), 'one', 'three'); n = numel(findobj(h, 'Type', 'line'));"
        "a = double(gca); g = plot(a, 1:5); p = get(a, 'Type'); f = ancestor(h(2), 'figure') == gcf;"
    )
    assert run["c"] == "double" and run["x"].tolist() == [[1, 0, 0]] and run["t"].tolist() == [[True] * 3 + [False]]
    assert run["k"] is False and run["w"].ravel().tolist() == [3.0] * 3 and run["n"] == 3
    assert run["p"] == "axes" and run["f"] is True
    run("delete(h(2)); t = ishandle(h); u = h(1) == findobj(h(1)); v = double(h(1)) == h(1); q = h(1) ~= h(3);")
    assert run["t"].tolist() == [[True, False, True]] and (run["u"], run["v"], run["q"]) == (True, True, True)


def test_a_figure_equals_its_number(run):
    run(
        "f = figure(3); t = [f == 3, 3 == f, f == 4, f ~= 3, f == f]; d = double(f); figure(d);"
        "g = [f figure(5)] == [3 4];"
    )
    assert run["t"].tolist() == [[True, True, False, False, True]] and run["d"] == 3
    assert run["g"].tolist() == [[True, False]]
    run("delete(3); t = ishandle([3 5]);")
    assert run["t"].tolist() == [[False, True]]


def test_a_number_of_a_deleted_object_and_a_number_of_none_are_refused(run):
    with pytest.raises(ScriptError, match="Invalid or deleted object"):
        run("h = double(plot(1:2)); delete(h); get(h, 'Color')")
    with pytest.raises(ScriptError):
        run("delete(0.3)")
    with pytest.raises(ScriptError, match="not possible"):
        run("x = int8(plot(1:2));")


def test_axes_kept_as_doubles_are_axes(run):
    run(
        "ax = zeros(1,2); for k = 1:2, ax(k) = subplot(1,2,k); h(k) = plot(1:k+2); end; title(ax(1), 'one');"
        "set(gcf, 'CurrentAxes', ax(1)); c = gca == ax(1); set(h(1), 'Parent', ax(2));"
        "n = numel(get(ax(2), 'Children'));"
        "colormap(ax(1), gray(4)); m = size(colormap(ax(1)), 1); g = [h double(h(1))]; s = g(3) == h(1);"
        "y.h = 0; y.h(2) = h(1); d = class(y.h); t = get(get(ax(1), 'Title'), 'String');"
    )
    assert run["c"] is True and run["n"] == 2 and run["m"] == 4 and run["s"] is True and run["d"] == "double"
    assert run["t"] == "one"


def test_only_an_axes_is_the_current_axes(run):
    assert "handle of an axes" in run.fault("set(figure, 'CurrentAxes', 5)").message
    assert "not possible" in run.fault("x = 0; x(2) = containers.Map;").message
    assert "not possible" in run.fault("x = 0; x(2) = hours(2);").message


def test_set_and_get_take_structs_cells_and_several_objects(run):
    run(
        "h = plot(1:3,magic(3)); s.LineWidth = 2; set(h,s,'Marker','o'); x = get(h(3),{'LineWidth','Marker'});"
        "set(h,{'Tag','LineWidth'},{'a',1;'b',2;'c',3}); y = get(h,'Tag'); z = h(3).LineWidth; t = get(h); n = size(t);"
    )
    assert run["x"].ravel().tolist() == [2, "o"] and run["y"].ravel().tolist() == ["a", "b", "c"]
    assert run["z"] == 3 and run["n"].tolist() == [[3, 1]]


def test_what_a_property_may_be_is_listed(run):
    run("x = set(gca,'XScale'); s = set(gca); y = s.YDir; z = set(gca,'XTick'); t = isfield(s,'TightInset');")
    assert run["x"].ravel().tolist() == ["linear", "log"] and run["y"].ravel().tolist() == ["normal", "reverse"]
    assert run["z"].size == 0 and run["t"] is False


def test_lists_of_properties_of_arrays_are_read_and_dealt(run):
    run(
        "h = plot(1:3,magic(3)); [h.LineWidth] = deal(1,2,3); x = [h.LineWidth]; h(2).Color = 'r'; y = h(2).Color;"
        "h(2) = []; n = numel(h); g = h; g(2,2) = gca; c = class(g); k = class(h); t = g'; u = isequal(t(2,2),gca);"
    )
    assert run["x"].tolist() == [[1, 2, 3]] and run["y"].tolist() == [[1, 0, 0]] and run["n"] == 2
    assert (run["c"], run["k"], run["u"]) == ("matlab.graphics.Graphics", "matlab.graphics.chart.primitive.Line", True)


def test_placeholders_have_no_properties(run):
    run("g = gobjects(2,1,3); n = size(g); c = class(g); t = isgraphics(g(1)); e = class(gobjects(0));")
    assert run["n"].tolist() == [[2, 1, 3]] and run["c"] == run["e"] == "matlab.graphics.GraphicsPlaceholder"
    assert run["t"] is False and "GraphicsPlaceholder" in run.fault("g(1).Color").message
    assert run.fault("g(1) = 5").identifier == "MATLAB:UnableToConvert"


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("h.color", "MATLAB:noSuchMethodOrField"),
        ("h.Foo = 1", "MATLAB:noPublicFieldForClass"),
        ("set(h,'Foo',1)", "MATLAB:hg:InvalidProperty"),
        ("get(h,'Foo')", "MATLAB:hg:InvalidProperty"),
        ("h.Type = 'x'", "MATLAB:class:SetProhibited"),
        ("set(gcf,'Number',2)", "MATLAB:class:SetProhibited"),
        ("set(77,'Color','r')", "MATLAB:class:InvalidHandle"),
        ("set(h,'Color','r','x')", "MATLAB:hg:InvalidPVPair"),
        ("set(gca,'XLim',[2 1])", "MATLAB:hg:shaped_arrays:LimitsWithInfsPredicate"),
        ("set(gca,'Title',5)", "MATLAB:hg:InvalidValue"),
        ("set(gca,'Children',h([]))", "MATLAB:hg:InvalidValue"),
        ("set(groot,'DefaultAxesFoo',1)", "MATLAB:hg:InvalidProperty"),
        ("h = [h; h]; h(3).Color", "MATLAB:badsubscript"),
    ],
)
def test_what_objects_refuse_has_matlabs_identifier(run, text, identifier):
    run("h = plot(1:3);")
    assert run.fault(text).identifier == identifier


def test_an_older_way_of_giving_an_axes_its_title(run):
    run("plot(1:3); set(gca,'Title',text('String','old','FontSize',20)); t = get(gca,'Title'); x = t.FontSize;")
    assert run["x"] == 20 and run.seen() == ["figure 1: line 3 points, title 'old'"]


def test_lesser_objects_are_got_at_by_dots(run):
    run(
        "h = plot(1:3); hold on; plot(1:2,'DisplayName','b'); ax = gca;"
        "ax.Toolbar.Visible = 'off'; x = ax.Toolbar.Visible;"
        "h.Annotation.LegendInformation.IconDisplayStyle = 'off'; l = legend; s = l.String;"
        "h.DataTipTemplate.DataTipRows(1).Label = 'T'; y = h.DataTipTemplate.DataTipRows(1).Label;"
        "ax.XAxis.FontSize = 7; z = [ax.XAxis.FontSize ax.YAxis.FontSize]; f = ax.Parent.CurrentAxes == ax;"
    )
    assert run["x"] == "off" and run["s"].ravel().tolist() == ["b"] and run["y"] == "T" and run["f"] is True
    assert run["z"].tolist() == [[7, 10]]


def test_callbacks_and_user_data_are_kept_as_they_are(run):
    run(
        "h = plot(1:3,'ButtonDownFcn',{@(s,e,k) k,5},'UserData',true); x = class(h.ButtonDownFcn);"
        "y = class(h.UserData); h.ButtonDownFcn = @(s,e) 7; z = h.ButtonDownFcn(1,2);"
        "set(gcf,'WindowKeyPressFcn','disp(1)'); w = get(gcf,'WindowKeyPressFcn');"
    )
    assert (run["x"], run["y"], run["z"], run["w"]) == ("cell", "logical", 7, "disp(1)")


def test_reset_gives_back_the_properties_of_new_objects_but_not_the_data(run):
    run("h = plot(1:3,'LineWidth',4); reset(h); x = h.LineWidth; y = h.YData;")
    run("set(0,'DefaultAxesBox','on'); reset(groot);")
    assert run["x"] == 0.5 and run["y"].tolist() == [[1, 2, 3]]
    run("figure; a = axes; z = a.Box;")
    assert run["z"] == "off"


def test_room_around_axes_is_told(run):
    run("plot(1:3); ax = gca; a = ax.TightInset; ylabel('y'); b = ax.TightInset;")
    assert run["a"].shape == (1, 4) and (run["a"][0, :2] > 0).all() and run["b"][0, 0] > run["a"][0, 0]


def test_data_may_be_changed_one_after_the_other(run):
    run("h = plot(1:3); h.XData = 1:5; drawnow; h.YData = [5 4 3 2 1]; x = xlim;")
    assert run["x"].tolist() == [[1, 5]] and run.seen() == ["figure 1: line 5 points"]


def test_handles_are_elements_of_sets(run):
    run("h = plot(1:3,magic(3)); n = numel(unique([h;h])); [t,k] = ismember(h([3 1]),h); d = setdiff(h,h(2));")
    assert run["n"] == 3 and run["t"].ravel().tolist() == [True, True] and run["k"].ravel().tolist() == [3, 1]


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("axes('Position',[0 0 -1 1])", "MATLAB:hg:set_chck:DimensionsOutsideRange"),
        ("rectangle('Position',[0 0 1 -1])", "MATLAB:hg:set_chck:DimensionsOutsideRange"),
        ("set(gca,'XTickLabel',@sin)", "MATLAB:hg:datatypes:NumericOrStringDataType:ArrayClass"),
        ("set(gca,'XTick',[2 1])", "MATLAB:hg:shaped_arrays:TickPredicate"),
        ("get(2+3i)", "MATLAB:graphics:InvalidHandle"),
        ("findobj(@sin, 1)", "MATLAB:graphics:InvalidHandle"),
    ],
)
def test_places_labels_and_handles_that_cannot_be(run, text, identifier):
    assert run.fault(text).identifier == identifier
