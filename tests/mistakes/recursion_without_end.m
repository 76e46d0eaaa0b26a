f(1)
function r = f(n)
  r = f(n + 1);
end
%---- gives ----
error: Maximum recursion limit of 500 reached.
  recursion_without_end.m:3:7
    r = f(n + 1);
        ^^^^^^^^
  + a function that calls itself needs a case where it stops
  in f (recursion_without_end.m:3), 499 times
