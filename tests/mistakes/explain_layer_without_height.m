net = squeezenet;
map = gradCAM(net, zeros(227,227,3), 1, FeatureLayer='pool10');
%---- gives ----
error: Layer 'pool10' has no spatial dimensions: no map can be drawn of it.
  explain_layer_without_height.m:2:7
    map = gradCAM(net, zeros(227,227,3), 1, FeatureLayer='pool10');
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    its output is 1×1×1000
    the last layers that have them: 'fire9-concat', 'drop9', 'conv10', 'relu_conv10'
