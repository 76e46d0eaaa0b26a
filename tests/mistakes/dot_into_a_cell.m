c = {1, 2};
c.name = 'x';
%---- gives ----
error: Unable to perform assignment because dot indexing is not supported for variables of this type.
  dot_into_a_cell.m:2:1
    c.name = 'x';
    ^^^^^^^^^^^^
    this is a cell
