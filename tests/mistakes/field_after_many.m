s = struct('a', {1, 2});
s.a.b
%---- gives ----
error: Intermediate dot '.' indexing produced a comma-separated list with 2 values, but it must produce a single value when followed by subsequent indexing operations.
  field_after_many.m:2:1
    s.a.b
    ^^^
  + name one element: x(k) or c{k}
