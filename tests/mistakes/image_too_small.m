net = squeezenet;
label = classify(net, zeros(100,100,3));
%---- gives ----
