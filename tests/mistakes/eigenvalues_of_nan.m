eig([1 NaN; 2 3])
%---- gives ----
error: Input matrix contains NaN or Inf.
  eigenvalues_of_nan.m:1:1
    eig([1 NaN; 2 3])
    ^^^^^^^^^^^^^^^^^
    in eig
