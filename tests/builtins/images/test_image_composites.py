import pytest


def test_a_colour_map_takes_the_place_of_the_files_own(run):
    run(
        "imwrite(uint8([0 1]), [1 0 0; 0 0 1], 'a.png');"
        "A = imtile({'a.png'}); B = imtile({'a.png'}, [0 1 0; 0 0 0]); C = imtile('a.png', [0 1 0; 0 0 0]);"
    )
    assert run["A"][0].tolist() == [[1, 0, 0], [0, 0, 1]]
    assert run["B"][0].tolist() == run["C"][0].tolist() == [[0, 1, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    ("call", "size"),
    [
        ("imtile(rand(4,5,7),'GridSize',[2 NaN])", (8, 20)),
        ("imtile(rand(4,5,7),'GridSize',[NaN 3],'BorderSize',[1 2],'ThumbnailSize',[8 NaN])", (30, 42)),
        ("imtile(rand(4,5,7),'GridSize',[NaN NaN])", (12, 15)),
        ("imtile(rand(4,5,7),'Frames',logical([1 0 1 0 0 0 1]))", (8, 10)),
        ("imtile(rand(4,5,3))", (8, 10)),
        ("imtile(rand(4,5,3,2))", (4, 10, 3)),
        ("imtile(uint8(zeros(4,5,1,2)),gray(8))", (4, 10, 3)),
        ("imtile(zeros(2,2,2),'BackgroundColor','k')", (2, 4, 3)),
        ("imtile({zeros(2),[],zeros(4,4,3)})", (4, 4, 3)),
        ("imtile([])", (0, 0)),
        ("imtile({})", (0, 0)),
    ],
)
def test_sizes_of_tiles(run, call, size):
    run(f"T = {call};")
    assert run["T"].shape == size


def test_mixed_classes_are_doubles_between_black_and_white(run):
    run("T = imtile({ones(2), uint8(255*ones(2)), true(2), uint16(65535*ones(2))});")
    assert run["T"].dtype == float and (run["T"] == 1).all()


def test_a_smaller_image_keeps_its_proportions_in_the_middle_of_its_tile(run):
    run("T = imtile({zeros(6), ones(2,6)}, 'BackgroundColor', 'r');")
    tile = run["T"][:, 6:]
    assert (tile[2:4] == 1).all() and (tile[[0, 1, 4, 5]] == [1, 0, 0]).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imtile(rand(3,3,4),'GridSize',[1 2])", "big enough"),
        ("imtile(rand(3,3,4),'GridSize',[0 2])", "positive integers"),
        ("imtile(rand(3,3,4),'ThumbnailSize',[NaN NaN])", "ThumbnailSize"),
        ("imtile(rand(3,3,4),'ThumbnailSize',[1.5 2])", "ThumbnailSize"),
        ("imtile(rand(3,3,4),'Frames',0)", "from 1 to 4"),
        ("imtile(rand(3,3,4),'Frames',NaN)", "from 1 to 4"),
        ("imtile(rand(3,3,2,2))", "multiframe"),
        ("imtile(rand(3,3,3,2,2))", "multiframe"),
        ("imtile({1,'nosuch.png'})", "does not exist"),
        ("imtile({1,struct})", "Instead its type was struct."),
        ("imtile(struct)", "uint8, uint16, double, single, int16, logical\n\nInstead its type was struct."),
        ("imtile(1i)", "real"),
        ("montage(rand(3,3,1,4),'foo',1)", "'foo'"),
        ("montage(rand(3,3,1,4),'DisplayRange',[1 0])", "HIGH must be greater"),
        ("montage(rand(3,3,1,4),ones(2,2))", "M-by-3"),
        ("imfuse(1,2,3)", "string scalar or character vector"),
        ("imfuse(ones(2),ones(2),'ColorChannels',[1 2 5])", "0, 1, 2"),
        ("imfuse(ones(2,2,3,2),1)", "m-by-n"),
        ("imoverlay(ones(2),[1 2])", "same size"),
    ],
)
def test_what_cannot_be_put_together_is_said(run, call, words):
    assert words in run.fault(call).message


@pytest.mark.parametrize(
    ("options", "pixels"),
    [
        ("", [[255, 0, 255], [0, 255, 0], [128, 128, 128]]),
        ("'ColorChannels','red-cyan'", [[0, 255, 255], [255, 0, 0], [128, 128, 128]]),
        ("'ColorChannels',[1 0 2]", [[0, 0, 255], [255, 0, 0], [128, 0, 128]]),
    ],
)
def test_false_colours_show_which_image_is_brighter(run, options, pixels):
    run(f"C = imfuse([0 1 0.5],[1 0 0.5]{',' + options if options else ''});")
    assert run["C"][0].tolist() == pixels


