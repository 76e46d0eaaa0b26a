y = magic(3)(2)
%---- gives ----
