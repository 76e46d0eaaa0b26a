x = []; x(3) = 1
x(end+1) = 7
x(2) = []
A = magic(4); A(:,2) = []
c = {}; c{3} = 'a'
s = 'abc'; s(5) = 'e'; double(s)
B = 1:5; B([1 3]) = []
%---- gives ----
