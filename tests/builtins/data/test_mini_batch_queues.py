"""minibatchqueue: what its mini-batches hold, in which order, as which class; and mistakes."""

import numpy as np
import pytest

NUMBERED = "ds = combine(arrayDatastore(reshape(1:40,2,2,1,10),IterationDimension=4),arrayDatastore((1:10)'));"


def test_mini_batches_follow_the_datastore_and_the_last_may_be_smaller(run):
    run(
        NUMBERED
        + """
        mbq = minibatchqueue(ds,MiniBatchSize=4,MiniBatchFormat=["SSCB" "BC"]); sizes = []; seen = [];
        while hasdata(mbq), [X,T] = next(mbq); sizes(end+1) = size(X,4); seen = [seen extractdata(T)]; end
        last = extractdata(X(:,:,1,2)); kinds = [class(extractdata(X)) " " dims(X) " " dims(T)];
    """
    )
    assert run["sizes"].ravel().tolist() == [4, 4, 2]
    assert run["seen"].ravel().tolist() == list(range(1, 11))
    assert run["last"].tolist() == [[37, 39], [38, 40]]
    assert run("disp(join(kinds,''))") == ["single SSCB CB"]


def test_discarded_partial_batches_reset_shuffle_and_partition(run):
    run(
        NUMBERED
        + """
        mbq = minibatchqueue(ds,MiniBatchSize=4,PartialMiniBatch="discard",OutputAsDlarray=[1 0], ...
            MiniBatchFormat=["SSCB" ""]);
        n = 0; while hasdata(mbq), next(mbq); n = n + 1; end
        rng(3); shuffle(mbq); [X,T] = next(mbq); first = squeeze(extractdata(X(1,1,1,:)));
        rng(3); order = randperm(10); reset(mbq); [~,T2] = next(mbq); kind = class(T);
        [~,P] = next(partition(mbq,2,2));
    """
    )
    order = run["order"].ravel()[:4]
    assert run["n"] == 2 and run["kind"] == "single"
    assert run["T"].ravel().tolist() == order.tolist() == run["T2"].ravel().tolist()
    assert run["first"].ravel().tolist() == (4 * order - 3).tolist()
    assert run["P"].ravel().tolist() == run["order"].ravel()[5:9].tolist()


def test_a_function_is_given_cells_and_may_have_other_outputs(run):
    run("""
        ds = combine(arrayDatastore(rand(3,3,1,4),IterationDimension=4),arrayDatastore(categorical(["a";"b";"b";"a"])));
        f = @(x,t) deal(cat(4,x{:}),onehotencode(cat(2,t{:}),1),numel(t));
        mbq = minibatchqueue(ds,3,MiniBatchFcn=f,MiniBatchSize=3,MiniBatchFormat=["SSCB" "CB" ""], ...
            OutputCast=["single" "double" ""]);
        [X,T,n] = next(mbq); k = [class(extractdata(X)) class(extractdata(T))]; t = extractdata(T); s = size(X);
    """)
    assert run["k"] == "singledouble" and run["s"].ravel().tolist() == [3, 3, 1, 3]
    assert run["t"].tolist() == [[1, 0, 0], [0, 1, 1]]
    assert float(np.ravel(run["n"].value)[0]) == 3


def test_images_and_augmented_images(run):
    run("""
        imds = imageDatastore({'coffee.png','chelsea.png','coffee.png'},Labels=categorical([1;2;1]));
        mbq = minibatchqueue(augmentedImageDatastore([8 9],imds),MiniBatchSize=2,MiniBatchFormat=["SSCB" ""], ...
            MiniBatchFcn=@(x,t) deal(cat(4,x{:}),onehotencode(cat(2,t{:}),1)));
        [X,T] = next(mbq); s = size(X); t = extractdata(T); [X,T] = next(mbq); u = extractdata(T);
        a = augmentedImageDatastore([8 9],imds);
        one = minibatchqueue(a,1,MiniBatchFcn=@(x) cat(4,x{:}),MiniBatchFormat='SSCB');
        o = size(next(one));
        tall = minibatchqueue(imds,MiniBatchSize=1,MiniBatchFormat="SSCB"); first = size(next(tall));
    """)
    assert run["s"].ravel().tolist() == [8, 9, 3, 2]
    assert run["t"].tolist() == [[1, 0], [0, 1]] and run["u"].ravel().tolist() == [1, 0]
    assert run["first"].ravel().tolist() == [400, 600, 3, 1] and run["o"].ravel().tolist() == [8, 9, 3, 3]


