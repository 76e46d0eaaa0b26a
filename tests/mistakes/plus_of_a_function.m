f = @(x) x;
g = f + 1;
%---- gives ----
error: Operator '+' is not supported for operands of type 'function_handle'.
  plus_of_a_function.m:2:7
    g = f + 1;
        - ^ -
  + call the function first: f(...)
