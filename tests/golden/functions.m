disp(twice(4))
[a, b] = both(2, 3)
f = @(x) x.^2 + a
f(3)
g = @twice
cellfun(@twice, {1,2,3})
[m, i] = max([3 9 2])
function r = twice(x)
  r = 2*x;
end
function [p, q] = both(x, y)
  p = x + y; q = x * y;
end
%---- gives ----
     8


a =

     5


b =

     6


f =

  function_handle with value:

    @(x)x.^2+a


ans =

    14


g =

  function_handle with value:

    @twice


ans =

     2     4     6


m =

     9


i =

     2

