while 'abc' == 'ab', end
%---- gives ----
error: Arrays have incompatible sizes for this operation.
  string_as_a_condition.m:1:13
    while 'abc' == 'ab', end
          ----- ^^ ----
    left is 1x3
    right is 1x2
  + needs equal sizes, or 1 where they differ
