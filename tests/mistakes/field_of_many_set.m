s = struct('a', {1, 2});
s.a = 9;
%---- gives ----
error: Scalar structure required for this assignment.
  field_of_many_set.m:2:1
    s.a = 9;
    ^^^^^^^
  + s(k).a = value writes into one element
