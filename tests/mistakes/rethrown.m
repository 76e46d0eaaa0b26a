try
  x = [1 2 3];
  x(7)
catch e
  rethrow(e)
end
%---- gives ----
error: Index exceeds the number of array elements. Index must not exceed 3.
  rethrown.m:3:3
    x(7)
    ^^^^
