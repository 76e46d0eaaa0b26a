f(1, 2)
function r = f(a)
  r = a;
end
%---- gives ----
error: Too many input arguments.
  function_too_many_inputs.m:1:1
    f(1, 2)
    ^^^^^^^
    f(a)
