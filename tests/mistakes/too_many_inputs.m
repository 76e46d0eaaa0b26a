numel(1, 2, 3, 4, 5); magic(1, 2)
%---- gives ----
error: Too many input arguments.
  too_many_inputs.m:1:23
    numel(1, 2, 3, 4, 5); magic(1, 2)
                          ^^^^^^^^^^^
    magic(n)
