if NaN & true, end
%---- gives ----
