"""Figures, axes, plots, and the objects that they are made of."""
