a = ones(2,3);
b = ones(2,2);
c = a + b;
%---- gives ----
error: Arrays have incompatible sizes for this operation.
  sizes_of_plus.m:3:7
    c = a + b;
        - ^ -
    a is 2x3
    b is 2x2
  + needs equal sizes, or 1 where they differ
