x = int8(1) + int16(1);
%---- gives ----
error: Integers can only be combined with integers of the same class, or scalar doubles.
  integers_of_two_classes.m:1:13
    x = int8(1) + int16(1);
        ------- ^ --------
    left is 1x1 int8
    right is 1x1 int16
  + convert one of them: double(...) or int8(...)
