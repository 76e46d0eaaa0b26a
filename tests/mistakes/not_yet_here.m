net = dlnetwork([]);
%---- gives ----
