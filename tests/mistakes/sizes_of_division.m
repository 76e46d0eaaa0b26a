[1 2; 3 4] \ [1; 2; 3]
%---- gives ----
error: Matrix dimensions must agree.
  sizes_of_division.m:1:12
    [1 2; 3 4] \ [1; 2; 3]
    ---------- ^ ---------
    left is 2x2
    right is 3x1
