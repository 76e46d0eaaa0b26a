horzcat([1; 2], [1; 2; 3])
%---- gives ----
error: Dimensions of arrays being concatenated are not consistent.
  columns_of_unequal_height.m:1:1
    horzcat([1; 2], [1; 2; 3])
    ^^^^^^^^^^^^^^^^^^^^^^^^^^
    part 1 is 2x1
    part 2 is 3x1
