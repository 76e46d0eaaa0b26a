"""Custom training loops (dlfeval, dlgradient, an update) against the same step written by hand in TensorFlow, in one
run and in process time, which neighbours' load moves least:

    eager        ours under dlfeval, against a GradientTape in eager mode
    accelerated  ours through dlaccelerate, against a tf.function of the whole step

network  a dlnetwork of MATLAB's digits (12 layers, batch normalisation), images 28×28, batches of 64
model    the like as a function of dlconv, batchnorm and fullyconnect, its learnables in a struct
physics  an MLP of 5 layers that minimises the residual of Burgers' equation: second derivatives
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import numpy as np

from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.session import Session
from tests.bench.ratios import print_table

GOAL = 1.3
ROUNDS, STEPS, WARM = 5, 10, 12

SCRIPTS = {
    "network": """
rng(0); net = dlnetwork([imageInputLayer([28 28 1],Normalization="none")
convolution2dLayer(5,20); batchNormalizationLayer; reluLayer
convolution2dLayer(3,20,Padding=1); batchNormalizationLayer; reluLayer
convolution2dLayer(3,20,Padding=1); batchNormalizationLayer; reluLayer
fullyConnectedLayer(10); softmaxLayer]);
X = dlarray(rand(28,28,1,64,'single'),'SSCB'); T = dlarray(single(onehotencode(categorical(mod(1:64,10)),1)),'CB');
v = [];
--
[loss,g,state] = dlfeval(fun,net,X,T); net.State = state; [net,v] = sgdmupdate(net,g,v,0.01,0.9);
--
function [loss,g,state] = lossof(net,X,T)
[Y,state] = forward(net,X);
loss = crossentropy(Y,T);
g = dlgradient(loss,net.Learnables);
end
""",
    "model": """
rng(0);
p.conv1.Weights = dlarray(0.1*randn(5,5,1,20,'single')); p.conv1.Bias = dlarray(zeros(20,1,'single'));
p.bn1.Offset = dlarray(zeros(20,1,'single')); p.bn1.Scale = dlarray(ones(20,1,'single'));
p.conv2.Weights = dlarray(0.1*randn(3,3,20,20,'single')); p.conv2.Bias = dlarray(zeros(20,1,'single'));
p.bn2.Offset = dlarray(zeros(20,1,'single')); p.bn2.Scale = dlarray(ones(20,1,'single'));
p.conv3.Weights = dlarray(0.1*randn(3,3,20,20,'single')); p.conv3.Bias = dlarray(zeros(20,1,'single'));
p.fc.Weights = dlarray(0.02*randn(10,2880,'single')); p.fc.Bias = dlarray(zeros(10,1,'single'));
X = dlarray(rand(28,28,1,64,'single'),'SSCB'); T = dlarray(single(onehotencode(categorical(mod(1:64,10)),1)),'CB');
v = [];
--
[loss,g] = dlfeval(fun,p,X,T); [p,v] = sgdmupdate(p,g,v,0.01,0.9);
--
function [loss,g] = lossof(p,X,T)
Y = dlconv(X,p.conv1.Weights,p.conv1.Bias);
Y = relu(batchnorm(Y,p.bn1.Offset,p.bn1.Scale));
Y = dlconv(Y,p.conv2.Weights,p.conv2.Bias,Padding=1,Stride=2);
Y = relu(batchnorm(Y,p.bn2.Offset,p.bn2.Scale));
Y = relu(dlconv(Y,p.conv3.Weights,p.conv3.Bias,Padding=1));
Y = softmax(fullyconnect(Y,p.fc.Weights,p.fc.Bias));
loss = crossentropy(Y,T);
g = dlgradient(loss,p);
end
""",
    "physics": """
rng(0); p = struct; sizes = [2 20 20 20 20 1];
for i = 1:5
  p.("fc"+i).Weights = dlarray(randn(sizes(i+1),sizes(i),'single')/4);
  p.("fc"+i).Bias = dlarray(zeros(sizes(i+1),1,'single'));
