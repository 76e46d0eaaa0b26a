T = table([1; 2]);
T.x = [1; 2; 3];
%---- gives ----
error: To assign to or create a variable in a table, the number of rows must match the height of the table.
  new_variable_of_another_height.m:2:1
    T.x = [1; 2; 3];
    ^^^^^^^^^^^^^^^
    'x' has 3 rows, the table 2
