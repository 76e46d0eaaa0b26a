x = 1:5;
x(-1)
%---- gives ----
error: Array indices must be positive integers or logical values.
  index_negative.m:2:1
    x(-1)
    ^^^^^
    got -1
