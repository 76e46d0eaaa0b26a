net = squeezenet;
activations(net, zeros(227,227,3), 'conv1', 'OutputAz', 'rows');
%---- gives ----
error: 'OutputAz' is not a recognized parameter. For a list of valid name-value pair arguments, see the documentation for this function.
  no_such_option.m:2:1
    activations(net, zeros(227,227,3), 'conv1', 'OutputAz', 'rows');
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    activations takes MiniBatchSize, OutputAs, SequenceLength, SequencePaddingValue, SequencePaddingDirection, ExecutionEnvironment, Acceleration
  + did you mean 'OutputAs'?
