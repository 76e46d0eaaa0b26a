"""Calls that once met a fault of ours (many found by tests/test_fuzz.py): a result, or an error of the program."""

import io

import pytest

from cnnscript import ScriptError, Session

REFUSED = """
    fspecial('gaussian', NaN, 0.5)
    x = struct('a', 1); x(1e12) = struct('a', 2)
    c = {}; c{1e12} = 1
    cvpartition(1e12, 'Resubstitution')
    integral2(@(x, y) x.*y, 0, 1, 0, @(x) datetime(2020,1,2))
    gpuDeviceCount([])
    lsqlin([1 0; 0 1], [3; 4], [1 1], NaN)
    sparse([1 2 2], [1 2 Inf], [55 1 2])
    splitapply(@max, [10; 20; 30], [1; 2; Inf])
    dateshift(datetime(2024, 2, 10), 'start', 'month', [1 NaN])
    graph([1 Inf], [2 3])
    graph([1 2], [1e12 3])
    spdiags([1 2], [1 NaN], speye(2))
    containers.Map().x = [1; 2]
    t = matlab.unittest.TestCase.forInteractiveUse; verifyThat(zeros(0,3), t, matlab.unittest.constraints.IsTrue)
    fid = fopen('a.txt', 'w+'); fseek(fid, 3, ones(2,2,2))
    [t, y] = ode23t(@(t, y) -y, [0 1], 1i)
    fspecial('gaussian', 1e9, 0.5)
    [t, y] = ode23tb(@(t, y) 1, [0 -Inf], 0)
    contour(eye(2), Inf)
    contour(eye(2), -1)
    treelayout(zeros(0,3), single(2.5))
    treelayout([0 1 1], [1 1 1])
    normalize([1 2 5], 2, 'range', -1)
    normalize([1 2 5], 2, 'range', [2 1])
    bartlett(2e15)
    integral3(@(x, y, z) x, 0, pi, 0, "abc", -1, 1)
    checkcode(strings(0))
    confusionmat(-2.5, 'stable')
    divideblock(1e308)
    divideblock(1e12)
    divideint(1e14)
    gplot(1, 0)
    groupcounts(zeros(1,0), -2.5)
    histogram(zeros(3,0), 1e308)
    logm(Inf)
    pca(Inf)
    polyeig(NaN)
    polyeig(0, Inf)
    repmat('a', sparse([1 0 2]), 'hello', ["a" "bb"])
    bandwidth({{}}, sparse(1))
    svd([1 NaN])
    who -regexp (
    montage({ones(2), ones(2)}, BorderSize=NaN)
    tabulate(2+3i)
    h5create('b.h5', "", 2)
    pie(Inf)
    repelem([1 2;3 4], uint8(3), 1e308, uint8(200))
    matlab.unittest.constraints.AbsoluteTolerance(':')
    dummyvar(Inf)
    fieldnames({1,2}, zeros(3,0))
    zeros(1e8)
    cond(categorical({'a','b'}), sparse(eye(2)))
    numgrid("S", 1e8)
    writematrix([1 end], 's.csv')
    crossval(-1, (1:10)', (1:10)')
    xor(sparse([1 0 2]), @sin)
    imresize([1 2;3 4], 1e308)
    quantile(1:3, Inf)
    silhouette(uint8(200), NaN)
    cov({'a','b'}, {[]})
    load(char(fclose(fopen('empty.mat', 'w')) + 'empty.mat'))
    inline('', 1e10)
    cmdscale([])
    fscmrmr(zeros(1,0), true)
    ind2sub((1:5)', 2+3i)
    insertText(1, uint64([1 2]), NaT)
    label2rgb(int32(-3))
    onehotdecode(uint8(zeros(5,5,3)), [1;2;3], 1e308)
    fid = fopen(tempname, 'w+'); fwrite(fid, 1, 'uint16', 0, 1:3)
    rng(1i)
    area(ones(2,2,2))
    plot(ones(2,2,2))
    boundarymask(ones(2,2,2))
    bwareaopen(ones(2,2,2), -2)
    cart2pol(1i, 2)
    dec2base([1+2i 3], 5)
    eigs(magic(9), 2, (1:5)')
    etreeplot([2 2])
    extract('ab', int32(-3))
    get(int32(-3))
    interp3(int64(7), uint8(200), -Inf)
    lsqr(@(x,y) [x; 1], [NaN;1])
    normest(ones(2,2,2))
    speye({'a';'b'})
    datasample('abc', 1e14)
    ode45(@(x) x+1, 1i, 2)
    lsqnonlin(@(x) x - 1, [NaN 0])
    lognpdf(1:3, 1i)
    h = gobjects(1, 3); h() = plot(1:2);
    fid = fopen(tempname, 'w+'); fseek(fid, -Inf, 'bof');
    dendrogram(ones(2,3))
    dateshift(datetime(2024, 2, 10:11), 'start', 'month', zeros(0,3))
    dummyvar({[1 2], 1})
    dummyvar([])
    eigs(-Inf)
    ode45(@(t, y) [y(2); -9.8], [0 5], [10; 0], odeset('Events', @(t, y) deal(y(1), 1, -zeros(0,3))))
    fitcsvm([Inf; 1], [1; 2])
    histcounts(2.5, 1e15)
    xlswrite('s.xlsx', {'x'}, 'notes', Inf)
    imgaussfilt(magic(4), FilterSize=Inf)
    medfilt2(magic(4), [NaN 3])
    strel('rectangle', [Inf 3])
    strel('disk', 1e9)
    adapthisteq(zeros(0))
    dsearchn([1 2;3 Inf],[1 Inf])
    permute(sparse([1 2]), [1 NaN])
    circshift(sparse([1 2]), Inf)
"""
ANSWERED = """
    rotx(-Inf)
    numgrid('S', 1)
    etime(1e308, zeros(3,0));
    writematrix(['x':'z' 2], 's.xlsx')
    histcounts(1e308);
    histcounts([1e300 2e300]);
    [x, s, m, c] = lscov(zeros(3, 2), zeros(3, 0));
    [r, p] = corr([1+2i 3; 4 5; 6 7]);
    detrend(rand(3, 4), 1e10);
    [p, q, r, s] = dmperm([]);
    imclose(zeros(0,3), 1:10);
    detrend(zeros(0,3));
    logm(0)
    logm([])
    normest1('')
    matlab.mixin.util.PropertyGroup(missing, 'title')
"""


def lines(text):
    return [line.strip() for line in text.strip().splitlines()]


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Session(out=io.StringIO(), err=io.StringIO(), figures="words")
    yield made
    made.close()


@pytest.mark.parametrize("call", lines(REFUSED))
def test_what_a_function_cannot_take_is_an_error_of_the_program(session, call):
    with pytest.raises(ScriptError) as caught:
        session.run(call)
    assert caught.value.identifier and caught.value.message


@pytest.mark.parametrize("call", lines(ANSWERED))
def test_what_is_odd_but_has_an_answer_is_answered(session, call):
    session.run(call)


def test_an_error_of_what_was_typed_has_no_place_to_stop_at(session):
    session.run("dbstop if error")
    with pytest.raises(ScriptError, match="'undefined_name'"):
        session.run("dbstatus\nundefined_name + 1")


def test_a_tree_of_one_leaf_is_refused(run):
    run("try, dendrogram([1 2 3], 1); catch e, i = e.identifier; end")
    assert run["i"] == "stats:dendrogram:BadP"
