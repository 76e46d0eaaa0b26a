s = struct('a', {1, 2});
x = s.a + 1
%---- gives ----
error: Too many input arguments.
  field_of_many_structs.m:2:5
    x = s.a + 1
        ^^^
    this is a list of 2 values
  + [...] puts a list together
