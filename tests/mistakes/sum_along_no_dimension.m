sum([1 2 3], 0)
%---- gives ----
error: Dimension argument must be a positive integer scalar, a vector of unique positive integers, or 'all'.
  sum_along_no_dimension.m:1:1
    sum([1 2 3], 0)
    ^^^^^^^^^^^^^^^
    sum got double 0
