"""Making, shaping, sorting and searching arrays, cells, structs and dictionaries."""
