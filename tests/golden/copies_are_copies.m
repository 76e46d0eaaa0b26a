a = [1 2 3]; b = a; b(1) = 9; a, b
s.x = 1; t = s; t.x = 2; s, t
c = {1}; d = c; d{1} = 5; c
%---- gives ----
