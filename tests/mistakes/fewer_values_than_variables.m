c = {1};
[a, b] = c{:};
%---- gives ----
error: Insufficient number of outputs from right hand side of equal sign to satisfy assignment.
  fewer_values_than_variables.m:2:1
    [a, b] = c{:};
    ^^^^^^^^^^^^^
    2 are assigned, the right side has 1
