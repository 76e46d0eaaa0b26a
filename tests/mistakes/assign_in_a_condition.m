x = 3;
if x = 3
  y = 1;
end
%---- gives ----
error: Incorrect use of '=' operator. To assign a value to a variable, use '='. To compare values for equality, use '=='.
  assign_in_a_condition.m:2:6
    if x = 3
         ^
  + compare with `==`
