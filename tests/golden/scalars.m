x = 5
y = -0.5
z = pi
big = 123456.789
small = 1e-10
nan = NaN
inf = -Inf
c = 3 + 4i
l = true
s = single(2.5)
u = uint8(200) + 100
i = int16(-7) / 2
%---- gives ----

x =

     5


y =

   -0.5000


z =

    3.1416


big =

   1.2346e+05


small =

   1.0000e-10


nan =

   NaN


inf =

  -Inf


c =

   3.0000 + 4.0000i


l =

  logical

   1


s =

  single

    2.5000


u =

  uint8

   255


i =

  int16

   -4

