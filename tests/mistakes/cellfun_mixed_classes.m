cellfun(@(x) x, {1, 'a'})
%---- gives ----
error: Mismatch at index 2, output 1: class char after class double.
Set 'UniformOutput' to false.
  cellfun_mixed_classes.m:1:1
    cellfun(@(x) x, {1, 'a'})
    ^^^^^^^^^^^^^^^^^^^^^^^^^
