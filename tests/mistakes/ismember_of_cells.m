ismember({1}, {2})
%---- gives ----
