sub2ind([2 3], 3, 1)
%---- gives ----
error: Out of range subscript.
  subscripts_beyond.m:1:1
    sub2ind([2 3], 3, 1)
    ^^^^^^^^^^^^^^^^^^^^
    subscript 1 goes from 1 to 2
