arrayfun(@(n) 1:n, 1:3)
%---- gives ----
error: Non-scalar in Uniform output, at index 2, output 1.
Set 'UniformOutput' to false.
  arrayfun_not_uniform.m:1:1
    arrayfun(@(n) 1:n, 1:3)
    ^^^^^^^^^^^^^^^^^^^^^^^
    the function gave a 1x2 double
