s = "abc";
s(2)
%---- gives ----
error: Index exceeds the number of array elements. Index must not exceed 1.
  subscript_of_a_string.m:2:1
    s(2)
    ^^^^
