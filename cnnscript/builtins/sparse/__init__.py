"""Linear algebra on sparse matrices."""
