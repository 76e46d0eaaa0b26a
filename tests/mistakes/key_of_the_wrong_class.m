m = containers.Map();
m(1)
%---- gives ----
error: Specified key type does not match the type expected for this container.
  key_of_the_wrong_class.m:2:1
    m(1)
    ^^^^
    keys are char, got a 1x1 double
