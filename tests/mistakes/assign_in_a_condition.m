x = 3;
if x = 3
  y = 1;
end
%---- gives ----
