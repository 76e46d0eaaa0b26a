cellfun(@numel, [1 2 3])
%---- gives ----
error: Input #2 expected to be a cell array, was double instead.
  cellfun_of_a_matrix.m:1:1
    cellfun(@numel, [1 2 3])
    ^^^^^^^^^^^^^^^^^^^^^^^^
  + arrayfun goes over the elements of other arrays
