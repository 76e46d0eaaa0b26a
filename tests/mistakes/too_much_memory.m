x = zeros(1e6);
%---- gives ----
