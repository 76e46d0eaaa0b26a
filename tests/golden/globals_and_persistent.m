count
count
global G
G = 5;
showG
function count
  persistent n
  if isempty(n), n = 0; end
  n = n + 1;
  fprintf('%d\n', n)
end
function showG
  global G
  disp(G)
end
%---- gives ----
1
2
     5

