ismember({1}, {2})
%---- gives ----
error: Cell array must be a cell array of character vectors.
  ismember_of_cells.m:1:1
    ismember({1}, {2})
    ^^^^^^^^^^^^^^^^^^
    ismember got 1x1 cell
