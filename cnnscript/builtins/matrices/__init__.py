"""Linear algebra on full matrices."""
