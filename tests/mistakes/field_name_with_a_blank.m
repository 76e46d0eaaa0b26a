s = struct('first name', 1);
%---- gives ----
error: Invalid field name "first name".
  field_name_with_a_blank.m:1:5
    s = struct('first name', 1);
        ^^^^^^^^^^^^^^^^^^^^^^^
    a field name is a letter, then letters, digits and underscores
