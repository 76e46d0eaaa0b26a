f([1 2 3]);
function f(x)
  arguments
    x (1,2) double
  end
end
%---- gives ----
error: Invalid argument at position 1. Value must have dimensions 1-by-2.
  argument_of_the_wrong_size.m:4:5
    x (1,2) double
    ^^^^^^^^^^^^^^
    x is 1x3
