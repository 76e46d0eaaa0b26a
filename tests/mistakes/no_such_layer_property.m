net = squeezenet;
net.Layers(2).Weigths
%---- gives ----
