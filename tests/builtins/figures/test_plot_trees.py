"""view of decision trees: what a node asks is named as the predictor, or as the level, that it looks at."""

import pytest

DATA = """k = categorical(["a";"b";"c";"d";"d";"d";"a";"b"]); z = [1;2;3;4;5;6;7;8]; y = [1;1;1;9;9;9;1;1];
t = table(k,z,y); deep = {'MinParentSize',2,'MinLeafSize',1};
"""


@pytest.mark.parametrize(("maker", "kind", "word"), [("fitrtree", "regression", "fit"),
                                                     ("fitctree", "classification", "class")])  # fmt: skip
def test_a_question_about_a_categorical_predictor_names_the_level(run, maker, kind, word):
    lines = run(DATA + f"view({maker}(t,'y',deep{{:}}))")
    start = "4" if kind == "regression" else "1"  # mean of the responses, commonest class
    assert lines == [
        f"Decision tree for {kind}", f"1  if k_d<0.5 then node 2 elseif k_d>=0.5 then node 3 else {start}",
        f"2  {word} = 1", f"3  {word} = 9",
    ]  # fmt: skip


@pytest.mark.parametrize("maker", ["fitrtree", "fitctree"])
def test_a_number_beside_a_categorical_predictor_keeps_its_name(run, maker):
    run(DATA + f"t.y = double(z > 4); view({maker}(t,'y',deep{{:}}),'Mode','graph');"
        "s = get(findall(groot,'Type','text'),'String');")  # fmt: skip
    assert "z < 4.5" in run["s"].ravel().tolist()
