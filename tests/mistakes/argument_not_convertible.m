f({1});
function f(x)
  arguments
    x double
  end
end
%---- gives ----
error: Invalid argument at position 1. Value must be of type double or be convertible to double.
  argument_not_convertible.m:4:5
    x double
    ^^^^^^^^
    x is a cell
