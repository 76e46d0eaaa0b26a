net = squeezenet;
act = activations(net, zeros(227,227,3), 99);
%---- gives ----
error: Expected layer to be a scalar with value <= 68.
  no_such_layer_number.m:2:7
    act = activations(net, zeros(227,227,3), 99);
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    the network has 68 layers
