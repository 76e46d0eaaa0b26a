x = disp(5);
%---- gives ----
error: Too many output arguments.
  output_of_a_statement.m:1:1
    x = disp(5);
    ^^^^^^^^^^^
    disp gives no value
