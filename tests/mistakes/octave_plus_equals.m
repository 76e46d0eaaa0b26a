x = 1;
x += 2
%---- gives ----
error: Incorrect use of '=' operator. To assign a value to a variable, use '='. To compare values for equality, use '=='.
  octave_plus_equals.m:2:3
    x += 2
      ^^
  + there is no `+=`: write x = x + ...
