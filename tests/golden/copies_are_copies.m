a = [1 2 3]; b = a; b(1) = 9; a, b
s.x = 1; t = s; t.x = 2; s, t
c = {1}; d = c; d{1} = 5; c
%---- gives ----

a =

     1     2     3


b =

     9     2     3


s = 

  struct with fields:

    x: 1


t = 

  struct with fields:

    x: 2


c =

  1×1 cell array

    {[1]}

