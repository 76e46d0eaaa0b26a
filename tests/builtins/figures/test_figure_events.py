def test_data_are_read_again_from_what_their_sources_name(run):
    run("y = 1:3; h = plot(y); h.YDataSource = 'y'; y = y * 10; refreshdata; a = h.YData;")
    assert run["a"].tolist() == [[10, 20, 30]]


def test_nobody_is_waited_for(run):
    run("imshow(ones(2));")
    assert run("uiwait(gcf)") == ["figure 1: image 2x2"]
    assert run("waitfor(gcf, 'Name', 'x'); uiresume(gcf);") == []
    assert run.fault("waitfor(gcf, 'NoSuch')").message
