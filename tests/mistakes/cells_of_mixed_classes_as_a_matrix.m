cell2mat({1, 'a'})
%---- gives ----
error: All contents of the input cell array must be of the same data type.
  cells_of_mixed_classes_as_a_matrix.m:1:1
    cell2mat({1, 'a'})
    ^^^^^^^^^^^^^^^^^^
    there are char, double
