cellfun(@(a, b) a + b, {1, 2}, {1, 2, 3})
%---- gives ----
error: All of the input arguments must be of the same size and shape.
Previous inputs had size 2 in dimension 2. Input #3 has size 3
  cellfun_of_unequal_cells.m:1:1
    cellfun(@(a, b) a + b, {1, 2}, {1, 2, 3})
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    input 2 is 1x2
    input 3 is 1x3
