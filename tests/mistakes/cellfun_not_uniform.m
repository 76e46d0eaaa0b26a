y = cellfun(@(x) [x x], {1, 2});
%---- gives ----
