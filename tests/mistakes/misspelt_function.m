y = lenght([1 2 3]);
%---- gives ----
