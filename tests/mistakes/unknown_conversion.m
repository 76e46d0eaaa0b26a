x = num2cell()
%---- gives ----
