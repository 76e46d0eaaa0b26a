s = struct('a');
%---- gives ----
