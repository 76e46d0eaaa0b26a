net = squeezenet;
act = activations(net, zeros(227,227,3), 99);
%---- gives ----
