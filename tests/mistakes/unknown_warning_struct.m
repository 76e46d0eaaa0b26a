warning(struct('a', 1))
%---- gives ----
error: A struct of warning states must have the fields 'identifier' and 'state'.
  unknown_warning_struct.m:1:1
    warning(struct('a', 1))
    ^^^^^^^^^^^^^^^^^^^^^^^
    fields: a
