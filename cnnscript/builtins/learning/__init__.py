"""Classifiers, clusters and the questions asked of them."""
