x = [ones(2,2) ones(3,1)];
%---- gives ----
