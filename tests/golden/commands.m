format compact
x = 3;
who
clear x
exist('x')
format
%---- gives ----

Your variables are:

x  

ans =
     0
