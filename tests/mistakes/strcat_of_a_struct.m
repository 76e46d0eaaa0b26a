upper(5)
%---- gives ----