@pytest.mark.parametrize(
    ("scaling", "rows"), [("independent", [0, 255, 0, 255]), ("joint", [0, 85, 170, 255]), ("none", [0, 26, 51, 77])]
)
def test_scalings_of_two_images(run, scaling, rows):
    run(f"C = imfuse([0 0.1],[0.2 0.3],'montage','Scaling','{scaling}');")
    assert run["C"][0].tolist() == rows


def test_other_ways_of_two_images(run):
    run(
        "B = imfuse([0 1; 1 1],[1; 1],'blend','Scaling','none'); D = imfuse([0 1],[1 1],'diff');"
        "K = imfuse(zeros(16),ones(16),'checkerboard','Scaling','none');"
    )
    assert run["B"].tolist() == [[128, 255], [255, 255]] and run["D"].tolist() == [[255, 0]]
    assert run["K"][0].tolist() == [0, 0, 255, 255] * 4 and run["K"][2, 0] == 255


def test_images_lie_where_their_references_say(run):
    run(
        "[C,R] = imfuse([1 1],imref2d([1 2]),1,imref2d([1 1],[2.5 3.5],[0.5 1.5]),'falsecolor','Scaling','none');"
        "x = R.XWorldLimits; A = imref2d([2 2],[0 4],[0 4]); B = imref2d([4 4],[0 4],[0 4]);"
        "[D,S] = imfuse(ones(2),A,ones(4),B,'diff'); n = S.ImageSize;"
    )
    assert run["C"][0].tolist() == [[0, 255, 0], [0, 255, 0], [255, 0, 255]] and run["x"].tolist() == [[0.5, 3.5]]
    assert run["n"].tolist() == [[4, 4]] and not run["D"].any()  # on the finer grid


def test_imshowpair_of_references_has_ticks_and_their_limits(run):
    run(
        "imshowpair(ones(2,3),imref2d([2 3],[0 6],[0 4]),ones(2,3),imref2d([2 3],[2 8],[0 4]));"
        "x = xlim; y = ylim; v = get(gca,'Visible');"
    )
    assert run["x"].tolist() == [[0, 8]] and run["y"].tolist() == [[0, 4]] and run["v"] == "on"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imfuse(ones(2))", "Not enough input"),
        ("imfuse(ones(2),imref2d([2 2]),ones(2))", "A, RA, B, RB"),
        ("imfuse(ones(2),imref2d([2 3]),ones(2),imref2d([2 2]))", "consistent with the ImageSize"),
        ("imshow(ones(2),imref2d([2 3]))", "consistent with the ImageSize"),
    ],
)
def test_references_that_do_not_fit(run, call, words):
    assert words in run.fault(call).message


@pytest.mark.parametrize("call", ["imshow('{}')", "imtile({{ones(3),'{}'}})", "montage({{'good.png','{}'}})"])
def test_files_that_are_no_pictures_are_said_and_nothing_is_lost(run, tmp_path, call):
    run("imwrite(rand(40,40,3),'good.png'); imshow(ones(2)); mkdir folder;")
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "words.jpg").write_bytes(b"hello, world")
    (tmp_path / "cut.png").write_bytes((tmp_path / "good.png").read_bytes()[:900])
    for name in ("empty.png", "words.jpg"):
        assert run.fault(call.format(name)).message == "Unable to determine the file format."
    assert 'Unable to read file "cut.png".' in run.fault(call.format("cut.png")).message
    for name in ("nosuch.png", "nofolder/a.png", "folder"):
        assert run.fault(call.format(name)).message == f'File "{name}" does not exist.'
    assert run.seen() == ["figure 1: image 2x2"]


@pytest.mark.parametrize("value", ["[]", "zeros(0,5)", "zeros(4,0,3)", "NaN(3)", "[Inf -Inf; NaN 0]", "zeros(2,2,1,0)"])
@pytest.mark.parametrize("call", ["imshow(v)", "imagesc(v)", "image(v)", "montage(v)", "imtile(v)", "imfuse(v,v)"])
def test_empty_and_endless_images_are_shown_or_refused(run, call, value):
    from cnnscript.errors import ScriptError

    try:
        run(f"v = {value}; {call}; colorbar; drawnow;")
    except ScriptError as fault:
        assert fault.message and ("0" in value or value == "[]")
