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

x =

   3.141592653589793


A =

   1.0e+02 *

   0.031415926535898
   3.141592653589793


A =

       3.1416
       314.16

x =
     1
y =
     1     2     3

x =

     1

