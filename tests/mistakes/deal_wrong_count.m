[a, b] = deal(1, 2, 3);
%---- gives ----
error: The number of outputs should match the number of inputs.
  deal_wrong_count.m:1:10
    [a, b] = deal(1, 2, 3);
             ^^^^^^^^^^^^^
    3 inputs, 2 outputs
