A = magic(4)
B = [1.5 2; 1000.25 4]
C = [1e6 1; 2 3]
D = [NaN 1; -Inf 2]
E = [1+2i 3; 4 5i]
F = zeros(0,3)
G = []
H = 1:20
K = rand(0,0)
L = [true false]
M = uint8([1 2; 30 255])
N = single([1.5 2.25])
%---- gives ----

A =

    16     2     3    13
     5    11    10     8
     9     7     6    12
     4    14    15     1


B =

   1.0e+03 *

    0.0015    0.0020
    1.0003    0.0040


C =

     1000000           1
           2           3


D =

   NaN     1
  -Inf     2


E =

   1.0000 + 2.0000i   3.0000 + 0.0000i
   4.0000 + 0.0000i   0.0000 + 5.0000i


F =

  0×3 empty double matrix


G =

     []


H =

  Columns 1 through 13

     1     2     3     4     5     6     7     8     9    10    11    12    13

  Columns 14 through 20

    14    15    16    17    18    19    20


K =

     []


L =

  1×2 logical array

   1   0


M =

  2×2 uint8 matrix

     1     2
    30   255


N =

  1×2 single row vector

    1.5000    2.2500

