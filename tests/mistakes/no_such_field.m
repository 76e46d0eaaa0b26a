s.width = 3;
y = s.widht;
%---- gives ----
error: Unrecognized field name "widht".
  no_such_field.m:2:5
    y = s.widht;
        ^^^^^^^
    fields: width
  + did you mean 'width'?
