x = [1 2 3];
y = x{1};
%---- gives ----
error: Brace indexing is not supported for variables of this type.
  brace_on_a_matrix.m:2:5
    y = x{1};
        ^^^^
    this is a double
  + x(k) reads an element of an array
