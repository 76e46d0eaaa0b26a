x = []; x(3) = 1
x(end+1) = 7
x(2) = []
A = magic(4); A(:,2) = []
c = {}; c{3} = 'a'
s = 'abc'; s(5) = 'e'; double(s)
B = 1:5; B([1 3]) = []
%---- gives ----

x =

     0     0     1


x =

     0     0     1     7


x =

     0     1     7


A =

    16     3    13
     5    10     8
     9     6    12
     4    15     1


c =

  1×3 cell array

    {0×0 double}    {0×0 double}    {'a'}


ans =

    97    98    99     0   101


B =

     2     4     5

