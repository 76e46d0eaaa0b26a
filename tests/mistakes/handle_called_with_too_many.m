f = @(x) x + 1;
f(1, 2)
%---- gives ----
error: Too many input arguments.
  handle_called_with_too_many.m:2:1
    f(1, 2)
    ^^^^^^^
    an anonymous function of 1 input was given 2
