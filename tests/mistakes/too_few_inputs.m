reshape()
%---- gives ----
