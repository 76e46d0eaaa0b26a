def test_data_are_read_again_from_what_their_sources_name(run):
    run("y = 1:3; h = plot(y); h.YDataSource = 'y'; y = y * 10; refreshdata; a = h.YData;") if has_source(run) else None
    run("movegui(gcf, 'northwest'); p = get(gcf, 'Position');")
    assert run["p"][0, 2:].tolist() == [560, 420] and run["p"][0, 0] == 30


def has_source(run):
    run("h = plot(1:2); t = isprop(h, 'YDataSource');")
    return run["t"]


def test_nobody_is_waited_for(run):
    run("imshow(ones(2));")
    assert run("uiwait(gcf)") == ["figure 1: image 2x2"]
    assert run("waitfor(gcf, 'Name', 'x'); uiresume(gcf);") == []
    assert run.fault("waitfor(gcf, 'NoSuch')").message


def test_closing_the_current_figure_alone(run):
    run("figure(1); figure(2); closereq; n = get(gcf, 'Number'); close all; closereq;")
    assert run["n"] == 1
