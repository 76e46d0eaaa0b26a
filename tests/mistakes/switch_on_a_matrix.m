switch [1 2]
  case 1
    disp(1)
end
%---- gives ----
