x = [1 2 3];
y = x(5);
%---- gives ----
error: Index exceeds the number of array elements. Index must not exceed 3.
  index_past_the_end.m:2:5
    y = x(5);
        ^^^^
