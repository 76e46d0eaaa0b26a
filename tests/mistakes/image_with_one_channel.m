net = squeezenet;
label = classify(net, zeros(227,227));
%---- gives ----
