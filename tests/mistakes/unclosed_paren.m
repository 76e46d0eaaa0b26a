y = sin(3
%---- gives ----
