eval('x = [1 2')
%---- gives ----
