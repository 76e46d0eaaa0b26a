if {1} == 1, end
%---- gives ----
