f(1)
function r = f(a, b)
  r = a + b;
end
%---- gives ----
