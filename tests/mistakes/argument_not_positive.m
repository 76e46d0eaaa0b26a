scale(-2);
function y = scale(x)
  arguments
    x (1,1) double {mustBePositive}
  end
  y = x;
end
%---- gives ----
error: Invalid argument at position 1. Value must be positive.
  argument_not_positive.m:4:21
    x (1,1) double {mustBePositive}
                    ^^^^^^^^^^^^^^
    got a 1x1 double
