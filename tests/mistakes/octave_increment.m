x = 1;
x++
%---- gives ----
error: Invalid use of operator.
  octave_increment.m:2:2
    x++
     ^^
  + there is no `++`: write x = x + 1
