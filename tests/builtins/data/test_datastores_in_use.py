"""Datastores where other functions take them: montage, imtile, charts of labels, networks' inputs."""

import numpy as np

from cnnscript.builtins.networks.image_inputs import datastore_rows


def test_pictures_of_a_datastore_are_tiled(run):
    run("for k = 1:4, imwrite(uint8(10*k*ones(6, 8)), sprintf('p%d.png', k)); end, imds = imageDatastore('p*.png');\n"
        "T = imtile(imds, GridSize=[2 2]); U = imtile(imds.Files, GridSize=[2 2]);\n"
        "V = imtile(readall(imds), GridSize=[2 2]);"
        "a = augmentedImageDatastore([6 8], imds); W = imtile(preview(a).input, GridSize=[2 2]);\n"
        "e = isequal(T, U, V, W);"
        "c = T([1 7], [1 9])';")  # fmt: skip
    assert run["e"] is True and run["c"].ravel("F").tolist() == [10, 20, 30, 40]
    run("montage(imds, Size=[1 4]);")
    assert run.seen()[0].startswith("figure 1: image 6x32")


def test_labels_of_a_datastore_are_compared_and_charted(run):
    run("for k = 1:4, imwrite(uint8(k), sprintf('p%d.png', k)); end\n"
        "imds = imageDatastore('p*.png', Labels=categorical({'a'; 'b'; 'a'; 'b'})); Y = categorical({'a'; 'b';\n"
        "'b'; 'b'});\n"
        "accuracy = mean(Y == imds.Labels); C = confusionmat(imds.Labels, Y);\n"
        "confusionchart(imds.Labels, Y);")  # fmt: skip
    assert run["accuracy"] == 0.75 and run["C"].tolist() == [[1, 1], [0, 2]]
    assert run.seen()


def test_networks_get_the_images_of_every_kind_of_datastore(run):
    run("for k = 1:3, imwrite(uint8(k*ones(4)), sprintf('p%d.png', k));\n"
        "end, imds = imageDatastore('p*.png', ReadSize=2);\n"
        "a = augmentedImageDatastore([4 4], imds); t = transform(imds, @(x) x);\n"
        "c = combine(imds, arrayDatastore((1:3)'));\n"
        "f = fileDatastore('p*.png', ReadFcn=@imread);")  # fmt: skip
    for name in "imds", "a", "t", "f":
        rows = list(datastore_rows(run.session, run[name], 1))
        assert [np.asarray(row[0])[0, 0] for row in rows] == [1, 2, 3], name
