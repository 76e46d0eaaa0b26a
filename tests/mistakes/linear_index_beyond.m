[r, c] = ind2sub([2 3], 1.5)
%---- gives ----
error: Linear indices must be positive integers.
  linear_index_beyond.m:1:10
    [r, c] = ind2sub([2 3], 1.5)
             ^^^^^^^^^^^^^^^^^^^
