f = @(x) x + offset;
f(1)
%---- gives ----
