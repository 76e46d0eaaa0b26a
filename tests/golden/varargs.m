f(1,2,3)
f
[a,b,c] = g(3)
function f(varargin)
  fprintf('%d inputs\n', nargin)
end
function varargout = g(n)
  for k = 1:n, varargout{k} = k*10; end
end
%---- gives ----
3 inputs
0 inputs

a =

    10


b =

    20


c =

    30

