x = outer(3);
function r = outer(n)
  r = inner(n) + 1;
end
function r = inner(n)
  v = 1:n;
  r = v(n + 1);
end
%---- gives ----
