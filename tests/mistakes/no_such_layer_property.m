net = squeezenet;
net.Layers(2).Weigths
%---- gives ----
error: Unrecognized method, property, or field 'Weigths' for class 'nnet.cnn.layer.Convolution2DLayer'.
  no_such_layer_property.m:2:1
    net.Layers(2).Weigths
    ^^^^^^^^^^^^^^^^^^^^^
    near names: Weights
