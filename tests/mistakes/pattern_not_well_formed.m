regexp('abc', '(ab')
%---- gives ----
error: Error using regexp: the expression '(ab' is not well formed.
  pattern_not_well_formed.m:1:1
    regexp('abc', '(ab')
    ^^^^^^^^^^^^^^^^^^^^
    a '(' is never closed
