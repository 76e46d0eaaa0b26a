"""Krylov methods as generators over a problem (see sparse_iterations), after R. Barrett et al., "Templates for the
Solution of Linear Systems" (SIAM, 1994); MINRES and SYMMLQ after Paige and Saunders (1975), LSQR (1982), TFQMR after
Freund (1993)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from cnnscript.builtins.sparse.sparse_iterations import Broken, Problem, Step
from cnnscript.values.numeric import ndarray


def length(vector: ndarray) -> float:
    return float(np.linalg.norm(vector))


def usable(number: Any) -> Any:
    """A scalar that may be divided by; Broken(4) for zero, Inf and NaN."""
    if number == 0 or not np.isfinite(number):
        raise Broken(4)
    return number


def conjugate_gradients(problem: Problem) -> Iterator[Step]:
    x, r = problem.start.copy(), problem.residual(problem.start)
    p, rho = None, 1.0
    while True:
        z = problem.solve(r)
        previous, rho = rho, usable(np.vdot(r, z))
        p = z if p is None else z + usable(rho / previous) * p
        q = problem.apply(p)
        curvature = np.vdot(p, q)
        if not np.isfinite(curvature) or curvature.real <= 0:
            raise Broken(4)
        alpha = rho / curvature
        x = x + alpha * p
        r = r - alpha * q
        yield Step(x, length(r), abs(alpha) * length(p))


def biconjugate_gradients(problem: Problem) -> Iterator[Step]:
    x, r = problem.start.copy(), problem.residual(problem.start)
    shadow = r.copy()
    p = shadow_p = None
    rho = 1.0
    while True:
        z, shadow_z = problem.solve(r), problem.solve_turned(shadow)
        previous, rho = rho, usable(np.vdot(shadow, z))
        if p is None:
            p, shadow_p = z, shadow_z
        else:
            beta = usable(rho / previous)
            p, shadow_p = z + beta * p, shadow_z + np.conj(beta) * shadow_p
        q, shadow_q = problem.apply(p), problem.apply_turned(shadow_p)
        alpha = rho / usable(np.vdot(shadow_p, q))
        x = x + alpha * p
        r = r - alpha * q
        shadow = shadow - np.conj(alpha) * shadow_q
        yield Step(x, length(r), abs(alpha) * length(p))


def stabilized(problem: Problem) -> Iterator[Step]:
    """BiCGSTAB: two steps an iteration."""
    x, r = problem.start.copy(), problem.residual(problem.start)
    shadow = r.copy()
    p = v = None
    rho = alpha = omega = 1.0
    while True:
        previous, rho = rho, usable(np.vdot(shadow, r))
        if p is None:
            p = r
        else:
            beta = usable((rho / previous) * (alpha / omega))
            p = r + beta * (p - omega * v)
        direction = problem.solve(p)
        v = problem.apply(direction)
        alpha = rho / usable(np.vdot(shadow, v))
        half = x + alpha * direction
        s = r - alpha * v
        yield Step(half, length(s), abs(alpha) * length(direction))
        second = problem.solve(s)
        t = problem.apply(second)
        square = np.vdot(t, t)
        if square == 0 or not np.isfinite(square):
            raise Broken(4)
        omega = np.vdot(t, s) / square
        x = half + omega * second
        r = s - omega * t
        yield Step(x, length(r), abs(omega) * length(second))
        usable(omega)


def squared(problem: Problem) -> Iterator[Step]:
    """CGS."""
    x, r = problem.start.copy(), problem.residual(problem.start)
    shadow = r.copy()
    p = q = None
    rho = 1.0
    while True:
        previous, rho = rho, usable(np.vdot(shadow, r))
        if p is None or q is None:
            u = p = r
        else:
            beta = usable(rho / previous)
            u = r + beta * q
            p = u + beta * (q + beta * p)
        v = problem.apply(problem.solve(p))
        alpha = rho / usable(np.vdot(shadow, v))
        q = u - alpha * v
        both = problem.solve(u + q)
        x = x + alpha * both
        r = r - alpha * problem.apply(both)
        yield Step(x, length(r), abs(alpha) * length(both))


def stabilized_twice(problem: Problem) -> Iterator[Step]:
    """BiCGSTAB(2): four steps an iteration, the polynomial of degree 2 minimised over both."""
    x, r = problem.start.copy(), problem.residual(problem.start)
    shadow = r.copy()
    rho = alpha = omega = 1.0
    u = np.zeros_like(r)
    while True:
        rho = -omega * rho
        residuals, directions = [r], [u]
        for j in range(2):
            fresh = np.vdot(shadow, residuals[j])
            beta = alpha * usable(fresh) / usable(rho)
            rho = fresh
            directions = [residuals[i] - beta * directions[i] for i in range(j + 1)]
            directions.append(problem.apply(problem.solve(directions[j])))
            alpha = rho / usable(np.vdot(shadow, directions[j + 1]))
            residuals = [residuals[i] - alpha * directions[i + 1] for i in range(j + 1)]
            residuals.append(problem.apply(problem.solve(residuals[j])))
            moved = problem.solve(directions[0])
            x = x + alpha * moved
            yield Step(x, length(residuals[0]), abs(alpha) * length(moved))
        base = np.array(residuals[1:]).T
        gamma, *_ = np.linalg.lstsq(base, residuals[0], rcond=None)
        change = problem.solve(gamma[0] * residuals[0] + gamma[1] * residuals[1])
        x = x + change
        r = residuals[0] - base @ gamma
        u = directions[0] - gamma[0] * directions[1] - gamma[1] * directions[2]
        omega = usable(gamma[1])
        yield Step(x, length(r), length(change))
        yield Step(x, length(r), length(x))


def transpose_free(problem: Problem) -> Iterator[Step]:
    """TFQMR: two steps an iteration."""
    x, r = problem.start.copy(), problem.residual(problem.start)
    shadow, w, y = r.copy(), r.copy(), r.copy()
    solved = problem.solve(y)
    v = image = problem.apply(solved)
    d = np.zeros_like(x)
    tau, theta, eta = length(r), 0.0, 0.0
    rho = np.vdot(shadow, r)
    while True:
        alpha = rho / usable(np.vdot(shadow, v))
        for half in range(2):
            w = w - alpha * image
            d = solved + (theta**2 * eta / alpha) * d
            theta = length(w) / tau
            shrink = 1 / np.sqrt(1 + theta**2)
            tau = tau * theta * shrink
            eta = shrink**2 * alpha
            x = x + eta * d
            yield Step(x, length(problem.residual(x)), abs(eta) * length(d))
            if half == 0:
                y = y - alpha * v
                solved = problem.solve(y)
                image = problem.apply(solved)
        previous, rho = rho, usable(np.vdot(shadow, w))
        beta = rho / previous
        y = w + beta * y
        solved = problem.solve(y)
        fresh = problem.apply(solved)
        v = fresh + beta * (image + beta * v)
        image = fresh


def quasi_minimal(problem: Problem) -> Iterator[Step]:
    """QMR, preconditioned from the left by M1 and from the right by M2 taken together."""
    x, r = problem.start.copy(), problem.residual(problem.start)
    v_tilde, w_tilde = r.copy(), r.copy()
    y, z = problem.solve(v_tilde), w_tilde
    rho, xi = length(y), length(z)
    gamma, eta, theta = 1.0, -1.0, 0.0
    p = q = d = s = None
    epsilon = 1.0
    while True:
        v, y = v_tilde / usable(rho), y / rho
        w, z = w_tilde / usable(xi), z / xi
        delta = usable(np.vdot(z, y))
        z_tilde = problem.solve_turned(z)
        if p is None or q is None:
            p, q = y, z_tilde
        else:
            p = y - (xi * delta / epsilon) * p
            q = z_tilde - np.conj(rho * delta / epsilon) * q
        image = problem.apply(p)
        epsilon = usable(np.vdot(q, image))
        beta = usable(epsilon / delta)
        v_tilde = image - beta * v
        y = problem.solve(v_tilde)
        previous_rho, rho = rho, length(y)
        w_tilde = problem.apply_turned(q) - np.conj(beta) * w
        z = w_tilde
        xi = length(z)
        previous_gamma, previous_theta = gamma, theta
        theta = rho / (previous_gamma * abs(beta))
        gamma = 1 / np.sqrt(1 + theta**2)
        eta = -eta * previous_rho * gamma**2 / (beta * previous_gamma**2)
        if d is None or s is None:
            d, s = eta * p, eta * image
        else:
            factor = (previous_theta * gamma) ** 2
            d, s = eta * p + factor * d, eta * image + factor * s
        x = x + d
        r = r - s
        yield Step(x, length(r), length(d))


def lanczos(problem: Problem, r: ndarray) -> Iterator[tuple[ndarray, float, float, float]]:
    """The Lanczos process begun at a residual: each vector, its diagonal element, and the elements beside that one.

    The element before the first is the norm of the residual.
    """
    y = problem.solve(r)
    beta = np.sqrt(usable(abs(np.vdot(r, y))))
    old, v, previous = np.zeros_like(r), r, 0.0
    while True:
        unit = y / usable(beta)
        image = problem.apply(unit)
        if previous:
            image = image - (beta / previous) * old
        alpha = np.vdot(unit, image).real
        image = image - (alpha / beta) * v
        old, v = v, image
        y = problem.solve(v)
        previous, square = beta, np.vdot(v, y).real
        if square < 0 or not np.isfinite(square):
            raise Broken(4)
        beta = np.sqrt(square)
        yield unit, alpha, previous, beta


def minimal_residual(problem: Problem) -> Iterator[Step]:
    """MINRES."""
    x = problem.start.copy()
    phi_bar = None
    delta_bar = epsilon = 0.0
    cosine, sine = -1.0, 0.0
    w = w_before = np.zeros_like(x)
    for unit, alpha, beside, beta in lanczos(problem, problem.residual(x)):
        if phi_bar is None:
            phi_bar = beside
        previous_epsilon = epsilon
        delta = cosine * delta_bar + sine * alpha
        gamma_bar = sine * delta_bar - cosine * alpha
        epsilon, delta_bar = sine * beta, -cosine * beta
        gamma = np.hypot(gamma_bar, beta)
        if gamma == 0:
            raise Broken(4)
        cosine, sine = gamma_bar / gamma, beta / gamma
        phi, phi_bar = cosine * phi_bar, sine * phi_bar
        w_before, w_two = w, w_before
        w = (unit - previous_epsilon * w_two - delta * w_before) / gamma
        x = x + phi * w
        yield Step(x, length(problem.residual(x)), abs(phi) * length(w))


def symmetric_lq(problem: Problem) -> Iterator[Step]:
    """SYMMLQ: the Lanczos process; at each step the point of conjugate gradients on the way of the LQ iterates."""
    basis: list[ndarray] = []
    alphas: list[float] = []
    betas: list[float] = []
    before = problem.start
    for unit, alpha, beside, beta in lanczos(problem, problem.residual(problem.start)):
        basis.append(unit)
        alphas.append(alpha)
        betas.append(beside)  # the first is the norm of the residual, the others stand beside the diagonal
        band = np.diag(alphas) + np.diag(betas[1:], 1) + np.diag(betas[1:], -1)
        first = np.zeros(len(alphas))
        first[0] = betas[0]
        coefficients, *_ = np.linalg.lstsq(band, first, rcond=None)
        x = problem.start + np.array(basis).T @ coefficients
        residual = length(problem.residual(x))
        yield Step(x, residual, length(x - before))
        if beta <= 1e-14 * betas[0]:
            raise Broken(3)
        before = x


def least_squares(problem: Problem) -> Iterator[tuple[Step, float]]:
    """LSQR: steps, and the norms of A'*r relative to norm(A)."""
    x = problem.start.copy()
    u = problem.residual(x)
    beta = usable(length(u))
    u = u / beta
    v = problem.solve_turned(problem.apply_turned(u))
    alpha = usable(length(v))
    v = v / alpha
    w = v
    phi_bar, rho_bar = beta, alpha
    square = 0.0
    while True:
        u = problem.apply(problem.solve(v)) - alpha * u
        beta = length(u)
        square += alpha**2 + beta**2
        if beta:
            u = u / beta
        v_next = problem.solve_turned(problem.apply_turned(u)) - beta * v
        alpha = length(v_next)
        v = v_next / alpha if alpha else v_next
        rho = np.hypot(rho_bar, beta)
        cosine, sine = rho_bar / rho, beta / rho
        theta, rho_bar = sine * alpha, -cosine * alpha
        phi, phi_bar = cosine * phi_bar, sine * phi_bar
        change = (phi / rho) * problem.solve(w)
        x = x + change
        w = v - (theta / rho) * w
        normal = abs(phi_bar * alpha * cosine)
        yield Step(x, length(problem.residual(x)), length(change)), normal / np.sqrt(square)
