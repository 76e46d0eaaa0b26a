x = 1;
x++
%---- gives ----
