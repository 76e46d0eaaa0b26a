net = squeezenet;
act = activations(net, zeros(227,227,3), 'conv11');
%---- gives ----
error: Expected layer to match one of the 68 layer names of the network. The input, 'conv11', did not match any of the valid values.
  no_such_layer.m:2:7
    act = activations(net, zeros(227,227,3), 'conv11');
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    'conv1' is 113×113×64
    'conv10' is 14×14×1000
    'relu_conv1' is 113×113×64
