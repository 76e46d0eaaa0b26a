"""Images of a training: made beside it, kept for its next epochs, and the same however many threads make them."""

import numpy as np
import pytest

from cnnscript.builtins.data import image_reading
from cnnscript.builtins.training.data_choosing import data_of
from cnnscript.builtins.training.training_data import ImageFeed
from cnnscript.engine.input_layers import ImageInput

FILES = """rng(0); mkdir('a'); for k = 1:11, imwrite(uint8(255*rand(9, 8)), sprintf('a/%02d.png', k)); end
imds = imageDatastore('a', Labels=categorical(mod((1:11)', 2)));
g = imageDataAugmenter(RandRotation=[-30 30], RandXTranslation=[-2 2]);
a = augmentedImageDatastore([6 5], imds, DataAugmentation=g, OutputSizeMode='randcrop');"""


def batches(run, store, size, seed, beside=None):
    """Two epochs of mini-batches of 4, the second in another order."""
    data = data_of(run.session, [store], [ImageInput(input_size=size)])
    feed = ImageFeed(data.begun, data.beside if beside is None else beside, np.arange(11), data.inputs[0], "training")
    run(f"rng({seed});")
    made = []
    for order in (None, [10, 3, 2, 1, 0, 9, 8, 7, 6, 5, 4]):
        feed.start(order)
        waiting = feed.take(4)
        while waiting is not None:
            batch, waiting = waiting, feed.take(4)
            made.append((batch.inputs[0], batch.targets))
    return made


def test_the_same_seed_gives_the_same_batches_whoever_makes_them(run):
    run(FILES)
    beside = batches(run, run["a"], (6, 5, 1), 3)
    for other in (batches(run, run["a"], (6, 5, 1), 3, False), batches(run, run["a"], (6, 5, 1), 3)):
        for (one, answers), (two, same) in zip(beside, other, strict=True):
            assert np.array_equal(one, two) and np.array_equal(answers, same)
    assert not np.array_equal(beside[0][0], batches(run, run["a"], (6, 5, 1), 4)[0][0])
    assert [len(answers) for _, answers in beside] == [4, 4, 3] * 2


def test_a_broken_file_is_told_when_its_batch_is_wanted(run, tmp_path):
    run(FILES)
    (tmp_path / "a" / "06.png").write_bytes(b"no picture")
    data = data_of(run.session, [run["imds"]], [ImageInput(input_size=(9, 8, 1))])
    feed = ImageFeed(data.begun, data.beside, np.arange(11), data.inputs[0], "training")
    assert data.beside and feed.take(4).inputs[0].shape == (4, 9, 8, 1)
    second = feed.take(4)
    with pytest.raises(Exception, match=r"06\.png"):
        second.inputs  # noqa: B018
    assert feed.take(4).inputs[0].shape == (3, 9, 8, 1)


def test_a_function_of_the_script_reads_files_in_the_scripts_own_turn(run):
    run(FILES + "\nimds.ReadFcn = @(f) imread(f)*0 + uint8(7);")
    data = data_of(run.session, [run["imds"]], [ImageInput(input_size=(9, 8, 1))])
    assert not data.beside and batches(run, run["imds"], (9, 8, 1), 0)[0][0].max() == 7


def test_files_are_read_once_unless_they_change_and_fill_no_more_than_their_room(run, tmp_path):
    run(FILES)
    names = run["imds"].files[:3]
    asked = []

    def read(wanted):
        asked.append([name[-6:-4] for name in wanted])
        return image_reading.read_beside(wanted)

    kept = image_reading.Kept(room=2 * 72)
    first = kept.images(names, read)
    assert all(np.array_equal(a, b) for a, b in zip(first, kept.images(names, read), strict=True))
    assert asked == [["01", "02", "03"], ["03"]]
    run("imwrite(zeros(9, 8, 'uint8'), 'a/01.png');")
    (tmp_path / "a" / "01.png").touch()
    assert kept.images(names[:1], read)[0].max() == 0


def test_validation_takes_a_datastore_with_its_own_labels_beside_it_and_refuses_others(run):
    run(FILES + """
a.reset(); L = [imageInputLayer([6 5 1]); fullyConnectedLayer(2); softmaxLayer; classificationLayer];
o = trainingOptions('sgdm',MaxEpochs=1,Verbose=false,ValidationData={a,imds.Labels});
rng(1), [~,i] = trainNetwork(a,L,o); one = i.FinalValidationLoss;
o.ValidationData = a; rng(1), [~,i] = trainNetwork(a,L,o); two = i.FinalValidationLoss;
o.ValidationData = {a,imds.Labels([2:11 1])};
try, trainNetwork(a,L,o); catch e, m = e.message; end""")
    assert run["one"] == run["two"] > 0
    assert run["m"] == "Invalid validation data. Responses beside a datastore must be its own labels."
