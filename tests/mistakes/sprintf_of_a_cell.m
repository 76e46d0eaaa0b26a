sprintf('%d', {1})
%---- gives ----
error: Function is not defined for 'cell' inputs.
  sprintf_of_a_cell.m:1:1
    sprintf('%d', {1})
    ^^^^^^^^^^^^^^^^^^
  + write c{:} to pass what the cell holds
