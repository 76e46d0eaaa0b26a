A = magic(3);
A(20) = 1;
%---- gives ----
error: Attempt to grow array along ambiguous dimension.
  grow_a_matrix_by_one_index.m:2:1
    A(20) = 1;
    ^^^^^^^^^
    the array is 3x3, the index 20
