x = 3)
%---- gives ----
