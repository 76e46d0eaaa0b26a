[a, b] = numel([1 2]);
%---- gives ----
error: Too many output arguments.
  too_many_outputs.m:1:10
    [a, b] = numel([1 2]);
             ^^^^^^^^^^^^
    numel(A)
    numel(A, i1, i2, ...)
