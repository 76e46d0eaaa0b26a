sprintf('%d', {1})
%---- gives ----
