format long
x = pi
A = [pi; 100*pi]
format short g
A
format compact
x = 1
y = [1 2 3]
format
x
%---- gives ----
