[true false] & [true false true]
%---- gives ----
error: Arrays have incompatible sizes for this operation.
  sizes_of_and.m:1:14
    [true false] & [true false true]
    ------------ ^ -----------------
    left is 1x2
    right is 1x3
  + needs equal sizes, or 1 where they differ
