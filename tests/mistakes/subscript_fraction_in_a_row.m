A = magic(3);
A(1.5, 2)
%---- gives ----
error: Index in position 1 is invalid. Array indices must be positive integers or logical values.
  subscript_fraction_in_a_row.m:2:1
    A(1.5, 2)
    ^^^^^^^^^
    got 1.5
