num2str({1})
%---- gives ----
error: Input to num2str must be numeric.
  num2str_of_a_cell.m:1:1
    num2str({1})
    ^^^^^^^^^^^^
    got a cell
