x = 1:5;
x(1:2) = [1 2 3];
%---- gives ----
error: Unable to perform assignment because the left and right sides have a different number of elements.
  assign_wrong_count.m:2:1
    x(1:2) = [1 2 3];
    ^^^^^^^^^^^^^^^^
    the left side has 2
    the right side has 3
