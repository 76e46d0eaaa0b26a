try
  x = [1 2 3];
  x(7)
catch e
  rethrow(e)
end
%---- gives ----
