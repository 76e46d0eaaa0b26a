"""cnnscript."""
