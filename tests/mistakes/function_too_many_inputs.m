f(1, 2)
function r = f(a)
  r = a;
end
%---- gives ----
