T = table([1; 2]);
T(5, :)
%---- gives ----
error: Row index exceeds table dimensions.
  row_past_the_table.m:2:1
    T(5, :)
    ^^^^^^^
    the index is 5, the table has 2 rows
