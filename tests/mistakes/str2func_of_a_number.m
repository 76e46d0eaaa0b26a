f = str2func(3);
%---- gives ----
error: The first argument to str2func must be a character vector or string scalar.
  str2func_of_a_number.m:1:5
    f = str2func(3);
        ^^^^^^^^^^^
    str2func got a 1x1 double
