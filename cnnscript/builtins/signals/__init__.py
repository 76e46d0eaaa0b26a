"""Filters, transforms and windows."""
