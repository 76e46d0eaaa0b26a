"""importdata: numbers, headers, words in front of numbers, delimiters."""


def test_numbers_under_names(run):
    run("writelines([\"x,y\" \"1,2\" \"3,4\"], 'm.csv'); [a, mark, above] = importdata('m.csv');")
    assert run["a"].fields["data"].tolist() == [[1, 2], [3, 4]] and (run["mark"], run["above"]) == (",", 1)
    assert run["a"].fields["colheaders"].tolist() == [["x", "y"]]
    run("writelines([\"1 2\" \"3 4\"], 'n.txt'); [b, mark, above] = importdata('n.txt');")
    assert run["b"].tolist() == [[1, 2], [3, 4]] and (run["mark"], run["above"]) == (" ", 0)


def test_words_in_front_of_numbers_are_textdata(run):
    run("writelines([\"name,age,h\" \"Ann,3,1.5\" \"Bob,,2\"], 'm.csv'); a = importdata('m.csv');")
    assert list(run["a"].fields) == ["data", "textdata"]
    run("d = isequaln(a.data, [3 1.5; NaN 2]);")
    assert run["d"] is True
    assert run["a"].fields["textdata"].tolist() == [["name", "age", "h"], ["Ann", "", ""], ["Bob", "", ""]]
    run("writelines([\"Ann,3\" \"Bob,4\"], 'n.csv'); b = importdata('n.csv');")
    assert run["b"].fields["rowheaders"].tolist() == [["Ann"], ["Bob"]]
    assert run["b"].fields["data"].tolist() == [[3], [4]]


def test_a_file_without_numbers_gives_its_lines(run):
    run("writelines([\"some words\" \"and more\"], 'm.txt'); a = importdata('m.txt');")
    assert run["a"].tolist() == [["some words"], ["and more"]]


def test_a_spreadsheet_gives_numbers_and_words(run):
    run("writecell({'a', 'b'; 1, 2}, 'm.xlsx'); a = importdata('m.xlsx'); writematrix([1 2], 'n.xlsx');")
    assert run["a"].fields["data"].tolist() == [[1, 2]] and run["a"].fields["textdata"].tolist() == [["a", "b"]]
    run("b = importdata('n.xlsx');")
    assert run["b"].tolist() == [[1, 2]]


def test_one_variable_of_a_mat_file_is_the_value_and_several_are_a_struct(run):
    run("x = [1 2; 3 4]; y = 'words'; save one x, save both x y")
    run("a = importdata('one.mat'); b = importdata('both.mat');")
    assert run["a"].tolist() == [[1, 2], [3, 4]] and list(run["b"].fields) == ["x", "y"]
