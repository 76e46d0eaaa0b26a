uint8([1 2 3]) .* [0.5 0.5 0.5]
%---- gives ----
error: Integers can only be combined with integers of the same class, or scalar doubles.
  integer_with_many_doubles.m:1:16
    uint8([1 2 3]) .* [0.5 0.5 0.5]
    -------------- ^^ -------------
    left is 1x3 uint8
    right is 1x3 double
  + convert one of them: double(...) or uint8(...)
