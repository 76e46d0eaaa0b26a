while {1}, end
%---- gives ----
error: Conversion to logical from cell is not possible.
  cell_as_a_condition.m:1:7
    while {1}, end
          ^^^
