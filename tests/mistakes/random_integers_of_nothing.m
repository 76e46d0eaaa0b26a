randi(0)
%---- gives ----
error: First input must be a positive scalar integer value IMAX, or two integer values [IMIN IMAX] with IMIN less than or equal to IMAX.
  random_integers_of_nothing.m:1:1
    randi(0)
    ^^^^^^^^
    got 1 and 0
