eye(2, 3, 4)
%---- gives ----
error: N-dimensional arrays are not supported.
  eye_in_three_dimensions.m:1:1
    eye(2, 3, 4)
    ^^^^^^^^^^^^
    eye takes one or two sizes
