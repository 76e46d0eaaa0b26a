if struct('a', 1), end
%---- gives ----
error: Conversion to logical from struct is not possible.
  struct_as_a_condition.m:1:4
    if struct('a', 1), end
       ^^^^^^^^^^^^^^
