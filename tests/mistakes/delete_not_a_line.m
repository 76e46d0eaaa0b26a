A = magic(3);
A(2,2) = [];
%---- gives ----
error: A null assignment can have only one non-colon index.
  delete_not_a_line.m:2:1
    A(2,2) = [];
    ^^^^^^^^^^^
