files = [];
first = files(1)
%---- gives ----
error: Index exceeds the number of array elements. Index must not exceed 0.
  subscript_past_an_empty.m:2:9
    first = files(1)
            ^^^^^^^^
