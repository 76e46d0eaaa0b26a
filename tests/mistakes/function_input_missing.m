f(1)
function r = f(a, b)
  r = a + b;
end
%---- gives ----
error: Not enough input arguments.
  function_input_missing.m:3:11
    r = a + b;
            ^
    no value was given for b
