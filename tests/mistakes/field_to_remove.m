s = rmfield(struct('a', 1), 'b');
%---- gives ----
error: A field named 'b' doesn't exist.
  field_to_remove.m:1:5
    s = rmfield(struct('a', 1), 'b');
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    fields: a
