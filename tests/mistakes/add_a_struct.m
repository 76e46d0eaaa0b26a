s.a = 1;
y = s + 1;
%---- gives ----
error: Operator '+' is not supported for operands of type 'struct'.
  add_a_struct.m:2:7
    y = s + 1;
        - ^ -
  + name the field: s.field
