"""fread and fwrite: classes, gaps, bits, characters, byte orders."""

import io

import pytest

from cnnscript.session import Session


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    session = Session(out=io.StringIO(), err=io.StringIO())

    def run(code):
        session.run(code)
        return session

    return run


def test_blocks_are_read_and_written_with_gaps_between_them(run):
    found = run(
        "f = fopen('a', 'w'); fwrite(f, 1:9); fclose(f);"
        "f = fopen('a'); x = fread(f, [1 6], '2*uint8=>uint8', 1); c = class(x); fclose(f);"
        "f = fopen('b', 'w'); n = fwrite(f, 1:4, '2*uint8', 2); fclose(f);"
        "f = fopen('b'); y = fread(f)'; fclose(f);"
    )
    assert found["x"].tolist() == [[1, 2, 4, 5, 7, 8]] and found["c"] == "uint8"
    assert found["n"] == 4 and found["y"].tolist() == [[0, 0, 1, 2, 0, 0, 3, 4]]


def test_numbers_of_a_few_bits(run):
    found = run(
        "f = fopen('a', 'w'); fwrite(f, [1 -2 9], 'bit4'); fwrite(f, [5 3], 'ubit3'); fclose(f);"
        "f = fopen('a'); x = fread(f, [1 4], 'bit4'); y = fread(f, [1 2], 'ubit3'); fclose(f);"
        "f = fopen('a'); z = fread(f, 2, '*ubit12'); c = class(z); fclose(f);"
    )
    assert found["x"].tolist() == [[1, -2, 7, 0]] and found["y"].tolist() == [[5, 3]]
    assert found["c"] == "uint16"


def test_numbers_saturate_and_round_on_their_way(run):
    found = run(
        "f = fopen('a', 'w'); fwrite(f, [300 -5 2.5], 'int16'); fwrite(f, [300 -1]); fclose(f);"
        "f = fopen('a'); x = fread(f, [1 3], 'int16=>uint8'); y = fread(f, [1 2]); fclose(f);"
    )
    assert found["x"].tolist() == [[255, 0, 3]] and found["y"].tolist() == [[255, 0]]


def test_characters_are_read_in_the_encoding_of_the_file(run):
    found = run(
        "f = fopen('a', 'w', 'n', 'UTF-8'); fprintf(f, 'é1'); fclose(f);"
        "f = fopen('a'); x = fread(f, [1 2], '*char'); fclose(f);"
        "f = fopen('a'); y = fread(f)'; fclose(f);"
        "f = fopen('a', 'r', 'n', 'ISO-8859-1'); z = fread(f, [1 Inf], 'char'); fclose(f);"
    )
    assert found["x"] == "é1" and found["y"].tolist() == found["z"].tolist() == [[195, 169, 49]]


def test_the_byte_order_is_the_files_or_that_of_one_call(run):
    found = run(
        "f = fopen('a', 'w', 'b'); fwrite(f, 1, 'int32'); fwrite(f, 2, 'int16', 0, 'l'); fclose(f);"
        "f = fopen('a'); x = fread(f)'; frewind(f); y = fread(f, 1, 'int32', 0, 'ieee-be'); fclose(f);"
    )
    assert found["x"].tolist() == [[0, 0, 0, 1, 2, 0]] and found["y"] == 1
