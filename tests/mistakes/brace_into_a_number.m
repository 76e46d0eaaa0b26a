x = 5;
x{2} = 1;
%---- gives ----
error: Unable to perform assignment because brace indexing is not supported for variables of this type.
  brace_into_a_number.m:2:1
    x{2} = 1;
    ^^^^^^^^
    this is a double
  + x(k) = value writes into an array
