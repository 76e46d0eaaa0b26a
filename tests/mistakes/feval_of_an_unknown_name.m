feval('convolve_it', 3)
%---- gives ----
error: Undefined function 'convolve_it' for input arguments of type 'double'.
  feval_of_an_unknown_name.m:1:1
    feval('convolve_it', 3)
    ^^^^^^^^^^^^^^^^^^^^^^^
