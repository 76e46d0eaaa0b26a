[a, b] = numel([1 2]);
%---- gives ----
