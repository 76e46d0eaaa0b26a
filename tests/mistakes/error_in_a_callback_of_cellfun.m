cellfun(@(x) x{2}, {{1, 2}, {3}})
%---- gives ----
error: Index exceeds the number of array elements. Index must not exceed 1.
  error_in_a_callback_of_cellfun.m:1:14
    cellfun(@(x) x{2}, {{1, 2}, {3}})
                 ^^^^
