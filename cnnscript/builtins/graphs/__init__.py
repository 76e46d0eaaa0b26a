"""Graphs and what is asked of them."""
