"""The same seed gives the same splits, batches, networks and random numbers behind them, in processes of their own and
with any number of threads; and memory is what one epoch needs, however many there are."""

import os
import subprocess
import sys

import pytest

import cnnscript
from cnnscript.values.functions import Function

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the system of Linux")
ROOT = os.path.dirname(os.path.dirname(cnnscript.__file__))
SCRIPT = """
for c = 1:2, mkdir(fullfile('d',char('m'+c))); for i = 1:12, rng(20*c+i); imwrite(uint8(150*(c==2)+randi(100,9,8)),
    fullfile('d',char('m'+c),sprintf('%02d.png',i))); end, end
imds = imageDatastore('d',IncludeSubfolders=true,LabelSource='foldernames');
g = imageDataAugmenter(RandRotation=[-20 20],RandXTranslation=[-2 2]);
layers = [imageInputLayer([9 8 1]); convolution2dLayer(3,4,Padding='same'); batchNormalizationLayer; reluLayer;
    dropoutLayer(0.3); fullyConnectedLayer(2); softmaxLayer; classificationLayer];
for seed = [5 6]
    rng(seed), [train,rest] = splitEachLabel(imds,8,'randomized');
    o = trainingOptions('sgdm',MaxEpochs=2,MiniBatchSize=5,Verbose=false,Shuffle='every-epoch',ValidationData=rest);
    [net,info] = trainNetwork(augmentedImageDatastore([9 8],train,DataAugmentation=g),layers,o);
    fprintf('%s ',train.Files{3}(end-7:end),rest.Files{1}(end-7:end)), fprintf('%.17g ',rand,info.TrainingLoss, ...
        info.FinalValidationLoss,net.Layers(2).Weights), fprintf('\\n')
end
"""


def test_a_seed_says_everything_in_any_process_with_any_number_of_threads(tmp_path):
    started = []
    for name, places in (("one", {min(os.sched_getaffinity(0))}), ("all", os.sched_getaffinity(0))):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "train.m").write_text(SCRIPT, encoding="utf-8")
        started.append(subprocess.Popen(
            ["taskset", "-c", ",".join(map(str, sorted(places))), sys.executable, "-m", "cnnscript", "train.m"],
            cwd=folder, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONHASHSEED": str(len(started)), "PYTHONPATH": ROOT},
        ))  # fmt: skip
    one, several = (process.communicate(timeout=300)[0].splitlines() for process in started)
    assert len(one) == 2 and all(one[0].split()[k] != one[1].split()[k] for k in (1, 2))  # another seed
    for line, twin in zip(one, several, strict=True):
        assert line.split()[:3] == twin.split()[:3]  # files and the next random number
        # sums over threads are rounded in another order
        assert [float(number) for number in line.split()[3:]] == pytest.approx(
            [float(number) for number in twin.split()[3:]], rel=1e-3, abs=1e-4
        )


@pytest.mark.parametrize("source", ["X,Y", "imds"])
def test_memory_stays_flat_over_epochs(run, source):
    run("rng(1); mkdir a, X = rand(64,64,1,100,'single'); Y = categorical(mod(1:100,2)');"
        "for i = 1:100, imwrite(X(:,:,:,i),sprintf('a/%03d.png',i)); end; imds = imageDatastore('a',Labels=Y);"
        "l = [imageInputLayer([64 64 1]); fullyConnectedLayer(2); softmaxLayer; classificationLayer];"
        "o = trainingOptions('sgdm',MaxEpochs=90,MiniBatchSize=50,Verbose=false,Shuffle='every-epoch',"
        "InitialLearnRate=1e-4,Plots='training-progress');")  # fmt: skip
    seen = {}

    def watching(nargout, info):
        if info.fields["State"].data.item() == "iteration" and info.fields["Iteration"] in (20, 180):
            with open("/proc/self/statm", encoding="ascii") as file:
                seen[info.fields["Iteration"]] = int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
        return False

    run["o"] = run["o"].set("OutputFcn", Function(watching, "watching"))
    run(f"trainNetwork({source},l,o);")
    assert seen[180] - seen[20] < 20  # MB; images of 80 epochs, kept as they are trained on, would be 130
