"""Characters, strings, patterns, and values as text."""
