A = zeros(3);
A(2,:) = [1 2];
%---- gives ----
error: Unable to perform assignment because the size of the left side is 1-by-3 and the size of the right side is 1-by-2.
  assign_wrong_size.m:2:1
    A(2,:) = [1 2];
    ^^^^^^^^^^^^^^
