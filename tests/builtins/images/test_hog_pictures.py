"""Pictures of HOG features: on black by themselves, over an image that is held."""


def test_features_stand_on_black_where_nothing_is_held(run):
    run("[f, v] = extractHOGFeatures(rand(16, 24)); h = plot(v); a = gca; n = numel(a.Children); c = a.Color;")
    run("t = a.XTick; d = a.YDir; x = a.XLim; y = a.YLim; p = ishold; m = h(2).XData(1:3);")
    assert run["n"] == 2 and run["c"].tolist() == [[0, 0, 0]] and run["t"].size == 0 and run["d"] == "reverse"
    assert run["x"].tolist() == [[0.5, 24.5]] and run["y"].tolist() == [[0.5, 16.5]] and run["p"] is False
    assert run["m"].tolist() == [[4.5, 12.5, 20.5]]


def test_features_over_an_image_leave_its_axes_alone(run):
    run("I = rand(16); [f, v] = extractHOGFeatures(I); imshow(I), hold on, before = get(gca, 'Color'); plot(v)")
    run("n = numel(get(gca, 'Children')); same = isequal(before, get(gca, 'Color')) && ishold;")
    assert run["n"] == 3 and run["same"] is True
