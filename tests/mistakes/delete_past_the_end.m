x = 1:3;
x(7) = [];
%---- gives ----
error: Matrix index is out of range for deletion.
  delete_past_the_end.m:2:1
    x(7) = [];
    ^^^^^^^^^
    the index is 7, the length 3