def test_rows_that_a_datastore_gives_as_they_are_are_observations(run):
    run("""
        mbq = minibatchqueue(arrayDatastore([1 2;3 4;5 6],OutputType="same"),MiniBatchSize=2,MiniBatchFormat="BC");
        X = extractdata(next(mbq)); Y = extractdata(next(mbq));
    """)
    assert run["X"].tolist() == [[1, 3], [2, 4]] and run["Y"].tolist() == [[5], [6]]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("next(minibatchqueue(arrayDatastore(zeros(0,1))))", "Unable to provide a mini-batch because end of"),
        ("next(minibatchqueue(arrayDatastore({1;[1 2]})))", "Unable to cast"),
        ("next(minibatchqueue(arrayDatastore(datetime([1;2],1,1))))", "Unable to cast a mini-batch variable of class"),
        ("minibatchqueue(arrayDatastore(1),OutputCast=[\"single\" \"double\"])", "OutputCast must have one value"),
        ("minibatchqueue(arrayDatastore(1),MiniBatchFormat=\"SSQ\")", "Dimension labels must be"),
        ("minibatchqueue(5)", "The input must be a datastore."),
        ("next(5)", "Incorrect number or types of inputs or outputs for function next."),
    ],
)  # fmt: skip
def test_mistakes_are_told(run, text, sentence):
    assert run.fault(text + ";").message.startswith(sentence)


def test_observations_of_different_sizes_are_not_put_together(run):
    fault = run.fault("""
        ds = transform(arrayDatastore([2;3]),@(c) {ones(c{1})}); next(minibatchqueue(ds,MiniBatchFormat="SSCB"));
    """)
    assert fault.message.startswith("Unable to collate observations of variable 1")
    assert fault.notes == ("2x2", "3x3")


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ("", "serial"),
        ("PreprocessingEnvironment='parallel'", "parallel"),
        ("DispatchInBackground=true", "background"),
        ("DispatchInBackground=false", "serial"),
    ],
)
def test_the_preprocessing_environment_that_was_asked_for_is_shown(run, options, shown):
    given = f",{options}" if options else ""
    run(f"mbq = minibatchqueue(arrayDatastore((1:5)'){given}); place = mbq.PreprocessingEnvironment;")
    assert run["place"] == shown


def test_labels_that_the_function_gave_outlive_the_cast(run):
    run("""f = @(c) dlarray(cat(1,c{:}),"BC");
        q = minibatchqueue(arrayDatastore([1 2; 3 4; 5 6]),MiniBatchSize=2,MiniBatchFcn=f);
        x = next(q); d = dims(x); u = underlyingType(x); v = extractdata(x);""")
    assert (run["d"], run["u"]) == ("CB", "single") and run["v"].tolist() == [[1, 3], [2, 4]]


def test_dlarrays_are_cut_into_observations(run):
    run("""q = minibatchqueue(arrayDatastore(dlarray([1 2; 3 4; 5 6])),MiniBatchSize=2,MiniBatchFormat="BC");
        x = next(q); d = dims(x); v = extractdata(x);""")
    assert run["d"] == "CB" and run["v"].tolist() == [[1, 3], [2, 4]]
    run("""q = minibatchqueue(arrayDatastore(dlarray([1 3 5; 2 4 6],"BC")),MiniBatchSize=3,MiniBatchFormat="BC");
        x = next(q); d = dims(x); v = extractdata(x);""")  # the format replaces the labels of the observations
    assert run["d"] == "CB" and run["v"].tolist() == [[1, 3, 5], [2, 4, 6]]


def test_labels_are_cast_to_the_numbers_of_their_categories(run):
    run("""ds = arrayDatastore(categorical(["b";"a";"c"])); f = @(c) cat(1,c{:});
        q = minibatchqueue(ds,MiniBatchFcn=f,MiniBatchFormat="BC");
        x = next(q); v = extractdata(x); u = underlyingType(x);""")
    assert run["v"].tolist() == [[2, 1, 3]] and run["u"] == "single"


def test_a_queue_and_a_video_to_be_written_are_one_object_of_the_workspace(run):
    run("q = minibatchqueue(arrayDatastore([1;2;3]),MiniBatchSize=2); v = VideoWriter('a.avi'); n = size(q);"
        "m = size(v); w = whos('q','v'); s = [w.size]; b = q.MiniBatchSize;")  # fmt: skip
    assert run["n"].tolist() == run["m"].tolist() == [[1, 1]] and run["b"] == 2
    assert run["s"].tolist() == [[1, 1, 1, 1]]
