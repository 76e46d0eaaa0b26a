x = [4 5 6];
x([true false false true])
%---- gives ----
error: The logical indices contain a true value outside of the array bounds.
  mask_too_long.m:2:1
    x([true false false true])
    ^^^^^^^^^^^^^^^^^^^^^^^^^^
    4 logical indices for 3 elements
