p = inputParser;
addRequired(p, 'rate', @isnumeric);
parse(p, 'fast');
%---- gives ----
error: The value of 'rate' is invalid. It must satisfy the function: isnumeric.
  parser_refuses.m:3:1
    parse(p, 'fast');
    ^^^^^^^^^^^^^^^^
    got a 1x4 char
