A = zeros(2, 2);
A(:, :, 2) = [1 2 3];
%---- gives ----
error: Unable to perform assignment because the size of the left side is 2-by-2 and the size of the right side is 1-by-3.
  assign_a_page.m:2:1
    A(:, :, 2) = [1 2 3];
    ^^^^^^^^^^^^^^^^^^^^
