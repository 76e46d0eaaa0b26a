validatestring('fst', {'fast', 'slow'});
%---- gives ----
error: Expected input to match one of these values:

'fast', 'slow'

The input, 'fst', did not match any of the valid values.
  no_such_choice.m:1:1
    validatestring('fst', {'fast', 'slow'});
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  + did you mean 'fast'?
