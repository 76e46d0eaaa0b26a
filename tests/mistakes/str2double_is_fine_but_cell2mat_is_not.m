cell2mat(3)
%---- gives ----
error: Brace indexing is not supported for variables of this type.
  str2double_is_fine_but_cell2mat_is_not.m:1:1
    cell2mat(3)
    ^^^^^^^^^^^
    cell2mat got a 1x1 double
