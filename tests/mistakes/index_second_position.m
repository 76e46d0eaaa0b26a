A = magic(3);
y = A(2,7);
%---- gives ----
error: Index in position 2 exceeds array bounds. Index must not exceed 3.
  index_second_position.m:2:5
    y = A(2,7);
        ^^^^^^
