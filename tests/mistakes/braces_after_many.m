c = {struct('x', 1), 2};
c{:}.x
%---- gives ----
error: Intermediate brace '{}' indexing produced a comma-separated list with 2 values, but it must produce a single value when followed by subsequent indexing operations.
  braces_after_many.m:2:1
    c{:}.x
    ^^^^
  + name one element: x(k) or c{k}
