A = zeros(2, 2, 2);
A(1, 1, 3)
%---- gives ----
error: Index in position 3 exceeds array bounds. Index must not exceed 2.
  subscript_beyond_in_page.m:2:1
    A(1, 1, 3)
    ^^^^^^^^^^
