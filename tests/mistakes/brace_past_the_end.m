c = {1, 'two'};
c{3}
%---- gives ----
error: Index exceeds the number of array elements. Index must not exceed 2.
  brace_past_the_end.m:2:1
    c{3}
    ^^^^
