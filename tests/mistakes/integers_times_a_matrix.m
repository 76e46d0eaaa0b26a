int8([1 2]) * [1; 2]
%---- gives ----
error: MTIMES (*) is not fully supported for integer classes. At least one argument must be scalar.
  integers_times_a_matrix.m:1:13
    int8([1 2]) * [1; 2]
    ----------- ^ ------
  + use TIMES (.*) for the elementwise product, or double(...)
