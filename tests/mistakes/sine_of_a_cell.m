sin({1})
%---- gives ----
error: Incorrect number or types of inputs or outputs for function sin.
  sine_of_a_cell.m:1:1
    sin({1})
    ^^^^^^^^
    got a 1x1 cell
