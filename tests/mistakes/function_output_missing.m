y = f(1);
function r = f(a)
  a = 2;
end
%---- gives ----
error: Output argument "r" (and possibly others) not assigned a value in the execution with "f" function.
  function_output_missing.m:4:4
    end
       ^
