a = ones(2,3);
b = ones(2,3);
c = a * b;
%---- gives ----
error: Incorrect dimensions for matrix multiplication. Check that the number of columns in the first matrix matches the number of rows in the second matrix. To operate on each element of the matrix individually, use TIMES (.*) for elementwise multiplication.
  sizes_of_times.m:3:7
    c = a * b;
        - ^ -
    a is 2x3
    b is 2x3