end
X = dlarray(single(rand(1,500)*2-1),'CB'); T = dlarray(single(rand(1,500)),'CB');
X0 = dlarray(single(rand(1,50)*2-1),'CB'); T0 = dlarray(zeros(1,50,'single'),'CB'); U0 = -sin(pi*X0);
a = []; b = []; it = 0;
--
it = it+1; [loss,g] = dlfeval(fun,p,X,T,X0,T0,U0); [p,a,b] = adamupdate(p,g,a,b,it,0.001);
--
function [loss,g] = lossof(p,X,T,X0,T0,U0)
U = model(p,X,T);
gU = dlgradient(sum(U,"all"),{X,T},EnableHigherDerivatives=true);
Uxx = dlgradient(sum(gU{1},"all"),X,EnableHigherDerivatives=true);
f = gU{2} + U.*gU{1} - (0.01./pi).*Uxx;
loss = l2loss(f,zeros(size(f),"like",f)) + l2loss(model(p,X0,T0),U0);
g = dlgradient(loss,p);
end
function U = model(p,X,T)
U = fullyconnect([X;T],p.fc1.Weights,p.fc1.Bias);
for i = 2:numel(fieldnames(p))
  U = fullyconnect(tanh(U),p.("fc"+i).Weights,p.("fc"+i).Bias);
end
end
""",
}

Step = Callable[[], Any]


def main(names: list[str]) -> None:
    rows = []
    with TemporaryDirectory() as folder:
        for name in names or SCRIPTS:
            compute, parameters, update = TWINS[name]()
            for word, fun, compiled in (("eager", "@lossof", False), ("accelerated", "dlaccelerate(@lossof)", True)):
                tasks = {"ours": ours(name, fun, Path(folder) / f"{name}_{word}"),
                         "by hand": by_hand(compute, parameters, update, compiled)}  # fmt: skip
                times = measured(tasks)
                ratio = times["ours"] / times["by hand"]
                rows.append((f"{name}, {word}", 1000 * times["ours"], "by hand", 1000 * times["by hand"], ratio,
                             f"{'yes' if ratio <= GOAL else 'NO'} ({GOAL})"))  # fmt: skip
    print_table("custom training loops", ("an iteration", "ms", "against", "ms", "ratio", "reached"), rows)


def measured(tasks: dict[str, Callable[[int], None]]) -> dict[str, float]:
    """Process time of one step of each task: the best of some rounds, by turns."""
    for task in tasks.values():
        task(WARM)  # walked, then traced, before it is measured
    best = dict.fromkeys(tasks, np.inf)
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            start = process_time()
            task(STEPS)
            best[name] = min(best[name], (process_time() - start) / STEPS)
    return best


def ours(name: str, fun: str, folder: Path) -> Callable[[int], None]:
    """A loop of the language."""
    setup, step, functions = SCRIPTS[name].split("--\n")
    folder.mkdir()
    first, *rest = functions.strip().split("\nfunction ")
    (folder / "lossof.m").write_text(first + "\n" + "".join(f"function {each}\n" for each in rest))
    session = Session(out=io.StringIO(), figures="words")
    session.run(f"addpath('{folder}'); {setup}\nfun = {fun};")
    return lambda count: session.run(f"for k = 1:{count}\n{step}\nend")


def by_hand(compute: Callable[..., Any], parameters: list[Any], update: Callable[..., None], compiled: bool
            ) -> Callable[[int], None]:  # fmt: skip
    """The same loop over TensorFlow's variables."""
    tf = tensorflow()

    def step() -> Any:
        with tf.GradientTape() as tape:
            loss = compute()
        update(parameters, tape.gradient(loss, parameters))
        return loss

    run = tf.function(step, autograph=False) if compiled else step

    def loop(count: int) -> None:
        for _ in range(count):
            run()

    return loop


# ---------------------------------------------------------------------------------------------------------- by hand
def variables(rng: np.random.Generator, *shapes: tuple[int, ...]) -> list[Any]:
    tf = tensorflow()
    return [tf.Variable(0.1 * rng.standard_normal(shape).astype(np.float32)) for shape in shapes]


def images(rng: np.random.Generator) -> tuple[Any, Any]:
    tf = tensorflow()
    classes = np.arange(1, 65) % 10
    return tf.constant(rng.random((64, 28, 28, 1)), tf.float32), tf.constant(np.eye(10)[classes], tf.float32)


def momentum(parameters: list[Any]) -> Callable[..., None]:
    tf = tensorflow()
    held = [tf.Variable(tf.zeros_like(one)) for one in parameters]

    def update(parameters: list[Any], gradients: list[Any]) -> None:
        for parameter, gradient, velocity in zip(parameters, gradients, held, strict=True):
            velocity.assign(0.9 * velocity - 0.01 * gradient)
            parameter.assign_add(velocity)

    return update


