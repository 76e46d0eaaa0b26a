"""Functions of images that follow one another leave them N×H×W×C: nobody sees it, in numbers, sizes or gradients."""

import numpy as np
import pytest

from cnnscript.values.numeric import as_array

CHAIN = """
function [loss,gX,gW,gs,gY,n] = chain(X,W,V,s,look)
    Y = look(dlconv(X,W,[1;0;2],Padding='same')); n = size(Y); Z = look(leakyrelu(batchnorm(Y,[1;0;1],s)));
    Z = look(maxpool(Z,2)); Z = look(2*Z - 1); Z = look(tanh(Z).*Z + max(Z,0));
    Z = look(dltranspconv(Z,V,0,Stride=2));
    Z = look(cat(1,[Z -Z],cat(2,Z.^2,Z))); Z = look(cat(3,Z,cat(4,look(2*Z(:,:,:,1:2)),Z(:,:,:,3))));
    Z = look(groupnorm(Z,2,0,1)) + look(layernorm(Z,0,1));
    Z = look(softmax(instancenorm(Z,0,1))); loss = mean(Z.^3,'all');
    gX = dlgradient(loss,X,EnableHigherDerivatives=true); loss = loss + sum(gX.^2,'all');
    [gW,gs,gY] = dlgradient(loss,W,s,Y);
end
"""
SETUP = """rng(0); X = dlarray(rand(5,4,2,3),'SSCB'); W = dlarray(randn(3,3,2,3)); V = dlarray(randn(2,2,2,3));
    s = dlarray([1;2;3]); f = dlaccelerate(@chain); look = @(Y) dlarray(Y(:,:,:,:),'SSCB'); same = @(Y) Y;
"""


def numbers(value):
    return as_array(getattr(value, "value", value))


