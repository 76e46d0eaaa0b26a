s = struct('a');
%---- gives ----
error: Field and value input arguments must come in pairs.
  struct_without_values.m:1:5
    s = struct('a');
        ^^^^^^^^^^^
    struct got 1 argument
