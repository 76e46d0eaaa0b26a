reshape()
%---- gives ----
error: Not enough input arguments.
  too_few_inputs.m:1:1
    reshape()
    ^^^^^^^^^
    reshape(A, [m n ...])
    reshape(A, m, n, ...)
    reshape(A, ..., [], ...)
