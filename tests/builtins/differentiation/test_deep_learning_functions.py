"""Deep-learning functions as scripts call them: recorded and not, labelled and with DataFormat, their classes and
errors.  What they compute is proven in tests/engine/labelled."""

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session

# function of x | size of x | labels
DIFFERENTIABLE = """
dlconv(x,r(3,2,4,5),r(5,1),Padding=[1 0;0 1],Stride=[2 1]) | 6 5 4 2 | SSCB
dlconv(r(6,5,4,2),x,0,Padding='same',DilationFactor=2,DataFormat='SSCB') | 3 2 4 5 |
dlconv(x,r(3,3,2,2,2),r(1,4),PaddingValue='replicate',Padding=1) | 5 5 4 2 | SSCB
dlconv(x,r(3,4,5),0,WeightsFormat='TCU',Padding='same') | 4 2 7 | CBT
dlconv(x,r(2,2,2,2,3),[1 2 3]) | 4 4 3 2 2 | SSSCB
dltranspconv(x,r(3,2,5,4),r(5,1),Stride=2,Cropping=1) | 4 3 4 2 | SSCB
maxpool(x,[2 3],Stride=2,Padding='same') | 5 6 2 2 | SSCB
maxpool(x,'global') | 5 6 2 2 | SSCB
avgpool(x,2,Padding=1,PaddingValue='mean') | 5 6 2 2 | SSCB
avgpool(x,3,PoolFormat='T') | 2 2 6 | CBT
fullyconnect(x,r(5,24),r(5,1)) | 4 3 2 2 | SSCB
fullyconnect(r(4,3),x,0,DataFormat='CB') | 5 4 |
batchnorm(x,r(3,1),r(3,1)) | 4 4 3 2 | SSCB
batchnorm(x,r(3,1),r(3,1),r(3,1),abs(r(3,1))) | 4 4 3 2 | SSCB
layernorm(x,r(3,1),r(3,1)) | 4 4 3 2 | SSCB
layernorm(x,r(3,1),r(3,1),OperationDimension='batch-excluded') | 3 2 5 | CBT
groupnorm(x,2,r(4,1),r(4,1)) | 3 3 4 2 | SSCB
instancenorm(x,r(3,1),r(3,1)) | 4 4 3 2 | SSCB
crosschannelnorm(x,3,Alpha=0.5) | 3 3 5 2 | SSCB
relu(x) | 4 3 |
leakyrelu(x,0.2) | 4 3 |
sigmoid(x) | 4 3 |
gelu(x) | 4 3 |
softmax(x) | 4 3 2 | CBT
crossentropy(softmax(x),abs(r(4,3)),abs(r(4,1)),WeightsFormat='C') | 4 3 | CB
crossentropy(sigmoid(x),abs(r(4,3)),ClassificationMode='multilabel',Mask=[1 0 1]) | 4 3 | CB
indexcrossentropy(softmax(x),[1 0 4]) | 4 3 | CB
mse(x,r(4,3)) | 4 3 | CB
l1loss(x,r(4,3),Reduction='none') | 4 3 | CB
l2loss(x,r(4,3),abs(r(4,3)),NormalizationFactor='all-elements') | 4 3 | CB
huber(x,r(4,3),TransitionPoint=0.5,NormalizationFactor='none') | 4 3 | CB
lstm(x,r(3,1),r(3,2),r(12,4),r(12,3),r(12,1)) | 4 2 5 | CBT
gru(x,r(3,1),r(9,4),r(9,3),r(9,1),ResetGateMode='before-multiplication') | 4 2 5 | CBT
attention(x,x,x,2,AttentionMask='causal') | 4 2 5 | CBT
embed([1 3 2],x,DataFormat='CT') | 4 3 |
dlresize(x,OutputSize=[7 3],Method='linear') | 4 5 2 2 | SSCB
dlresize(x,Scale=[2 3]) | 4 5 2 2 | SSCB
maxunpool(x,1:4,[6 1],DataFormat='SS') | 1 4 |
"""

