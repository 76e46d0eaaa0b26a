s.t = 'ab';
s.t.f = 1;
%---- gives ----
error: Unable to perform assignment because dot indexing is not supported for variables of this type.
  dot_into_text.m:2:1
    s.t.f = 1;
    ^^^^^^^^^
    this is a char
