"""Interpolation, quadrature, equations, differential equations, optimisation."""
