cell2mat({{1}, {2}})
%---- gives ----
error: CELL2MAT does not support cell arrays containing cell arrays or objects.
  cells_in_cells_as_a_matrix.m:1:1
    cell2mat({{1}, {2}})
    ^^^^^^^^^^^^^^^^^^^^
