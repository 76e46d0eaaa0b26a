cell2mat(3)
%---- gives ----
error: Input must be a cell array.
  str2double_is_fine_but_cell2mat_is_not.m:1:1
    cell2mat(3)
    ^^^^^^^^^^^
    got a 1x1 double
