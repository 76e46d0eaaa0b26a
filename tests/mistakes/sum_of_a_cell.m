sum({1, 2, 3})
%---- gives ----
error: Invalid data type. First argument must be numeric or logical.
  sum_of_a_cell.m:1:1
    sum({1, 2, 3})
    ^^^^^^^^^^^^^^
    sum got a 1x3 cell
