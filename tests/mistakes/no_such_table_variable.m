T = table([1; 2], 'VariableNames', {'Loss'});
T.loss
%---- gives ----
error: Unrecognized table variable name 'loss'.
  no_such_table_variable.m:2:1
    T.loss
    ^^^^^^
    variables: Loss
  + did you mean 'Loss'?
