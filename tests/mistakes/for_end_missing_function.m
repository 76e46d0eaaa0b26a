function r = f(x)
  for k = 1:3
    r = x;
end
%---- gives ----
