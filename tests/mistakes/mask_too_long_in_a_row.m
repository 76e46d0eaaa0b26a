A = magic(3);
A([true true true true], 1)
%---- gives ----
error: The logical indices in position 1 contain a true value outside of the array bounds.
  mask_too_long_in_a_row.m:2:1
    A([true true true true], 1)
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^
    4 logical indices for 3 elements
