f = @(x) x + 1;
[a, b] = f(1);
%---- gives ----
error: Insufficient number of outputs from right hand side of equal sign to satisfy assignment.
  outputs_of_one_value.m:2:1
    [a, b] = f(1);
    ^^^^^^^^^^^^^
    2 are assigned, the right side has 1
