x = [1 2 3; 4 5];
%---- gives ----
error: Dimensions of arrays being concatenated are not consistent.
  unequal_rows.m:1:5
    x = [1 2 3; 4 5];
        ^^^^^^^^^^^^
    part 1 is 1x3
    part 2 is 1x2
