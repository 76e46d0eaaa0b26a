y = cellfun(@(x) [x x], {1, 2});
%---- gives ----
error: Non-scalar in Uniform output, at index 1, output 1.
Set 'UniformOutput' to false.
  cellfun_not_uniform.m:1:5
    y = cellfun(@(x) [x x], {1, 2});
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^
    the function gave a 1x2 double
