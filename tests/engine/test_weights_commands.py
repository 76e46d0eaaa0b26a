"""`weights ...` in text: what is listed, fetched, taken, verified, and what is refused."""

import hashlib

import pytest

from cnnscript.engine.sources import Source
from cnnscript.engine.weights_commands import weights_text
from cnnscript.engine.zoo import Zoo
from cnnscript.errors import ScriptError
from tests.engine.loopback import serving
from tests.engine.test_converters import DARKNET, numbers
from tests.engine.weight_files import darknet


@pytest.fixture
def body():
    import numpy as np

    from cnnscript.engine.architectures import read_architecture

    return darknet([np.zeros(4 * 4 + 4 * 27 + 5 + 20)]), read_architecture(DARKNET)


@pytest.fixture
def zoo(body, tmp_path, monkeypatch):
    monkeypatch.setattr(Zoo, "architecture", lambda self, name: body[1])
    monkeypatch.setattr(Zoo, "names", lambda self: ("darknet19", "darknet53"))
    with serving(body[0], monkeypatch) as server:
        digest = hashlib.sha256(body[0]).hexdigest()
        sources = (
            Source("darknet19", "darknet", "d19.weights", server.address, len(body[0]), digest, note="a note"),
            Source("darknet53", "darknet", "d53.weights", server.address, None, exact=False),
        )
        yield Zoo(folders=[tmp_path / "w"], sources=sources, offline=False)


def said(zoo, line):
    text, well = weights_text(zoo, line.split())
    assert well
    return text


def test_list_says_of_every_network_whether_its_weights_are_here(zoo):
    host = zoo.sources[0].address.split("/")[2]
    assert said(zoo, "list").splitlines() == [
        "network    weights   size            from",
        f"darknet19  to fetch  0.0 MB          d19.weights, {host} (sha256)",
        f"darknet53  opt-in    size not known  d53.weights, {host} (no hash known)",
        "opt-in: no hash is known that could check the file; weights get NAME --unchecked fetches it",
    ]
    said(zoo, "get darknet19")
    assert "darknet19  here" in said(zoo, "list")


def test_list_of_one_gives_its_sources_with_addresses(zoo):
    assert said(zoo, "list darknet19").splitlines() == [
        "darknet19: to fetch",
        "  d19.weights  0.0 MB  sha256",
        f"    {zoo.sources[0].address}",
        "    a note",
    ]


def test_get_fetches_what_can_be_checked_and_the_rest_when_told(zoo, tmp_path):
    assert said(zoo, "get darknet19") == f"darknet19: {tmp_path / 'w' / 'darknet19.npz'}"
    with pytest.raises(ScriptError, match="not on this computer"):
        weights_text(zoo, ["get", "darknet53"])
    assert said(zoo, "get darknet53 --unchecked") == f"darknet53: {tmp_path / 'w' / 'darknet53.npz'}"
    assert said(zoo, "verify").count("whole") == 2


def test_status_says_where_what_is(zoo, tmp_path):
    assert said(zoo, "status").splitlines() == [
        "folders:",
        f"  {tmp_path / 'w'}  empty",
        "downloads: allowed",
        "here:",
        "  none",
        "not here: 2 of 2 networks (weights list)",
    ]
    said(zoo, "get darknet19")
    (tmp_path / "w" / "d53.weights.unchecke.part").write_bytes(b"1" * 100_000)
    lines = said(zoo, "").splitlines()
    assert lines[1].startswith(f"  {tmp_path / 'w'}  2 files, ")
    assert lines[-1] == f"unfinished: {tmp_path / 'w' / 'd53.weights.unchecke.part'}  0.1 MB"


def test_add_takes_a_file_and_path_says_where_to(zoo, body, tmp_path):
    (tmp_path / "mine.weights").write_bytes(body[0])
    assert said(zoo, f"add darknet53 {tmp_path / 'mine.weights'}") == f"darknet53: {tmp_path / 'w' / 'darknet53.npz'}"
    assert said(zoo, "path") == str(tmp_path / "w")


def test_verify_says_what_is_damaged_or_not_here(zoo, tmp_path):
    said(zoo, "get darknet19")
    assert said(zoo, "verify darknet19") == f"darknet19: whole ({tmp_path / 'w' / 'darknet19.npz'})"
    (tmp_path / "w" / "darknet19.npz").write_bytes(b"x")
    text, well = weights_text(zoo, ["verify", "darknet19", "darknet53"])
    assert not well
    assert text.splitlines()[0].startswith("darknet19: damaged")
    assert text.splitlines()[1] == "darknet53: not here"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("lits", "'lits' is no command of weights."),
        ("get", "weights get takes a network."),
        ("get darknet18", "There is no network 'darknet18'."),
        ("add darknet19", "weights add takes a network and a file."),
        ("add darknet19 gone.h5", "There is no file 'gone.h5'."),
        ("list --unchecked", "'--unchecked' is no option of weights list."),
        ("path x", "weights path takes nothing more."),
    ],
)
def test_wrong_words_are_said(zoo, line, message):
    with pytest.raises(ScriptError) as caught:
        weights_text(zoo, line.split())
    assert caught.value.message == message


def test_random_numbers_come_through_the_whole_way(zoo, body, tmp_path):
    import numpy as np

    rng = np.random.default_rng(2)
    arrays = numbers(body[1], rng)
    row = [arrays["batchnorm1"][name] for name in ("Offset", "Scale", "TrainedMean", "TrainedVariance")]
    row += [arrays["conv1"]["Weights"].transpose(3, 2, 0, 1), arrays["conv2"]["Bias"]]
    row += [arrays["conv2"]["Weights"].transpose(3, 2, 0, 1)]
    (tmp_path / "mine.weights").write_bytes(darknet(row))
    said(zoo, f"add darknet19 {tmp_path / 'mine.weights'}")
    net = zoo.network("darknet19")
    np.testing.assert_array_equal(net.parameter("conv2", "Weights"), arrays["conv2"]["Weights"])
    np.testing.assert_array_equal(net.parameter("batchnorm1", "TrainedMean"), arrays["batchnorm1"]["TrainedMean"])
