[struct('a', 1), struct('b', 2)]
%---- gives ----
error: Names of fields in structure arrays being concatenated do not match. Concatenation of structure arrays requires that these arrays have the same set of field names.
  structs_side_by_side.m:1:1
    [struct('a', 1), struct('b', 2)]
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    only the first has: a
    only a later one has: b
