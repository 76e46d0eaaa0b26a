A = magic(3);
A(:, 1) = [1 2];
%---- gives ----
error: Unable to perform assignment because the size of the left side is 3-by-1 and the size of the right side is 1-by-2.
  assign_whole_column.m:2:1
    A(:, 1) = [1 2];
    ^^^^^^^^^^^^^^^
