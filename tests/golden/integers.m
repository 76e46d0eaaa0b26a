a = uint8(250) + 10
b = uint8(5) - 10
c = int8(-128) * -1
d = int32(7) / 2
e = idivide(int32(7), int32(2))
f = uint8([1 2 3]) .* 2.5
g = 5 / int16(2)
bitand(12, 10)
class(single(1) + 1)
class(int8(1) + true)
class('a' + 1)
%---- gives ----

a =

  uint8

   255


b =

  uint8

   0


c =

  int8

   127


d =

  int32

   4


e =

  int32

   3


f =

  1×3 uint8 row vector

   3   5   8


g =

  int16

   3


ans =

     8


ans =

    'single'


ans =

    'int8'


ans =

    'double'

