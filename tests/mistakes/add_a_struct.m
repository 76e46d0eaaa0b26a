s.a = 1;
y = s + 1;
%---- gives ----
