f = str2func(3);
%---- gives ----
