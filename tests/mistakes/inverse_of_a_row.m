inv([1 2 3])
%---- gives ----
error: Matrix must be square.
  inverse_of_a_row.m:1:1
    inv([1 2 3])
    ^^^^^^^^^^^^
    inv got 1x3
