c = {};
x = c{:}
%---- gives ----
error: Insufficient number of outputs from right hand side of equal sign to satisfy assignment.
  list_without_values.m:2:5
    x = c{:}
        ^^^^
