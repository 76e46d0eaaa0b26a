A = magic(3);
A(1, 2) = [];
%---- gives ----
error: A null assignment can have only one non-colon index.
  delete_with_two_indices.m:2:1
    A(1, 2) = [];
    ^^^^^^^^^^^^
