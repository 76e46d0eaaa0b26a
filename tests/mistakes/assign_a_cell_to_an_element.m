x = 1:3;
x(2) = {5};
%---- gives ----
error: Conversion to double from cell is not possible.
  assign_a_cell_to_an_element.m:2:1
    x(2) = {5};
    ^^^^^^^^^^
  + c{k} is the content of a cell; cell2mat joins the contents of all
