[a, b] = f(1);
function [p, q] = f(x)
  p = x;
end
%---- gives ----
error: Output argument "q" (and possibly others) not assigned a value in the execution with "f" function.
  second_output_not_set.m:4:4
    end
       ^
