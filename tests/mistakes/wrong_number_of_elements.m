x = reshape(1:6, [4 2]);
%---- gives ----
error: Number of elements must not change. Use [] as one of the size inputs to automatically calculate the appropriate size for that dimension.
  wrong_number_of_elements.m:1:5
    x = reshape(1:6, [4 2]);
        ^^^^^^^^^^^^^^^^^^^
    the array is 1x6, 6 elements
    4x2 has 8
