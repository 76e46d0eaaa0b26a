"""The folder toolbox/images/imdata of matlabroot."""

from cnnscript.builtins.data import example_pictures
from cnnscript.pictures.images import bundled


def test_pictures_are_there_under_matlabs_names_when_the_folder_is_asked_for(run, tmp_path, monkeypatch):
    monkeypatch.setenv("CNNSCRIPT_CACHE", str(tmp_path))
    few = {name: bundled.LOOK_ALIKES[name] for name in ("cameraman.tif", "football.jpg", "face.jpg", "text.png")}
    monkeypatch.setattr(bundled, "LOOK_ALIKES", few)
    run("d = fullfile(toolboxdir('images'),'imdata'); imds = imageDatastore(d,'FileExtensions',{'.jpg'});")
    run("n = numel(imds.Files); s = size(preview(imds)); t = dir(fullfile(d,'*')); t = sort({t(~[t.isdir]).name});")
    run("c = imread(fullfile(d,'cameraman.tif')); same = isequal(c, imread('cameraman.tif')); k = class(c);")
    assert run["n"] == 1 and run["s"].tolist() == [[256, 320, 3]] and run["same"] and run["k"] == "uint8"
    assert run["t"].ravel().tolist() == ["cameraman.tif", "football.jpg", "text.png"]
    assert [path.name for path in (tmp_path / "MATLAB" / "R2024b" / "toolbox" / "images").iterdir()] == ["imdata"]


def test_only_the_folder_and_patterns_in_it_make_it():
    asked = example_pictures.WHOLE.search
    assert asked("/m/toolbox/images/imdata") and asked("C:\\toolbox\\images\\imdata\\")
    assert asked("/m/toolbox/images/imdata/*.tif") and not asked("/m/toolbox/images/imdata/cameraman.tif")


def test_a_cache_that_cannot_be_written_is_named(run, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CNNSCRIPT_CACHE", str(tmp_path / "file"))
    fault = run.fault("isfolder(fullfile(toolboxdir('images'),'imdata'))")
    assert fault.identifier == "cnnscript:imdata:cannotWrite" and "CNNSCRIPT_CACHE" in fault.hint
