ones(2.5)
%---- gives ----
error: Size inputs must be integers.
  size_with_fraction.m:1:1
    ones(2.5)
    ^^^^^^^^^
    ones got 2.5
