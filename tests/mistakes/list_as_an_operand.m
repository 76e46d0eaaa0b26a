c = {1, 2};
y = c{:} * 2
%---- gives ----
error: Too many input arguments.
  list_as_an_operand.m:2:5
    y = c{:} * 2
        ^^^^
    this is a list of 2 values
  + [...] puts a list together
