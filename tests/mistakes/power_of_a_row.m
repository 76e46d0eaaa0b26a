[1 2 3]^2
%---- gives ----
error: Incorrect dimensions for raising a matrix to a power. Check that the matrix is square and the power is a scalar. To operate on each element of the matrix individually, use POWER (.^) for elementwise power.
  power_of_a_row.m:1:8
    [1 2 3]^2
    -------^-
    left is 1x3
    right is 1x1
