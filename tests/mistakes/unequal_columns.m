x = [ones(2,2) ones(3,1)];
%---- gives ----
error: Dimensions of arrays being concatenated are not consistent.
  unequal_columns.m:1:5
    x = [ones(2,2) ones(3,1)];
        ^^^^^^^^^^^^^^^^^^^^^
    part 1 is 2x2
    part 2 is 3x1
