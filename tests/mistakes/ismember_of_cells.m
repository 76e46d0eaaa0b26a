ismember({1}, {2})
%---- gives ----
error: Input A of class cell and input B of class cell must be cell arrays of character vectors, unless one is a character vector.
  ismember_of_cells.m:1:1
    ismember({1}, {2})
    ^^^^^^^^^^^^^^^^^^
    ismember got 1x1 cell
