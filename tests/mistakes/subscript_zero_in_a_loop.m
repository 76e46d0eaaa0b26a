x = 1:5;
for k = 1:5
  d(k) = x(k) - x(k - 1);
end
%---- gives ----
error: Array indices must be positive integers or logical values.
  subscript_zero_in_a_loop.m:3:17
    d(k) = x(k) - x(k - 1);
                  ^^^^^^^^
    got 0
  + the first element has index 1
