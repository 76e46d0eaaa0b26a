x = outer(3);
function r = outer(n)
  r = inner(n) + 1;
end
function r = inner(n)
  v = 1:n;
  r = v(n + 1);
end
%---- gives ----
error: Index exceeds the number of array elements. Index must not exceed 3.
  error_in_a_called_function.m:7:7
    r = v(n + 1);
        ^^^^^^^^
  in outer (error_in_a_called_function.m:3)
