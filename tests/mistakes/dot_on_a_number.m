x = 5;
y = x.name;
%---- gives ----
error: Dot indexing is not supported for variables of this type.
  dot_on_a_number.m:2:5
    y = x.name;
        ^^^^^^
    this is a double
