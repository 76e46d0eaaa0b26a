x = [1 2 3];
y = x(0);
%---- gives ----
error: Array indices must be positive integers or logical values.
  index_zero.m:2:5
    y = x(0);
        ^^^^
    got 0
  + the first element has index 1
