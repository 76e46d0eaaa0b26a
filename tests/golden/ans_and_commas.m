3 + 4
ans * 2
x = 1, y = 2; z = 3
'abc'
magic(3);
ans(2,2)
%---- gives ----

ans =

     7


ans =

    14


x =

     1


z =

     3


ans =

    'abc'


ans =

     5

