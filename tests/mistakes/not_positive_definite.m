chol([1 2; 3 -4])
%---- gives ----
error: Matrix must be positive definite.
  not_positive_definite.m:1:1
    chol([1 2; 3 -4])
    ^^^^^^^^^^^^^^^^^