def test_looking_at_what_is_computed_on_the_way_changes_nothing(run):
    """`look` takes all elements of an array, in MATLAB's order."""
    run(SETUP + """a = cell(1,6); b = a; c = a; [a{:}] = dlfeval(@chain,X,W,V,s,same);
        [b{:}] = dlfeval(@chain,X,W,V,s,look);
        [c{:}] = dlfeval(f,X,W,V,s,same); [c{:}] = dlfeval(f,X,W,V,s,same); r = f.HitRate; d = dims(a{5});"""
        + CHAIN)  # fmt: skip
    assert run["r"] == 50 and run["d"] == "SSCB"
    assert numbers(run["a"][0, 5]).ravel().tolist() == [5, 4, 3, 3] and numbers(run["a"][0, 4]).shape == (5, 4, 3, 3)
    for mine, looked, traced in zip(*(run[name].ravel() for name in "abc"), strict=True):
        np.testing.assert_allclose(numbers(mine), numbers(looked), rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(numbers(mine), numbers(traced), rtol=1e-9, atol=1e-12)
        assert np.abs(numbers(mine)).max() > 1e-4


def test_images_are_turned_where_they_come_in_and_go_out(run):
    """They were turned before and after each function, and once more for its gradient."""
    run("X = dlarray(rand(8,8,2,7,'single'),'SSCB'); p.W = dlarray(rand(3,3,2,2,'single'));"
        "p.V = dlarray(rand(3,5,'single')); f = dlaccelerate(@model); [l,g] = dlfeval(f,p,X);"
        """function [loss,g] = model(p,X)
            Y = relu(dlconv(X,p.W,0)); Z = maxpool(relu(batchnorm([Y;2*Y],0,1)),2);
            Z = tanh(dlconv(Z,p.W,0,Padding='same'));
            Z = sigmoid(Z) + 2*Z; Y = softmax(instancenorm(avgpool(dltranspconv(Z,p.W,0),2),0,1));
            loss = sum(Y.^2,'all'); g = dlgradient(loss,p);
        end""")  # fmt: skip
    (trace,) = run["f"].traces.values()
    turned = [op for op in trace.run.graph.get_operations() if op.type == "Transpose" and op.inputs[0].shape[0] == 7]
    assert [tuple(op.outputs[0].shape) for op in turned] == [(7, 8, 8, 2), (7, 2, 6, 12), (7, 12, 6, 2), (7, 2, 8, 8)]


def test_a_recording_inside_sees_what_was_laid_before_it(run):
    """Its tape was open only after the array had been turned: the gradient was 0."""
    run("""X = dlarray(reshape(1:8,2,2,2,1),'SSCB'); W = dlarray(ones(1,1,2,2));
        [g,h] = dlfeval(@outer,X,W);
        function [g,h] = outer(X,W)
            Y = dlconv(X,W,0); Z = Y(1,1,1,1); g = dlfeval(@inner,Y); h = dlgradient(sum(Y.^2,'all'),X);
        end
        function g = inner(Y), g = dlgradient(sum(Y(:,1,1,1).^2) + sum(relu(Y),'all'),Y); end""")
    sums = np.array([[6, 10], [8, 12]])
    expected = np.repeat(np.array([[13, 1], [17, 1]])[:, :, None], 2, 2).astype(float)
    expected[:, 1, 1] = 1
    expected[:, 0, 1] = 1
    np.testing.assert_allclose(numbers(run["g"]).reshape(2, 2, 2), expected)
    np.testing.assert_allclose(numbers(run["h"]).reshape(2, 2, 2), 4 * np.stack([sums, sums], 2))


def test_a_trace_leaves_nothing_of_it_in_arrays_around_it(run):
    run("""X = dlarray(rand(3,3,1,2),'SSCB'); y = dlfeval(@outer,X);
        function g = outer(X)
            Y = dlconv(X,2,1); f = dlaccelerate(@(Z) sum(Z.*Y(:,:,:,:),'all')); a = f(X); a = f(X);
            g = dlgradient(a + sum(Y(:,:,:,:),'all'),X);
        end""")
    x = numbers(run["X"])
    np.testing.assert_allclose(numbers(run["y"]), 4 * x + 3)


def test_numbers_of_an_array_around_a_trace_make_it_run_step_by_step(run):
    """It was an internal error: the array was laid out by the trace, where nothing has numbers."""
    run("""X = dlarray(rand(3,3,1,2),'SSCB'); [y,o] = dlfeval(@outer,X);
        function [g,o] = outer(X)
            Y = dlconv(X,2,1); f = dlaccelerate(@(Z) sum(Z.*extractdata(Y),'all')); a = f(X); a = f(X);
            g = dlgradient(a,X); o = f.Occupancy;
        end""")
    np.testing.assert_allclose(numbers(run["y"]), 2 * numbers(run["X"]) + 1)
    assert run["o"] == 0


def test_channels_under_another_format_are_those_of_the_format(run):
    """The softmax was 1 everywhere: over the one channel of an array that had been laid without any."""
    run("""X = dlarray([1 2; 3 5; 5 6]); y = dlfeval(@(X) softmax(avgpool(X,1,DataFormat='SB'),DataFormat='CB'),X);
        z = softmax(X,DataFormat='CB');""")
    np.testing.assert_allclose(numbers(run["y"]), numbers(run["z"]))


@pytest.mark.parametrize("shape, labels", [((4, 3, 5, 2), "SSCB"), ((5, 6), "CB"), ((5, 2, 3), "CBT"), ((5, 1), "CB")])
def test_batch_normalization_of_singles_is_that_of_doubles(run, shape, labels):
    """One operation of TensorFlow's, that is single only; its gradients and theirs, too."""
    run(f"""rng(0); x = randn({list(shape)}) + 3; o = randn(5,1); s = rand(5,1); t = randn({list(shape)});
        [g,h,m,v] = dlfeval(@f,dlarray(x,'{labels}'),o,dlarray(s),t);
        [g1,h1,m1,v1] = dlfeval(@f,dlarray(single(x),'{labels}'),single(o),dlarray(single(s)),single(t)); k = class(m1);
        function [g,h,m,v] = f(x,o,s,t)
            [y,m,v] = batchnorm(x,o,s,Epsilon=1e-3); g = dlgradient(sum(y.^2.*t,'all'),x,EnableHigherDerivatives=true);
            h = dlgradient(sum(g.^3,'all'),s);
        end""")
    assert run["k"] == "single"
    for name in ("g", "h", "m", "v"):
        np.testing.assert_allclose(numbers(run[name + "1"]), numbers(run[name]), rtol=2e-3, atol=2e-4)
