s = struct('a', 1);
s{1}
%---- gives ----
error: Brace indexing is not supported for variables of this type.
  brace_on_a_struct.m:2:1
    s{1}
    ^^^^
    this is a struct