def adam(parameters: list[Any]) -> Callable[..., None]:
    tf = tensorflow()
    held = [(tf.Variable(tf.zeros_like(one)), tf.Variable(tf.zeros_like(one))) for one in parameters]

    def update(parameters: list[Any], gradients: list[Any]) -> None:
        for parameter, gradient, (mean, square) in zip(parameters, gradients, held, strict=True):
            mean.assign(0.9 * mean + 0.1 * gradient)
            square.assign(0.999 * square + 0.001 * gradient * gradient)
            parameter.assign_sub(0.001 * mean / (tf.sqrt(square) + 1e-8))

    return update


def network() -> tuple[Any, ...]:
    tf, rng = tensorflow(), np.random.default_rng(0)
    x, t = images(rng)
    filters = [(5, 5, 1, 20), (3, 3, 20, 20), (3, 3, 20, 20)]
    learned = variables(rng, *filters, *[(20,)] * 9, (11520, 10), (10,))
    followed = [tf.Variable(tf.zeros(20)) for _ in range(6)]

    def compute() -> Any:
        y = x
        for k in range(3):
            y = tf.nn.conv2d(y, learned[k], 1, "SAME" if k else "VALID") + learned[3 + k]
            mean, variance = tf.nn.moments(y, (0, 1, 2))
            y = tf.nn.relu(tf.nn.batch_normalization(y, mean, variance, learned[6 + k], learned[9 + k], 1e-5))
            followed[k].assign(0.9 * followed[k] + 0.1 * mean)
            followed[3 + k].assign(0.9 * followed[3 + k] + 0.1 * variance)
        y = tf.nn.softmax(tf.matmul(tf.reshape(y, (64, -1)), learned[12]) + learned[13])
        return -tf.reduce_sum(t * tf.math.log(y + 1e-7)) / 64

    return compute, learned, momentum(learned)


def model() -> tuple[Any, ...]:
    tf, rng = tensorflow(), np.random.default_rng(0)
    x, t = images(rng)
    learned = variables(rng, (5, 5, 1, 20), (3, 3, 20, 20), (3, 3, 20, 20), *[(20,)] * 7, (2880, 10), (10,))

    def compute() -> Any:
        y = x
        for k in range(3):
            y = tf.nn.conv2d(y, learned[k], 2 if k == 1 else 1, "SAME" if k else "VALID") + learned[3 + k]
            if k < 2:
                mean, variance = tf.nn.moments(y, (0, 1, 2))
                y = tf.nn.batch_normalization(y, mean, variance, learned[6 + k], learned[8 + k], 1e-5)
            y = tf.nn.relu(y)
        y = tf.nn.softmax(tf.matmul(tf.reshape(y, (64, -1)), learned[10]) + learned[11])
        return -tf.reduce_sum(t * tf.math.log(y + 1e-7)) / 64

    return compute, learned, momentum(learned)


def physics() -> tuple[Any, ...]:
    tf, rng = tensorflow(), np.random.default_rng(0)
    sizes = [2, 20, 20, 20, 20, 1]
    learned = variables(rng, *zip(sizes, sizes[1:], strict=False), *[(size,) for size in sizes[1:]])
    x, t = (tf.constant(rng.random((500, 1)), tf.float32) for _ in "xt")
    x0, t0 = tf.constant(rng.random((50, 1)), tf.float32), tf.zeros((50, 1))
    u0 = -tf.sin(np.pi * x0)

    def net(x: Any, t: Any) -> Any:
        u = tf.concat([x, t], 1)
        for k in range(5):
            u = tf.matmul(tf.tanh(u) if k else u, learned[k]) + learned[5 + k]
        return u

    def compute() -> Any:
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch([x, t])
                u = net(x, t)
            ux, ut = inner.gradient(u, [x, t])
        uxx = outer.gradient(ux, x)
        f = ut + u * ux - (0.01 / np.pi) * uxx
        return 0.5 * tf.reduce_mean(f * f) + 0.5 * tf.reduce_mean((net(x0, t0) - u0) ** 2)

    return compute, learned, adam(learned)


TWINS: dict[str, Callable[[], tuple[Any, ...]]] = {"network": network, "model": model, "physics": physics}


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
