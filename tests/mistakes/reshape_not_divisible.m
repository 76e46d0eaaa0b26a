reshape(1:6, 4, [])
%---- gives ----
error: Product of known dimensions, 4, not divisible into total number of elements, 6.
  reshape_not_divisible.m:1:1
    reshape(1:6, 4, [])
    ^^^^^^^^^^^^^^^^^^^
