net = squeezenet;
act = activations(net, zeros(227,227,3), 'conv11');
%---- gives ----
