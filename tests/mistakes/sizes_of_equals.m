[1 2 3] == [1 2]
%---- gives ----
error: Arrays have incompatible sizes for this operation.
  sizes_of_equals.m:1:9
    [1 2 3] == [1 2]
    ------- ^^ -----
    left is 1x3
    right is 1x2
  + needs equal sizes, or 1 where they differ
