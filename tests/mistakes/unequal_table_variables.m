T = table([1; 2], [1; 2; 3]);
%---- gives ----
error: All table variables must have the same number of rows.
  unequal_table_variables.m:1:5
    T = table([1; 2], [1; 2; 3]);
        ^^^^^^^^^^^^^^^^^^^^^^^^
    'Var1' has 2, 'Var2' has 3
