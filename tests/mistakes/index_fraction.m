x = [1 2 3];
y = x(1.5);
%---- gives ----
error: Array indices must be positive integers or logical values.
  index_fraction.m:2:5
    y = x(1.5);
        ^^^^^^
    got 1.5
