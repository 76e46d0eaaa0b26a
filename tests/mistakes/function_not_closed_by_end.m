function r = f(x)
  if x
    r = 1;

%---- gives ----
error: At least one END is missing: the statement may begin here.
  function_not_closed_by_end.m:2:3
    if x
    ^^
    the `if` of line 2 is never closed
