"""Plane transformations that take points nearest to others, in the sense of least squares.

All are fitted from the fixed points to the moving ones, the way in which an image is looked up, and then inverted: with
more points than needed this decides which squares are least.
"""

from __future__ import annotations

import numpy as np

from cnnscript.errors import ScriptError

NEEDED = {"translation": 1, "rigid": 2, "similarity": 2, "reflectivesimilarity": 3, "affine": 3, "projective": 4}
TERMS = {2: 6, 3: 10, 4: 15}


def too_few(count: int, kind: str, collinear: bool = True) -> ScriptError:
    word = "non-collinear " if collinear else ""
    return ScriptError(
        "images:geotrans:requiredNonCollinearPoints", f"At least {count} {word}points needed to infer {kind} transform."
    )


def normalized(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points about their middle at a mean square distance of 2, and the matrix that made them so."""
    middle = points.mean(0)
    centred = points - middle
    size = np.sqrt((centred**2).sum())
    factor = np.sqrt(2 * len(points)) / size if size else 1.0
    matrix = np.array(((factor, 0, -factor * middle[0]), (0, factor, -factor * middle[1]), (0, 0, 1)))
    return centred * factor, matrix


def fit(moving: np.ndarray, fixed: np.ndarray, kind: str) -> np.ndarray:
    """The matrix (for columns) that takes `moving` points (N×2) near `fixed` ones."""
    if len(moving) < NEEDED[kind]:
        raise too_few(NEEDED[kind], kind)
    if kind == "translation":
        matrix = np.eye(3)
        matrix[:2, 2] = (fixed - moving).mean(0)
        return matrix
    u, to_u = normalized(moving)
    x, to_x = normalized(fixed)
    if kind == "reflectivesimilarity":
        found = min((similar(u, x), similar(u, x, mirror=True)), key=lambda one: one[1])[0]
    elif kind == "similarity":
        found = similar(u, x)[0]
    elif kind == "rigid":
        return rigid(moving, fixed)
    elif kind == "affine":
        columns = np.column_stack([x, np.ones(len(x))])
        if np.linalg.matrix_rank(columns) < 3:
            raise too_few(3, kind)
        found = np.vstack([np.linalg.lstsq(columns, u, rcond=None)[0].T, (0, 0, 1)])
    else:
        found = projective(u, x)
    back = np.linalg.solve(to_u, found @ to_x)
    if abs(np.linalg.det(back)) < 1e-12 * max(np.abs(back).max(), 1e-300):
        raise too_few(NEEDED[kind], kind)
    matrix = np.linalg.inv(back)
    if kind != "projective":
        matrix[2] = (0, 0, 1)
        return matrix
    return matrix / matrix[2, 2]


def similar(u: np.ndarray, x: np.ndarray, mirror: bool = False) -> tuple[np.ndarray, float]:
    """The similarity from x to u, of the plane or of its mirror image, and what is left."""
    if mirror:
        x = x * (1, -1)
    zero, one = np.zeros(len(x)), np.ones(len(x))
    columns = np.vstack([
        np.column_stack([x[:, 0], x[:, 1], one, zero]), np.column_stack([x[:, 1], -x[:, 0], zero, one])
    ])  # fmt: skip
    wanted = np.r_[u[:, 0], u[:, 1]]
    if np.linalg.matrix_rank(columns) < 4:
        raise too_few(2, "similarity", collinear=False)
    a, b, shift_x, shift_y = found = np.linalg.lstsq(columns, wanted, rcond=None)[0]
    matrix = np.array(((a, b, shift_x), (-b, a, shift_y), (0, 0, 1)))
    if mirror:
        matrix = matrix @ np.diag((1.0, -1.0, 1.0))
    return matrix, float(((columns @ found - wanted) ** 2).sum())


def rigid(moving: np.ndarray, fixed: np.ndarray) -> np.ndarray:
    """The rotation and shift with least squares (W. Kabsch, 1976)."""
    middle_u, middle_x = moving.mean(0), fixed.mean(0)
    left, _, right = np.linalg.svd((fixed - middle_x).T @ (moving - middle_u))
    turn = left @ np.diag((1, np.sign(np.linalg.det(left @ right)))) @ right
    matrix = np.eye(3)
    matrix[:2, :2], matrix[:2, 2] = turn, middle_x - turn @ middle_u
    return matrix


def projective(u: np.ndarray, x: np.ndarray) -> np.ndarray:
    """The projective matrix from x to u, its last element 1."""
    zero, one = np.zeros(len(x)), np.ones(len(x))
    columns = np.vstack([
        np.column_stack([x, one, zero, zero, zero, -u[:, :1] * x]),
        np.column_stack([zero, zero, zero, x, one, -u[:, 1:] * x]),
    ])  # fmt: skip
    if np.linalg.matrix_rank(columns) < 8:
        raise too_few(4, "projective")
    found = np.linalg.lstsq(columns, np.r_[u[:, 0], u[:, 1]], rcond=None)[0]
    return np.r_[found, 1].reshape(3, 3)


# ---------------------------------------------------------------------------------------------------------- polynomials
def terms(points: np.ndarray, degree: int) -> np.ndarray:
    """1, x, y, xy, x², y², x²y, xy², x³, y³, x³y, x²y², xy³, x⁴, y⁴, as far as the degree goes."""
    x, y = points[:, 0], points[:, 1]
    columns = [np.ones(len(x)), x, y, x * y, x**2, y**2]
    if degree >= 3:
        columns += [x**2 * y, x * y**2, x**3, y**3]
    if degree >= 4:
        columns += [x**3 * y, x**2 * y**2, x * y**3, x**4, y**4]
    return np.column_stack(columns)


def polynomial(
    moving: np.ndarray, fixed: np.ndarray, degree: int, determined: bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients of moving x and of moving y as polynomials in fixed points, which must determine them unless the
    smallest that fit are good enough."""
    if len(moving) < TERMS[degree]:
        raise too_few(TERMS[degree], "polynomial")
    columns = terms(fixed, degree)
    size = np.abs(columns).max(0)
    size[size == 0] = 1
    if determined and np.linalg.matrix_rank(columns / size) < TERMS[degree]:
        raise too_few(TERMS[degree], "polynomial")
    found = np.linalg.lstsq(columns / size, moving, rcond=None)[0] / size[:, None]
    return found[:, 0], found[:, 1]


def piecewise(moving: np.ndarray, fixed: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Fixed points taken to moving ones, linearly in each triangle (Delaunay's) of the control points; NaN outside."""
    from scipy.interpolate import LinearNDInterpolator

    return LinearNDInterpolator(fixed, moving)(points)


def local_mean(moving: np.ndarray, fixed: np.ndarray, count: int, points: np.ndarray) -> np.ndarray:
    """Fixed points taken to moving ones by quadratic polynomials of the `count` control points nearest to each control
    point, weighted by 1 - 3r² + 2r³ (A. Goshtasby, Image and Vision Computing 6, 1988, 255-261); NaN out of reach."""
    total, weights = np.zeros(points.shape), np.zeros(len(points))
    for middle in fixed:
        far = np.hypot(*(fixed - middle).T)
        near = np.argsort(far, kind="stable")[:count]
        radius = far[near[-1]]
        a, b = polynomial(moving[near] - moving[near[0]], fixed[near] - middle, 2, determined=False)
        ratio = np.hypot(*(points - middle).T) / radius
        inside = ratio < 1
        weight = 1 - 3 * ratio[inside] ** 2 + 2 * ratio[inside] ** 3
        columns = terms(points[inside] - middle, 2)
        total[inside] += weight[:, None] * (np.column_stack([columns @ a, columns @ b]) + moving[near[0]])
        weights[inside] += weight
    return total / np.where(weights > 0, weights, np.nan)[:, None]
