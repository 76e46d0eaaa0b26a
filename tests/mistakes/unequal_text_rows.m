x = ['abc'; 'de'];
%---- gives ----