CHECK = """
    r = @(varargin) saved(varargin{:});
    x0 = dlarray(saved(SIZE)LABELS);
    f = @(x) EXPRESSION;
    y = f(x0); p = cos(1:numel(y)); p = reshape(p,size(y));
    g = dlfeval(@(x) dlgradient(sum(f(x).*p,'all'),x),x0);
    d = reshape(sin(1:numel(x0)),size(x0)); h = 1e-6;
    value = @(x) extractdata(sum(f(x).*p,'all'));
    slope = (value(x0+h*d)-value(x0-h*d))/(2*h);
    same = isequal(extractdata(dlfeval(f,x0)),extractdata(y));
    off = abs(slope-sum(extractdata(g.*d),'all'));
    kept = isequal(dims(g),dims(x0)) && isequal(size(g),size(x0));
    single_too = class(extractdata(f(single(x0))));
"""
SAVED = """
function x = saved(varargin)
n = [varargin{:}]; k = 1:prod(n);
x = reshape(mod(k.*k*0.6180339887+k*0.31,2)-0.97,n);
end
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """A session with a function that gives the same numbers for the same size."""
    folder = tmp_path_factory.mktemp("functions")
    (folder / "saved.m").write_text(SAVED.strip() + "\n")
    session = Session()
    session.run(f"addpath('{folder}')")
    return session


@pytest.mark.parametrize("case", DIFFERENTIABLE.strip().splitlines())
def test_gradients_are_slopes_and_recording_changes_nothing(session, case):
    expression, size, labels = (part.strip() for part in case.split("|"))
    program = (
        CHECK.replace("EXPRESSION", expression)
        .replace("SIZE", f"[{size}]")
        .replace("LABELS", labels and f",'{labels}'")
    )
    session.run(program)
    assert session["off"] < 1e-6
    assert session["same"] and session["kept"]
    assert session["single_too"] == "single"


SAME = """
dlconv(x,saved(3,2,4,5),0) | 6 5 4 2 | SSCB
maxpool(x,2) | 6 5 4 2 | SSCB
fullyconnect(x,saved(3,4),1) | 4 2 3 | CBT
batchnorm(x,0,1) | 6 5 4 2 | SSCB
softmax(x) | 4 2 | CB
l2loss(x,2*x) | 4 2 | CB
dlresize(x,Scale=2) | 6 5 4 2 | SSCB
"""


@pytest.mark.parametrize("case", SAME.strip().splitlines())
def test_a_dataformat_is_as_good_as_labels_and_gives_none(session, case):
    call, size, labels = (part.strip() for part in case.split("|"))
    count, turned = len(labels), labels[-1] + labels[:-1]
    session.run(f"""
        a = saved({size.replace(" ", ",")}); x = dlarray(a,"{labels}"); labelled = {call}; labels = dims(labelled);
        x = dlarray(permute(a,[{count} 1:{count - 1}])); plain = {call[:-1]},DataFormat="{turned}"); none = dims(plain);
        if ~isempty(labels), plain = permute(extractdata(plain),[2:{count} 1]); end
        off = max(abs(extractdata(labelled)-plain),[],"all");
    """)
    assert float(extracted(session["off"])) < 1e-12
    assert session["none"] == ""


def extracted(value):
    return getattr(value, "value", value)


MISTAKES = """
dlconv(dlarray(rand(4,4,3),"SSC"),rand(2,2,4,5),0) | The weights are for 4 channels, and the input has 3.
dlconv(dlarray(rand(4,4)),rand(2),0) | The first input must be a formatted dlarray, or
dlconv(rand(4),rand(2),0) | Undefined function 'dlconv' for input arguments of type 'double'.
dlconv(dlarray(rand(4),"SS"),rand(2,2,1,3),0) | The input must have a channel dimension, labelled 'C'.
dlconv(dlarray(rand(2),"SS"),rand(3),0) | The window must not be larger than the padded input.
dlconv(dlarray(rand(3,9),"CT"),rand(3,3,2),0) | The input must have one to three dimensions to
softmax(dlarray(1:3,"CB"),DataFormat="CB") | The option 'DataFormat' must not be specified for a formatted dlarray.
softmax(dlarray(1:3,"BT")) | The input must have a channel dimension, labelled 'C'.
maxpool(dlarray(rand(4),"SS"),2,Padding=2) | The padding must be smaller than the window.
maxunpool(dlarray(1:4,"SS"),[1 2 3 9],[2 2]) | The indices must be places in an array of size outputSize.
fullyconnect(dlarray(rand(3,2),"CB"),rand(4,5),0) | The weights are for 5 inputs, and the input has 3
batchnorm(dlarray(rand(3,2),"CB"),[1 2],1) | The offset must be a scalar or a vector of length 3
crossentropy(dlarray(rand(3,2),"CB"),rand(3,3)) | The targets must have the size 3×2, as the predictions have.
crossentropy(dlarray(rand(3,2),"CB"),rand(3,2),[1 2 3]) | Weights must be a formatted dlarray, or
indexcrossentropy(dlarray(rand(3,2),"CB"),[1 4]) | The targets must be whole numbers from 1 to 3
groupnorm(dlarray(rand(3,2),"CB"),2,0,1) | The number of channels must be a multiple of the number of groups.
lstm(dlarray(rand(3,2),"CT"),0,0,rand(4,2),rand(4,1),rand(4,1)) | The weights must have the size 4×3.
embed(dlarray([1;2],"CT"),rand(2,4)) | The input must have one channel, of numbers of words.
relu(dlarray(1i)) | Deep learning functions take real numbers.
indexcrossentropy(dlarray(5,"C"),1i) | Deep learning functions take real numbers.
maxunpool(dlarray(5,"C"),NaN,[2 2]) | The indices must be places in an array
relu(-1) | Undefined function 'relu' for input arguments of type 'double'.
adamupdate(dlarray(1),dlarray([1 2]),[],[],1) | Gradients and state must have the sizes of the parameters.
adamupdate({1},struct,[],[],1) | The parameters and the other inputs must be
"""


@pytest.mark.parametrize(
    ("statistics", "name"),
    [
        ("zeros(4,1),ones(4,1)", "datasetMu"),
        ("dlarray(0),dlarray(1)", "datasetMu"),
        ("zeros(3,1),dlarray(1)", "datasetSigmaSq"),
    ],
)
def test_statistics_that_batchnorm_carries_on_are_a_number_for_each_channel(session, statistics, name):
    for function in ("@batchnorm", "dlaccelerate(@batchnorm)"):
        with pytest.raises(ScriptError) as caught:
            session.run(f"f = {function}; [~,m,v] = f(dlarray(rand(3,2),'CB'),zeros(3,1),ones(3,1),{statistics});")
        assert caught.value.message == f"{name} must be a vector of length 3, the number of channels."


@pytest.mark.parametrize("case", MISTAKES.strip().splitlines())
def test_mistakes_are_told(session, case):
    call, sentence = (part.strip() for part in case.split(" | "))
    with pytest.raises(ScriptError) as caught:
        session.run(f"y = {call};")
    assert caught.value.message.startswith(sentence)


def test_padding_and_unknown_words_are_embedded_as_the_last_of_the_weights(run):
    run("""Y = embed(dlarray([0 2 NaN 7; 1 3 1.5 2],"BT"),dlarray([1 2 9; 10 20 90])); d = dims(Y);
        v = squeeze(extractdata(Y(1,:,:)));""")
    assert run["d"] == "CBT" and run["v"].tolist() == [[9, 2, 9, 9], [1, 9, 9, 2]]
