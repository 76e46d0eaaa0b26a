3 + 4
ans * 2
x = 1, y = 2; z = 3
'abc'
magic(3);
ans(2,2)
%---- gives ----
