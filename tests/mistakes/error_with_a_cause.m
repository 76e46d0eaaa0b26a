try
  x = [1 2 3];
  x(4)
catch cause
  base = MException('net:read', 'The weights are not whole.');
  throw(addCause(base, cause))
end
%---- gives ----
error: The weights are not whole.
  error_with_a_cause.m:6:3
    throw(addCause(base, cause))
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  caused by: Index exceeds the number of array elements. Index must not exceed 3.
    error_with_a_cause.m:3:3
      x(4)
      ^^^^
