"""Datastores: collections of images, files and arrays that are read piece by piece."""
