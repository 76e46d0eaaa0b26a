polyfit([1 2 3], [1 2], 1)
%---- gives ----
error: The first two inputs must have the same number of elements.
  polynomial_through_too_few.m:1:1
    polyfit([1 2 3], [1 2], 1)
    ^^^^^^^^^^^^^^^^^^^^^^^^^^
    3 and 2 elements
