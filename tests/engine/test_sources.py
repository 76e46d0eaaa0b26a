"""Sources of weights: sizes, hashes, and whether a file is what a source has."""

import hashlib

import pytest

from cnnscript.engine.sources import Source, hash_of


def source(**facts):
    return Source("x", "f", "x.bin", "https://example.org/x.bin", facts.pop("bytes", 5), **facts)


@pytest.mark.parametrize(
    ("size", "exact", "text"),
    [(243_863_787, True, "244 MB"), (4_945_361, True, "4.9 MB"), (14_500_000, False, "about 14 MB"),
     (None, False, "size not known")],
)  # fmt: skip
def test_sizes_are_said_as_a_person_says_them(size, exact, text):
    assert source(bytes=size, exact=exact).size_text == text


def test_the_strongest_known_hash_is_the_one_that_is_checked():
    assert source(sha256="a", md5="b", sha1="c").hash == ("sha256", "a")
    assert source(md5="b", sha1="c").hash == ("sha1", "c")
    assert source().hash is None


def test_a_file_is_a_sources_when_size_and_hash_are(tmp_path):
    path = tmp_path / "x.bin"
    path.write_bytes(b"hello")
    md5 = hashlib.md5(b"hello").hexdigest()
    assert hash_of(path, "md5") == md5
    assert source(md5=md5).is_content_of(path)
    assert not source(md5=md5, bytes=6).is_content_of(path)
    assert source(md5=md5, bytes=6, exact=False).is_content_of(path)
    assert not source(md5="0").is_content_of(path)
    assert source(bytes=None, exact=False).is_content_of(path)  # nothing is known: its owner's word


def test_a_package_is_told_from_an_address():
    assert source().packaged is None
    assert Source("x", "f", "w.pkl", "package:ndf/w.pkl", 5).packaged == "ndf/w.pkl"
