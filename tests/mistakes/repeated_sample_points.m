interp1([1 1 2], [3 4 5], 1.5)
%---- gives ----
error: Sample points must be unique.
  repeated_sample_points.m:1:1
    interp1([1 1 2], [3 4 5], 1.5)
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
