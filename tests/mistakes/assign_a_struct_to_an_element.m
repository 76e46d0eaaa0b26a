x = 1:3;
x(2) = struct('a', 1);
%---- gives ----
error: Conversion to double from struct is not possible.
  assign_a_struct_to_an_element.m:2:1
    x(2) = struct('a', 1);
    ^^^^^^^^^^^^^^^^^^^^^
