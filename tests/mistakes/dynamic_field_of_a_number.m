s.a = 1;
s.(1)
%---- gives ----
error: Argument to dynamic structure reference must evaluate to a valid field name.
  dynamic_field_of_a_number.m:2:1
    s.(1)
    ^^^^^
    got a double
