net = alexnet;
%---- gives ----
