double({1, 2})
%---- gives ----
error: Conversion to double from cell is not possible.
  double_of_a_cell.m:1:1
    double({1, 2})
    ^^^^^^^^^^^^^^
  + c{k} is the content of a cell; cell2mat joins the contents of all
