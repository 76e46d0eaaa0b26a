"""Readers of weight files: each gives named NumPy arrays, and runs nothing that the file says."""
