cat(3, [1 2], [1 2 3])
%---- gives ----
error: Dimensions of arrays being concatenated are not consistent.
  pages_of_unequal_size.m:1:1
    cat(3, [1 2], [1 2 3])
    ^^^^^^^^^^^^^^^^^^^^^^
    part 1 is 1x2x1
    part 2 is 1x3x1
