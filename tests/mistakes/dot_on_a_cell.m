c = {1, 2};
c.name
%---- gives ----
error: Dot indexing is not supported for variables of this type.
  dot_on_a_cell.m:2:1
    c.name
    ^^^^^^
    this is a cell
  + x{k}.name reads the struct in a cell
