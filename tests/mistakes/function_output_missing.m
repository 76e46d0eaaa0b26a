y = f(1);
function r = f(a)
  a = 2;
end
%---- gives ----
