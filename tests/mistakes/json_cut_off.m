jsondecode('{"a": [1, 2')
%---- gives ----
error: JSON syntax error at line 1, column 12 (character 12): Expecting ',' delimiter.
  json_cut_off.m:1:1
    jsondecode('{"a": [1, 2')
    ^^^^^^^^^^^^^^^^^^^^^^^^^
    the text is 11 characters
