"""The same work as programs/*.m in plain Python and NumPy; prints `name seconds` and `check name value` for each."""

import statistics
import sys
import time

import numpy as np


def scalar_loop():
    s = 0.0
    for i in range(1, 1000001):
        s = s + i * 2
    return s


def matrix_fill():
    A = np.zeros((300, 300), order="F")
    for i in range(300):
        for j in range(300):
            A[i, j] = (i + 1) * 10 + (j + 1)
    return A.sum()


def fibr(n):
    return n if n < 2 else fibr(n - 1) + fibr(n - 2)


def fib20():
    return fibr(20)


def string_build():
    s = ""
    for i in range(1, 5001):
        s = s + "ab" + chr(48 + i % 10)
    return sum(map(ord, s))


def struct_update():
    st = {"count": 0, "total": 0, "sub": {"x": 1}}
    for i in range(1, 100001):
        st["count"] = st["count"] + 1
        st["total"] = st["total"] + i
        st["sub"]["x"] = st["sub"]["x"] + st["count"]
    return st["sub"]["x"]


def cell_append():
    c = []
    for i in range(1, 5001):
        c.append(i)
    s = 0
    for v in c:
        s = s + v
    return s


def collatz():
    best = bestn = 0
    for n in range(1, 3001):
        k, ln = n, 0
        while k != 1:
            k = k / 2 if k % 2 == 0 else 3 * k + 1
            ln += 1
        if ln > best:
            best, bestn = ln, n
    return best * 10000 + bestn


def mm():
    return (MA @ MB).sum()


def ew():
    return (EX * EY + 2 * EX - np.sqrt(EY)).sum()


def tr():
    return (np.exp(-EX) * np.sin(EX) + np.maximum(EX, 0.5)).sum()


def sort():
    return np.sort(SX)[499999]


def uniq():
    return np.unique(UX).size


def cums():
    return np.cumsum(SX)[-1]


def sprintf_loop():
    n = 0
    for i in range(1, 20001):
        n += len("item %d: %6.3f %s" % (i, i / 7, "abc"))  # noqa: UP031  sprintf's twin
    return n


def arrayfun_handle():
    def f(v):
        return v**2 + 1

    return sum([f(v) for v in range(1, 50001)])


C = [list(range(i % 7)) for i in range(1, 50001)]


def cellfun_handle():
    return sum((lambda v: len(v) + 1)(v) for v in C)


def cellfun_builtin():
    return sum(map(len, C))


def handle_call_loop():
    def f(a, b):
        return a + b * 2

    s = 0
    for i in range(1, 100001):
        s = f(s, i)
    return s


def addtwice(a, b):
    return a + 2 * b


def user_func_loop():
    s = 0
    for i in range(1, 100001):
        s = addtwice(s, i)
    return s


IM = (np.arange(1, 64 * 64 * 3 + 1) % 251 / 251).reshape(64, 64, 3, order="F")
K = (np.arange(1, 28) / 27).reshape(3, 3, 3, order="F")


def conv3d_loops():
    o = np.zeros((62, 62))
    for i in range(62):
        for j in range(62):
            a = 0.0
            for k in range(3):
                a = a + (IM[i : i + 3, j : j + 3, k] * K[:, :, k]).sum()
            o[i, j] = a
    return o.sum()


def conv3d_scalar():
    o = np.zeros((62, 62))
    for i in range(62):
        for j in range(62):
            a = 0.0
            for k in range(3):
                for u in range(3):
                    for v in range(3):
                        a = a + IM[i + u, j + v, k] * K[u, v, k]
            o[i, j] = a
    return o.sum()


def vector_grow():
    v = []
    for i in range(1, 10001):
        v.append(i**2)
    return sum(v)


names = ["conv1", "relu", "pool", "fc8", "softmax"]


def switch_strings():
    n = 0
    for i in range(1, 50001):
        x = names[i % 5]
        if x == "conv1":
            n += 1
        elif x in ("relu", "pool"):
            n += 2
        else:
            n += 3
    return n


B = dict(
    scalar_loop=scalar_loop,
    matrix_fill=matrix_fill,
    fib20=fib20,
    string_build=string_build,
    struct_update=struct_update,
    cell_append=cell_append,
    collatz=collatz,
    matmul1000=mm,
    elementwise1e7=ew,
    transcend1e7=tr,
    sort1e6=sort,
    unique1e6=uniq,
    cumsum1e6=cums,
    sprintf_loop=sprintf_loop,
    arrayfun_handle=arrayfun_handle,
    cellfun_handle=cellfun_handle,
    cellfun_builtin=cellfun_builtin,
    handle_call_loop=handle_call_loop,
    user_func_loop=user_func_loop,
    conv3d_loops=conv3d_loops,
    conv3d_scalar=conv3d_scalar,
    vector_grow=vector_grow,
    switch_strings=switch_strings,
)
MA = (np.arange(1, 1000001) % 97 / 97).reshape(1000, 1000, order="F")
MB = (np.arange(1, 1000001) % 89 / 89).reshape(1000, 1000, order="F")
EX = np.linspace(0, 1, 10000000)
EY = np.linspace(1, 2, 10000000)
SX = np.arange(1, 1000001) * 7919.0 % 1000003
UX = np.arange(1, 1000001) * 7919.0 % 50021
for n in sys.argv[1:] or B:
    t = []
    for _ in range(5):
        a = time.perf_counter()
        r = B[n]()
        t.append(time.perf_counter() - a)
    print(f"{n} {statistics.median(t):.6f}")
    print(f"check {n} {r:.10g}", flush=True)
