validateattributes(-1, {'numeric'}, {'positive'}, 'train', 'rate');
%---- gives ----
error: Expected input, rate, to be positive.
  attributes_not_met.m:1:1
    validateattributes(-1, {'numeric'}, {'positive'}, 'train', 'rate');
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    got a 1x1 double
