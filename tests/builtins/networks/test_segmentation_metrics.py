"""evaluateSemanticSegmentation and segmentationConfusionMatrix against numbers worked out by hand."""

import numpy as np
import pytest

DATA = """
n = ["a" "b" "c"]; mkdir t; mkdir f;
imwrite(uint8([1 1 2 2; 1 1 2 9]),'t/1.png'); imwrite(uint8([1 2 2 2; 1 1 2 1]),'f/1.png');
imwrite(uint8([2 2 2 2; 2 2 2 2]),'t/2.png'); imwrite(uint8([2 2 2 2; 2 2 2 1]),'f/2.png');
truth = pixelLabelDatastore('t',n,1:3); found = pixelLabelDatastore('f',n,1:3);
"""


@pytest.fixture
def data(run):
    run(DATA)
    return run


def test_the_tables_are_those_of_the_confusion_matrix(data):
    data("m = evaluateSemanticSegmentation(found,truth,Verbose=false); M = m.ConfusionMatrix.Variables;"
         "N = m.NormalizedConfusionMatrix.Variables; d = m.DataSetMetrics.Variables; c = m.ClassMetrics.Variables;"
         "i = m.ImageMetrics.Variables; r = m.ClassMetrics.Properties.RowNames;"
         "b1 = bfscore(readimage(found,1),readimage(truth,1)); "
         "b2 = bfscore(readimage(found,2),readimage(truth,2));")  # fmt: skip
    assert data["M"].tolist() == [[3, 1, 0], [1, 10, 0], [0, 0, 0]]
    assert data["N"][:2].tolist() == [[0.75, 0.25, 0], [1 / 11, 10 / 11, 0]]
    assert np.isnan(data["N"][2]).all()
    assert data["r"].ravel().tolist() == ["a", "b", "c"]
    classes = data["c"]
    assert classes[:2, 0] == pytest.approx([3 / 4, 10 / 11])
    assert classes[:2, 1] == pytest.approx([3 / 5, 10 / 12])
    assert np.isnan(classes[2]).all()
    boundary = np.array([data["b1"].ravel(), data["b2"].ravel()])
    assert classes[:2, 2] == pytest.approx(np.nanmean(boundary[:, :2], 0))
    images = data["i"]
    assert images[0, :4] == pytest.approx([6 / 7, (3 / 4 + 1) / 2, 0.75, 0.75])  # 3 of a right, IoU 3/4 each
    assert images[1, :4] == pytest.approx([7 / 8, 7 / 8, (7 / 8 + 0) / 2, 7 / 8])
    assert images[:, 4] == pytest.approx(np.nanmean(boundary, 1))
    assert data["d"].ravel() == pytest.approx([
        13 / 15, (3 / 4 + 10 / 11) / 2, (3 / 5 + 10 / 12) / 2, (4 * 3 / 5 + 11 * 10 / 12) / 15, images[:, 4].mean(),
    ])  # fmt: skip


def test_what_is_told_is_matlabs(data):
    assert data("m = evaluateSemanticSegmentation(found,truth,Metrics=[\"iou\" \"global-accuracy\"]);") == [
        "Evaluating semantic segmentation results",
        "----------------------------------------",
        "* Selected metrics: global accuracy, IoU.",
        "* Processed 2 images.",
        "* Finalizing... Done.",
        "* Data set metrics:",
        "GlobalAccuracy    MeanIoU",
        "______________    _______",
        "0.86667        0.71667",
    ]
    assert data("disp(m.ClassMetrics.Properties.VariableNames)") == ["{'IoU'}"]


def test_confusion_matrices_and_images_in_cells_give_the_same(data):
    data("m = evaluateSemanticSegmentation(found,truth,Verbose=false);"
         "for k = 1:2, C{k} = segmentationConfusionMatrix(readimage(found,k),readimage(truth,k));"
         "s(k).ConfusionMatrix = C{k}; end;"
         "p = evaluateSemanticSegmentation(C,n,Verbose=false); q = evaluateSemanticSegmentation(s,n,Verbose=false);"
         "r = evaluateSemanticSegmentation(readall(found),readall(truth),Verbose=false);"
         "x = [isequaln(p.ClassMetrics,m.ClassMetrics(:,1:2)) isequaln(q.DataSetMetrics,p.DataSetMetrics) "
         "isequaln(r.ImageMetrics,m.ImageMetrics)];")  # fmt: skip
    assert data["x"].tolist() == [[1, 1, 1]]


def test_classes_in_another_order_are_the_same_classes(data):
    data("m = evaluateSemanticSegmentation(pixelLabelDatastore('f',n([2 3 1]),[2 3 1]),truth,Verbose=false);"
         "M = m.ConfusionMatrix.Variables;")  # fmt: skip
    assert data["M"].tolist() == [[3, 1, 0], [1, 10, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("evaluateSemanticSegmentation(subset(found,1),truth)",
         "The results and the ground truth must have the same number of images."),
        ("evaluateSemanticSegmentation(readall(subset(found,1)),truth)",
         "The results and the ground truth must have the same number of images."),
        ("evaluateSemanticSegmentation(pixelLabelDatastore('f',[\"x\" \"b\" \"c\"],1:3),truth)",
         "The class names of the results and of the ground truth must be the same."),
        ("evaluateSemanticSegmentation({categorical(1)},{categorical([1 1])})",
         "The images of the results and of the ground truth must have the same size."),
        ("evaluateSemanticSegmentation(imageDatastore('f'),truth)",
         "The read method of dsResults must give categorical images."),
        ("evaluateSemanticSegmentation({[1 2]},n)", "Confusion matrices must have a row and a column for each class."),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_told(data, code, message):
    assert data.fault(code).message == message


def test_one_datastore_may_be_results_and_truth_at_once(data):
    data("m = evaluateSemanticSegmentation(truth,truth,Verbose=false); a = m.DataSetMetrics.GlobalAccuracy;"
         "p = evaluateSemanticSegmentation({truth found},{truth truth},Verbose=false);"
         "b = p.ImageMetrics.GlobalAccuracy;")  # fmt: skip
    assert data["a"] == 1
    assert data["b"].ravel() == pytest.approx([1, 1, 6 / 7, 7 / 8])
