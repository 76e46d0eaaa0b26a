s = struct('a', 1);
s(2) = struct('b', 2);
%---- gives ----
error: Subscripted assignment between dissimilar structures.
  unlike_structs.m:2:1
    s(2) = struct('b', 2);
    ^^^^^^^^^^^^^^^^^^^^^
    left has a
    right has b
