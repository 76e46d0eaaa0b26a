num2str({1})
%---- gives ----
