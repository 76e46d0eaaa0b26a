"""Tables, categories and groups."""
