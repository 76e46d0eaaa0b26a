net = squeezenet;
activations(net, zeros(227,227,3), 'conv1', 'OutputAz', 'rows');
%---- gives ----
