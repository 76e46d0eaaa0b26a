numel(1, 2, 3, 4, 5); magic(1, 2)
%---- gives ----
