switch [1 2]
  case 1
    disp(1)
end
%---- gives ----
error: SWITCH expression must be a scalar or a character vector.
  switch_on_a_matrix.m:1:1
    switch [1 2]
    ^^^^^^^^^^^^
    this is a double of 2 elements
