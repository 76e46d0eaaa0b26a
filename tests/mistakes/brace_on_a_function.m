f = @sin;
f{1}
%---- gives ----
error: Brace indexing is not supported for variables of this type.
  brace_on_a_function.m:2:1
    f{1}
    ^^^^
    this is a function
  + to read part of what it gives, assign that to a variable first
