cell2mat(3)
%---- gives ----
