x = 3;
if x > 2
  y = 1;
for k = 1:3
  y = y + k;
end
%---- gives ----
